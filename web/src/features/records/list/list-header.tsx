import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { mayCreate, type Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Shown } from "@/api/views";
import type { ListState } from "@/lib/list-url";
import { TextBox } from "@/ui/text-box";
import { useIsPhone } from "@/ui/use-is-phone";
import { stageOf } from "../board/stage-of";
import { FilterButton } from "../filter/filter-button";
import { ColumnButton } from "./column-button";
import { LookButton } from "./look-button";
import { MoreButton } from "./more-button";
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
  onPrint: () => void;
};

/** Name and exact number on the left; what narrows, orders and arranges the list; search and new on the right. */
export function ListHeader({ table, state, shown, count, isCounting, search, onChange, onNew, onPrint }: Props) {
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
        <MoreButton table={table} shown={shown} count={count} onPrint={isPhone ? null : onPrint} />
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
