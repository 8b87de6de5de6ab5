import type { Place } from "@/api/checklists";

type Address = { path: string; query: string; state?: unknown };

/** The address of a screen that a checklist names; null for one this version does not know. */
export function placeAddress({ page, table = "", view, role }: Place): Address | null {
  const list = `/t/${encodeURIComponent(table)}`;
  switch (page) {
    case "people":
      return { path: "/admin/people", query: "", state: { begin: role } };
    case "import":
      return { path: `${list}/import`, query: "" };
    case "list":
      return { path: list, query: view ? `?view=${encodeURIComponent(view)}` : "" };
    case "workbench":
      return { path: "/today", query: "" };
    default:
      return null;
  }
}
