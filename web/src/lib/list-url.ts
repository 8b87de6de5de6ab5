import { type Tree, treeFrom } from "./filter-tree";

/** What of a list stands in its address, so that it can be shared and gone back to. */
export type ListState = {
  view: string | null;
  filter: Tree | null;
  /** Null = as the view says. */
  sort: string | null;
  columns: string[] | null;
  search: string;
  /** Records by stage instead of a list. */
  look?: "board" | undefined;
};

export function readList(parameters: URLSearchParams): ListState {
  return {
    view: parameters.get("view"),
    filter: readFilter(parameters.get("filter")),
    sort: parameters.get("sort"),
    columns: parameters.get("columns")?.split(",").filter(Boolean) ?? null,
    search: parameters.get("search") ?? "",
    ...(parameters.get("look") === "board" ? { look: "board" as const } : {}),
  };
}

/** Only what differs from the standard is written. */
export function writeList(state: ListState): URLSearchParams {
  const written = new URLSearchParams();
  if (state.view) written.set("view", state.view);
  if (state.filter) written.set("filter", JSON.stringify(state.filter));
  if (state.sort !== null) written.set("sort", state.sort);
  if (state.columns?.length) written.set("columns", state.columns.join(","));
  if (state.search) written.set("search", state.search);
  if (state.look) written.set("look", state.look);
  return written;
}

function readFilter(text: string | null): Tree | null {
  if (!text) return null;
  try {
    return treeFrom(JSON.parse(text));
  } catch {
    return null;
  }
}
