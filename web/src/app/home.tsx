import { Navigate } from "react-router";
import { useMeta } from "@/api/meta";

/** Where one begins: at the dashboard that says so, else at the work of the day. */
export function Home() {
  const begins = useMeta().dashboards.find(({ home }) => home);
  return <Navigate to={begins ? `/dashboards/${begins.key}` : "/today"} replace />;
}
