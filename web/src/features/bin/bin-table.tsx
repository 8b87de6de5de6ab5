import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { binColumns, DELETED_AT, DELETED_BY } from "./api";

type Picked = ReadonlySet<number>;

type Props = {
  table: Table;
  rows: readonly Rec[];
  picked: Picked;
  onPick: (picked: Picked) => void;
  onRestore: (id: number) => void;
  isRestoring: boolean;
  /** Below the last row. */
  children: ReactNode;
};

/** Deleted records, the latest first. */
export function BinTable({ table, rows, picked, onPick, onRestore, isRestoring, children }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const columns = binColumns(table).flatMap((key) => table.byKey.get(key) ?? []);
  const toggle = (id: number) => onPick(picked.has(id) ? without(picked, id) : new Set([...picked, id]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="bin-box" tabIndex={0} role="region" aria-label={t("bin.title", { table: label(table.label) })}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={t("bin.pickAll")}
                checked={rows.length > 0 && picked.size === rows.length}
                ref={(box) => {
                  if (box) box.indeterminate = picked.size > 0 && picked.size < rows.length;
                }}
                onChange={() => onPick(new Set(picked.size > 0 ? [] : rows.map(({ id }) => id)))}
              />
            </th>
            {columns.map((field) => (
              <th key={field.key} scope="col">
                {label(field.label)}
              </th>
            ))}
            <th scope="col">{t("bin.deletedBy")}</th>
            <th scope="col">{t("bin.deletedAt")}</th>
            <th scope="col">
              <span className="sr-only">{t("bin.restore")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BinRow
              key={row.id}
              table={table}
              row={row}
              isPicked={picked.has(row.id)}
              onToggle={toggle}
              onRestore={onRestore}
              isRestoring={isRestoring}
            />
          ))}
        </tbody>
      </table>
      <div className="bin-more">{children}</div>
    </div>
  );
}

const without = (picked: Picked, id: number) => new Set([...picked].filter((one) => one !== id));

type RowProps = {
  table: Table;
  row: Rec;
  isPicked: boolean;
  onToggle: (id: number) => void;
  onRestore: (id: number) => void;
  isRestoring: boolean;
};

function BinRow({ table, row, isPicked, onToggle, onRestore, isRestoring }: RowProps) {
  const { t } = useTranslation();
  const { when, dateTime } = useFormat();
  const { person } = useMeta();
  const { title } = table.settings;
  const name = (title && textOf(row[title])) || `#${row.id}`;
  const at = textOf(row[DELETED_AT]);
  const by = person.get(Number(row[DELETED_BY]))?.name ?? "";
  return (
    <tr className={isPicked ? "picked" : undefined}>
      <td>
        <input
          type="checkbox"
          checked={isPicked}
          onChange={() => onToggle(row.id)}
          aria-label={t("bin.pick", { name })}
        />
      </td>
      {binColumns(table).map((key) => {
        const field = table.byKey.get(key);
        if (!field) return null;
        if (key === title) return <th key={key}>{name}</th>;
        return (
          <td key={key}>
            <FieldCell value={row[key]} field={field} />
          </td>
        );
      })}
      <td className="bin-by">{by}</td>
      <td>
        <time dateTime={at} title={at && dateTime(at)}>
          {at && when(at)}
        </time>
      </td>
      <td>
        <Button
          className="bin-restore"
          size="small"
          type="text"
          disabled={isRestoring}
          onClick={() => onRestore(row.id)}
          aria-label={t("bin.restoreOne", { name })}
        >
          {t("bin.restore")}
        </Button>
      </td>
    </tr>
  );
}
