import { metaOf, table } from "@/api/meta-for-tests";

export const meta = metaOf(
  table({
    key: "lead",
    rights: { read: true, create: true, update: true, import: true },
    settings: { title: "name", owner: "owner", match: ["phone"], pool: true },
    fields: [
      { key: "name", label: { zh: "姓名", en: "Name" } },
      { key: "phone", label: { zh: "手机", en: "Phone" }, required: true },
      { key: "status", required: true, default: "new" },
      { key: "note", label: { zh: "备注, 其他", en: "Note" } },
      { key: "owner", refers: { table: "@user", many: false }, default: "@me" },
      { key: "files", refers: { table: "@file", many: true } },
      { key: "score", creatable: false },
      { key: "serial", writable: false, creatable: false },
      { key: "created_at", automatic: true },
    ],
  }),
);

/** Phones are required, statuses have a default, scores may only be changed later. */
export const lead = meta.table.get("lead")!;
