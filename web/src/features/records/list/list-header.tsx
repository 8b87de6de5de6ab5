import {
  DeleteOutlined,
  DownloadOutlined,
  MoreOutlined,
  PlusOutlined,
  SearchOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { address } from "@/api/client";
import { mayCreate, type Table } from "@/api/meta";
import { listParameters } from "@/api/records";
import { useFormat } from "@/api/use-format";
import type { Shown } from "@/api/views";
import type { ListState } from "@/lib/list-url";
import { TextBox } from "@/ui/text-box";
import { useIsPhone } from "@/ui/use-is-phone";
import { stageOf } from "../board/stage-of";
import { FilterButton } from "../filter/filter-button";
import { ColumnButton } from "./column-button";
import { LookButton } from "./look-button";
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
        {stageOf(table) && <LookButton look={state.look} onChange={(look) => onChange({ look })} />}
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
        <MoreButton table={table} shown={shown} />
        {mayCreate(table) && (
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

/** What one does with a whole list now and then: bring in, take out, look into the bin. */
function MoreButton({ table, shown }: { table: Table; shown: Shown }) {
  const { t } = useTranslation();
  const file = (format: string) =>
    address(`/tables/${table.key}/export`, {
      ...listParameters({ ...shown, fields: shown.columns }),
      columns: undefined,
      format,
    });
  const exported = (format: string, text: string) => ({
    key: format,
    icon: <DownloadOutlined aria-hidden />,
    label: (
      <a href={file(format)} download>
        {text}
      </a>
    ),
  });
  const page = (key: string, icon: ReactNode, text: string) => ({
    key,
    icon,
    label: <Link to={`/t/${table.key}/${key}`}>{text}</Link>,
  });
  const { rights } = table;
  const items = [
    ...(rights.import && rights.create ? [page("import", <UploadOutlined aria-hidden />, t("records.import"))] : []),
    ...(rights.export ? [exported("xlsx", t("records.exportSheet")), exported("csv", t("records.exportText"))] : []),
    ...(rights.delete ? [page("bin", <DeleteOutlined aria-hidden />, t("records.bin"))] : []),
  ];
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button icon={<MoreOutlined aria-hidden />} aria-label={t("common.more")} title={t("common.more")} />
    </Dropdown>
  );
}
