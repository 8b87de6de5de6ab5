import { DownloadOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { address } from "@/api/client";
import type { Table } from "@/api/meta";
import { listParameters } from "@/api/records";
import { useFormat } from "@/api/use-format";
import type { Shown } from "@/api/views";
import type { ListState } from "@/lib/list-url";
import { TextBox } from "@/ui/text-box";
import { useIsPhone } from "@/ui/use-is-phone";
import { FilterButton } from "../filter/filter-button";
import { ColumnButton } from "./column-button";
import { SortButton } from "./sort-button";

type Props = {
  table: Table;
  state: ListState;
  shown: Shown;
  count: number | null;
  isCounting: boolean;
  search: React.Ref<HTMLInputElement>;
  onChange: (changed: Partial<ListState>, how?: { replace: boolean }) => void;
  onNew: () => void;
};

/** Name and exact number on the left; what narrows, orders and arranges the list; search and new on the right. */
export function ListHeader({ table, state, shown, count, isCounting, search, onChange, onNew }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const isPhone = useIsPhone();
  const name = label(table.label);
  return (
    <header className="list-head">
      <h1>{name}</h1>
      <span className={isCounting ? "list-count stale" : "list-count"} aria-live="polite">
        {count === null ? "" : t("records.count", { count: number(count) as unknown as number })}
      </span>
      <div className="list-tools">
        <FilterButton
          table={table}
          filter={state.filter}
          onChange={(filter) => onChange({ filter }, { replace: state.filter !== null })}
        />
        <SortButton table={table} sort={shown.sort} onChange={(sort) => onChange({ sort })} />
        {!isPhone && (
          <ColumnButton table={table} columns={shown.columns} onChange={(columns) => onChange({ columns })} />
        )}
      </div>
      <div className="list-right">
        <TextBox
          className="list-search"
          box={search}
          value={state.search}
          onSettled={(text) => onChange({ search: text }, { replace: state.search !== "" })}
          placeholder={t("records.searchIn", { table: name })}
          aria-label={t("records.searchIn", { table: name })}
          prefix={<SearchOutlined aria-hidden />}
          suffix={!isPhone && !state.search && <kbd>/</kbd>}
          allowClear
        />
        {table.rights.export && !isPhone && <ExportButton table={table} shown={shown} />}
        {table.rights.create && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={onNew}
            aria-label={t("records.new", { table: name })}
          >
            {isPhone ? null : t("records.new", { table: name })}
          </Button>
        )}
      </div>
    </header>
  );
}

function ExportButton({ table, shown }: { table: Table; shown: Shown }) {
  const { t } = useTranslation();
  const file = (format: string) =>
    address(`/tables/${table.key}/export`, {
      ...listParameters({ ...shown, fields: shown.columns }),
      columns: undefined,
      format,
    });
  const link = (format: string, text: string) => ({
    key: format,
    label: (
      <a href={file(format)} download>
        {text}
      </a>
    ),
  });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items: [link("xlsx", t("records.exportSheet")), link("csv", t("records.exportText"))] }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} aria-label={t("records.export")} title={t("records.export")} />
    </Dropdown>
  );
}
