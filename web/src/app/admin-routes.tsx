import { Navigate, type RouteObject } from "react-router";

/** The addresses of the administration. */
export const adminRoutes: RouteObject[] = [
  {
    path: "admin",
    lazy: async () => ({ Component: (await import("@/features/admin/admin-only")).AdminOnly }),
    children: [
      {
        lazy: async () => ({ Component: (await import("@/features/admin/admin-frame")).AdminFrame }),
        children: [
          { index: true, element: <Navigate to="people" replace /> },
          {
            path: "people",
            lazy: async () => ({ Component: (await import("@/features/admin/people/people-page")).PeoplePage }),
          },
          {
            path: "roles/:role?",
            lazy: async () => ({ Component: (await import("@/features/admin/roles/roles-page")).RolesPage }),
          },
          {
            path: "tables",
            lazy: async () => ({ Component: (await import("@/features/admin/model/tables-page")).TablesPage }),
          },
          {
            path: "audit",
            lazy: async () => ({ Component: (await import("@/features/admin/audit/audit-page")).AuditPage }),
          },
          {
            path: "api",
            lazy: async () => ({
              Component: (await import("@/features/admin/developer/developer-page")).DeveloperPage,
            }),
          },
          {
            path: "workspace",
            lazy: async () => ({
              Component: (await import("@/features/admin/workspace/workspace-page")).WorkspacePage,
            }),
          },
        ],
      },
      {
        path: "tables/:table",
        lazy: async () => ({ Component: (await import("@/features/admin/model/designer-page")).DesignerPage }),
      },
    ],
  },
];
