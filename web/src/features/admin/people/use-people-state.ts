import { useSearchParams } from "react-router";

/** A department, everybody, or those who are in none. */
export type Place = number | "all" | "none";

export function placeOf(text: string | null): Place {
  if (text === "none") return "none";
  const id = Number(text);
  return text && Number.isSafeInteger(id) && id > 0 ? id : "all";
}

export const addressOf = (place: Place) => (place === "all" ? "/admin/people" : `/admin/people?department=${place}`);

/** What the page shows, as its address says. */
export function usePeopleState() {
  const [parameters, setParameters] = useSearchParams();
  return {
    place: placeOf(parameters.get("department")),
    search: parameters.get("search") ?? "",
    setSearch: (text: string) =>
      setParameters(
        (now) => {
          if (text) now.set("search", text);
          else now.delete("search");
          return now;
        },
        { replace: true },
      ),
  };
}
