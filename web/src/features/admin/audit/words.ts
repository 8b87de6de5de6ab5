import type { Texts } from "@/lib/locales/zh";
import type { Entry } from "./api";

export type Did = keyof Texts["audit"]["did"];
export type Kind = keyof Texts["audit"]["kinds"];

/** How ids and keys are called now; what is no more is called by its id or key. */
export type Names = {
  person: (id: number) => string;
  department: (id: number) => string;
  role: (key: string) => string;
  table: (key: string) => string;
  field: (table: string, key: string) => string;
  label: (label: { zh: string; en: string }) => string;
};

/** What somebody did, taken apart for the words of the screen. */
export type Deed = {
  /** The text it is told by; null for what this version has no words for. */
  did: Did | null;
  subject: string;
  table: string;
  /** What was before and after, by the name of what changed. */
  changed: { name: string; from: unknown; to: unknown }[];
  look: "made" | "gone" | "warning" | "plain";
};

const DID = new Set<string>([
  "session_opened",
  "session_refused",
  "session_closed",
  "session_revoked",
  "password_changed",
  "password_reset",
  "user_created",
  "user_changed",
  "user_archived",
  "department_created",
  "department_changed",
  "department_archived",
  "role_put",
  "role_deleted",
  "api_key_created",
  "api_key_revoked",
  "table_created",
  "table_changed",
  "table_deleted",
  "field_created",
  "field_changed",
  "field_deleted",
  "records_exported",
  "duplicate_told",
  "index_created",
  "index_dropped",
  "flow_published",
  "flow_switched_on",
  "flow_switched_off",
  "flow_runs_retried",
  "flow_runs_cancelled",
  "dashboard_created",
  "dashboard_changed",
  "dashboard_deleted",
  "recording_listened",
  "webhook_created",
  "webhook_changed",
  "webhook_archived",
  "webhook_replayed",
  "workspace_changed",
]);

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

export function deedOf({ action, facts }: Pick<Entry, "action" | "facts">, names: Names): Deed {
  const did = action.replace(".", "_");
  const kind = action.split(".")[0] ?? "";
  return {
    did: DID.has(did) ? (did as Did) : null,
    subject: subjectOf(kind, facts, names),
    table: labelled(facts.label, names) ?? (typeof facts.table === "string" ? names.table(facts.table) : ""),
    changed: changesOf(kind, facts),
    look: lookOf(action),
  };
}

function subjectOf(kind: string, facts: Entry["facts"], names: Names): string {
  switch (kind) {
    case "user":
    case "password":
      return typeof facts.user === "number" ? names.person(facts.user) || text(facts.email) : text(facts.email);
    case "department":
      return text(Array.isArray(facts.name) ? facts.name[1] : facts.name);
    case "role":
      return labelled(facts.label, names) ?? names.role(text(facts.key));
    case "api_key":
      return text(facts.name) || text(facts.key);
    case "table":
      return labelled(facts.label, names) ?? names.table(text(facts.table));
    case "records":
    case "duplicate":
      return names.table(text(facts.table));
    case "flow":
      return text(facts.flow);
    case "dashboard":
      return text(facts.dashboard);
    case "recording":
      return text(facts.recording);
    case "field":
      return fieldsOf(facts, names).join("、");
    default:
      return text(facts.email);
  }
}

/** The name something had then; null when the entry does not tell. */
function labelled(label: unknown, names: Names): string | null {
  const { zh, en } = (label ?? {}) as { zh?: unknown; en?: unknown };
  return typeof zh === "string" && typeof en === "string" ? names.label({ zh, en }) : null;
}

function fieldsOf(facts: Entry["facts"], names: Names): string[] {
  const fields: unknown[] = Array.isArray(facts.fields) ? facts.fields : [facts.field];
  return fields.map((field) => {
    const { key, label } = (typeof field === "object" && field !== null ? field : { key: field }) as Record<
      string,
      unknown
    >;
    return labelled(label, names) ?? names.field(text(facts.table), text(key));
  });
}

const isPair = (value: unknown): value is [unknown, unknown] => Array.isArray(value) && value.length === 2;

function changesOf(kind: string, facts: Entry["facts"]): Deed["changed"] {
  const pairs = kind === "department" ? { name: facts.name, parent: facts.parent } : (facts.changed ?? {});
  return Object.entries(pairs as Record<string, unknown>).flatMap(([name, value]) =>
    isPair(value) && JSON.stringify(value[0]) !== JSON.stringify(value[1])
      ? [{ name, from: value[0], to: value[1] }]
      : [],
  );
}

function lookOf(action: string): Deed["look"] {
  if (action === "session.refused") return "warning";
  if (/\.(archived|deleted|revoked)$/.test(action)) return "gone";
  return /\.(created|put)$/.test(action) ? "made" : "plain";
}
