import type { Field, Table } from "@/api/meta";

/** Fields that many records can be given alike: what one may write and sees whole, and what is not each one's own. */
export const bulkFields = (table: Table): Field[] =>
  table.fields.filter(
    (field) =>
      field.readable &&
      field.writable &&
      !field.automatic &&
      !field.masked &&
      !field.unique &&
      field.widget !== "attachment" &&
      field.key !== table.settings.title,
  );
