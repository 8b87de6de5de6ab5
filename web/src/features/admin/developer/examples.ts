import type { Field, Table } from "@/api/meta";

export const DEEDS = ["list", "create", "change"] as const;
export type Deed = (typeof DEEDS)[number];
export const TONGUES = ["curl", "python"] as const;
export type Tongue = (typeof TONGUES)[number];

export type Example = { method: string; path: string; body?: Record<string, unknown> };

const MOST_FIELDS = 4;

/** A call that works on this table as it is now. */
export function exampleOf(table: Table, deed: Deed, now: Date): Example {
  const path = `/api/v1/tables/${table.key}/records`;
  if (deed === "list") {
    const fields = table.settings.columns.slice(0, MOST_FIELDS).join(",");
    return { method: "GET", path: `${path}?limit=3&count=exact&sort=-created_at${fields ? `&fields=${fields}` : ""}` };
  }
  if (deed === "create") return { method: "POST", path, body: valuesOf(table, now) };
  const [first] = Object.entries(valuesOf(table, now));
  return {
    method: "PATCH",
    path,
    body: { records: [{ id: 1, version: 1, ...(first ? { [first[0]]: first[1] } : {}) }] },
  };
}

/** The required fields, and then what the list shows, each with a value its type takes. */
function valuesOf(table: Table, now: Date): Record<string, unknown> {
  const given = table.fields.filter((field) => field.creatable && !field.automatic && !field.refers);
  const shown = new Set(table.settings.columns);
  const chosen = [...given.filter((f) => f.required), ...given.filter((f) => !f.required && shown.has(f.key))];
  const values = chosen
    .map((field) => [field.key, sampleOf(field, now)] as const)
    .filter(([, value]) => value !== undefined)
    .slice(0, Math.max(MOST_FIELDS, given.filter((f) => f.required).length));
  return Object.fromEntries(values);
}

function sampleOf(field: Field, now: Date): unknown {
  const day = now.toISOString().slice(0, 10);
  const choices = field.options?.choices as { key: string }[] | undefined;
  switch (field.type) {
    case "text":
      return field.label.zh;
    case "long_text":
      return `${field.label.zh}……`;
    case "phone":
      return "13800138000";
    case "email":
      return "name@example.com";
    case "number":
    case "percent":
      return 10;
    case "currency":
      return "1200.50";
    case "date":
      return day;
    case "datetime":
      return `${day}T09:00:00+08:00`;
    case "switch":
      return true;
    case "dropdown":
      return choices?.[0]?.key;
    case "multi_select":
      return choices?.slice(0, 1).map((choice) => choice.key);
    default:
      return undefined;
  }
}

/** The call as one would type it; `$TUOKE_KEY` is an API key. */
export function writtenIn(tongue: Tongue, { method, path, body }: Example, origin: string): string {
  if (tongue === "curl") {
    const lines = [`curl -X ${method} '${origin}${path}'`, `  -H "Authorization: Bearer $TUOKE_KEY"`];
    if (body)
      lines.push("  -H 'Content-Type: application/json'", `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
    return lines.join(" \\\n");
  }
  const [bare, query] = path.split("?");
  const parameters = query ? Object.fromEntries(new URLSearchParams(query)) : undefined;
  const more = [
    ...(parameters ? [`    params=${JSON.stringify(parameters)},`] : []),
    ...(body ? [`    json=${pythonOf(body)},`] : []),
  ];
  return [
    "import os, requests",
    "",
    `answer = requests.${method.toLowerCase()}(`,
    `    "${origin}${bare}",`,
    `    headers={"Authorization": f"Bearer {os.environ['TUOKE_KEY']}"},`,
    ...more,
    ")",
    "answer.raise_for_status()",
    "print(answer.json())",
  ].join("\n");
}

/** JSON as a Python literal. */
function pythonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonOf).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${pythonOf(one)}`)
      .join(", ")}}`;
  }
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : JSON.stringify(value);
}
