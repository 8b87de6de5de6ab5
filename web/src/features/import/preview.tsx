import { Segmented, Tooltip } from "antd";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import type { Field, Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { widgets } from "@/widgets/registry";
import type { Cell, Checked, Row } from "./checked";
import { isNeeded } from "./mapping";
import "./preview.css";

type Props = { table: Table; checked: Checked; isStale: boolean };

const hasNotes = (row: Row) => Boolean(row.note) || Object.values(row.cells).some((cell) => cell.fault || cell.warning);

/** The first rows as they would be stored. What was not understood is coloured and says why. */
export function Preview({ table, checked, isStale }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [only, setOnly] = useState<"all" | "noted">("all");
  const noted = useMemo(() => checked.rows.filter(hasNotes), [checked.rows]);
  const fields = useMemo(() => fieldsOf(table, checked), [table, checked]);
  const rows = only === "noted" && noted.length > 0 ? noted : checked.rows;
  return (
    <section className={isStale ? "card preview stale" : "card preview"} aria-label={t("imports.preview")}>
      <div className="preview-head">
        <h2>{t("imports.preview")}</h2>
        <span className="muted ellipsis">{t("imports.previewRows")}</span>
        {noted.length > 0 && (
          <Segmented
            size="small"
            value={only}
            onChange={setOnly}
            aria-label={t("imports.show")}
            options={[
              { value: "all", label: t("imports.showAll") },
              { value: "noted", label: t("imports.showNoted", { n: number(noted.length) }) },
            ]}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className="preview-box" tabIndex={0} role="group" aria-label={t("imports.previewRows")}>
        <Rows rows={rows} fields={fields} />
      </div>
    </section>
  );
}

/** Drawn anew only when something else was found out, not at every change of the settings. */
const Rows = memo(function Rows({ rows, fields }: { rows: readonly Row[]; fields: readonly Field[] }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("imports.line")}</th>
          <th scope="col">{t("imports.outcome")}</th>
          {fields.map((field) => (
            <Heading key={field.key} field={field} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PreviewRow key={row.line} row={row} fields={fields} />
        ))}
      </tbody>
    </table>
  );
});

/** The fields that are filled, in the order of the file's columns; then those that are only complained about. */
function fieldsOf(table: Table, { columns, rows }: Checked): Field[] {
  const filled = columns.flatMap(({ field }) => field ?? []);
  const others = rows.flatMap(({ cells }) => Object.keys(cells));
  return [...new Set([...filled, ...others])].flatMap((key) => table.byKey.get(key) ?? []);
}

function Heading({ field }: { field: Field }) {
  const { label } = useFormat();
  const widget = widgets.get(field.widget);
  return (
    <th scope="col" className={widget?.align === "right" ? "right" : undefined}>
      {label(field.label)}
      {isNeeded(field) && <em className="needed">*</em>}
    </th>
  );
}

const TONE: Record<string, "jade" | "indigo" | "amber" | "cinnabar"> = {
  created: "jade",
  updated: "indigo",
  duplicate: "amber",
  faulty: "cinnabar",
};

function PreviewRow({ row, fields }: { row: Row; fields: readonly Field[] }) {
  const { t } = useTranslation();
  const isFaulty = Object.values(row.cells).some((cell) => cell.fault);
  const outcome = row.outcome ?? (isFaulty ? "faulty" : null);
  const word = outcome === null ? "" : t(`imports.outcomes.${outcome as "created"}`, { defaultValue: outcome });
  return (
    <tr className={outcome === "faulty" || outcome === "duplicate" ? "refused" : undefined}>
      <th scope="row">{row.line}</th>
      <td title={row.note ?? undefined}>
        {outcome !== null && <Chip tone={TONE[outcome] ?? "grey"}>{word}</Chip>}
        {row.note && <small className="preview-note">{row.note}</small>}
      </td>
      {fields.map((field) => (
        <PreviewCell key={field.key} field={field} cell={row.cells[field.key]} />
      ))}
    </tr>
  );
}

function PreviewCell({ field, cell }: { field: Field; cell: Cell | undefined }) {
  const align = widgets.get(field.widget)?.align === "right" ? "right" : "";
  if (!cell) return <td className={align} />;
  const note = cell.fault ?? cell.warning;
  const isNothing = cell.text === "" && isEmpty(cell.value);
  if (!note) return <td className={align}>{!isEmpty(cell.value) && <Value field={field} cell={cell} />}</td>;
  return (
    <td className={`${align} ${cell.fault ? "fault" : "warning"}`}>
      <Noted note={note}>{isNothing ? <EmptyCell /> : <Value field={field} cell={cell} />}</Noted>
    </td>
  );
}

/** As it will look once it is stored; where that cannot be known yet, as the file has it. */
function Value({ field, cell }: { field: Field; cell: Cell }) {
  const { t } = useTranslation();
  if (isNewOption(field, cell.value)) return <Chip title={t("imports.newOption")}>{cell.text}</Chip>;
  // What is linked to comes as a number that says nothing; the name is in the file.
  const isNamed = field.refers !== null && field.refers !== undefined && !field.refers.table.startsWith("@");
  if (isEmpty(cell.value) || isNamed) return <span className="preview-text">{cell.text}</span>;
  return <FieldCell value={cell.value} field={field} />;
}

function isNewOption(field: Field, value: unknown): boolean {
  const known = new Set(choicesOf(field).map(({ key }) => key));
  return known.size > 0 && [value].flat().some((key) => typeof key === "string" && key !== "" && !known.has(key));
}

function EmptyCell() {
  const { t } = useTranslation();
  return <span className="preview-text">{t("imports.emptyCell")}</span>;
}

/** Something with a reason: shown on hover and on focus, and read out with it. */
function Noted({ note, children }: { note: string; children: React.ReactNode }) {
  return (
    <Tooltip title={note} trigger={["hover", "focus"]}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard */}
      <span className="noted" tabIndex={0}>
        {children}
        <span className="sr-only">{note}</span>
      </span>
    </Tooltip>
  );
}
