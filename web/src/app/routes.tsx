import { createBrowserRouter } from "react-router";
import { adminRoutes } from "./admin-routes";
import { ErrorPage, NotFoundPage } from "./error-page";
import { Gate } from "./gate";
import { Home } from "./home";
import { Shell } from "./shell";
import { Splash } from "./splash";

/** Every address of the web app. A page is loaded when it is first visited. */
export const createRoutes = () =>
  createBrowserRouter([
    {
      element: <Gate />,
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <Splash />,
      children: [
        {
          element: <Shell />,
          errorElement: <ErrorPage />,
          children: [
            { index: true, element: <Home /> },
            { path: "today", lazy: async () => ({ Component: (await import("./today")).Today }) },
            {
              path: "dashboards/:key?",
              lazy: async () => ({
                Component: (await import("@/features/dashboards/dashboard-page")).DashboardPage,
              }),
            },
            {
              path: "t/:table",
              lazy: async () => ({ Component: (await import("@/features/records/list/list-page")).ListPage }),
            },
            {
              path: "t/:table/import",
              lazy: async () => ({ Component: (await import("@/features/import/import-page")).ImportPage }),
            },
            {
              path: "t/:table/bin",
              lazy: async () => ({ Component: (await import("@/features/bin/bin-page")).BinPage }),
            },
            {
              path: "changes",
              lazy: async () => ({ Component: (await import("@/features/changes/changes-page")).ChangesPage }),
            },
            {
              path: "flows",
              lazy: async () => ({ Component: (await import("@/features/flows/flows-page")).FlowsPage }),
            },
            {
              path: "flows/:id",
              lazy: async () => ({ Component: (await import("@/features/flows/flow-page")).FlowPage }),
            },
            {
              path: "t/:table/:id",
              lazy: async () => ({ Component: (await import("./record")).Record }),
            },
            { path: "account", lazy: async () => ({ Component: (await import("./account")).Account }) },
            ...adminRoutes,
            { path: "*", element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
