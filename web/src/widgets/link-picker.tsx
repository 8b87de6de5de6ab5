import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { recordsKey } from "@/api/keys";
import { useMeta } from "@/api/meta";
import { listRecords } from "@/api/records";
import { useComposing } from "@/ui/use-composing";
import { useSettled } from "@/ui/use-settled";
import { type InputProps, textOf } from "./field";
import { type Linked, linkedOf } from "./linked";

const OFFERED = 20;
const MOST_TITLED = 200;

type Props = InputProps & { many: boolean };

/** Looks for records of the linked table by what is typed, and remembers the titles of those picked. */
export function LinkPicker({ aria, value, field, onChange, autoFocus, size, many }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const { composing, handlers } = useComposing(setTyped);
  const picked = useTitled(field.refers?.table ?? "", linkedOf(value));
  const { found, isFetching } = useFound(field.refers?.table ?? "", useDeferredValue(typed));
  const known = new Map([...found, ...picked].map((record) => [record.id, record]));
  const change = (ids: number | number[] | undefined) => {
    const chosen = [ids ?? []].flat().map((id) => known.get(id) ?? { id, title: `#${id}` });
    onChange(many ? chosen : (chosen[0] ?? null));
  };
  return (
    <div {...handlers}>
      <Select<number | number[]>
        {...aria}
        style={{ width: "100%" }}
        {...(many ? { mode: "multiple" as const } : {})}
        value={many ? picked.map(({ id }) => id) : (picked[0]?.id ?? null)!}
        options={[...known.values()].map(({ id, title, ...rest }) => ({ value: id, label: title, ...rest }))}
        showSearch={{ filterOption: false, onSearch: (text) => !composing.current && setTyped(text) }}
        allowClear={!field.required || many}
        loading={isFetching}
        notFoundContent={isFetching ? t("common.loading") : t("records.nothingFound")}
        onChange={change}
        optionRender={({ label, data }) => (
          <span className="choice-row">
            {label}
            <span className="muted">{textOf((data as { subtitle?: unknown }).subtitle)}</span>
          </span>
        )}
        autoFocus={autoFocus}
        {...(size ? { size } : {})}
      />
    </div>
  );
}

/** What stands in an address is the number alone: the titles are asked for. */
function useTitled(table: string, picked: Linked[]): Linked[] {
  const settings = useMeta().table.get(table)?.settings;
  const title = settings?.title ?? null;
  const bare = picked.filter((one) => one.title === `#${one.id}`).map(({ id }) => id);
  const { data } = useQuery({
    queryKey: [...recordsKey(table), "titles", bare],
    queryFn: ({ signal }) => {
      const filter = { field: "id", op: "in", value: bare };
      return listRecords(table, { filter, fields: title ? [title] : [], limit: MOST_TITLED, count: "none" }, signal);
    },
    enabled: title !== null && bare.length > 0,
  });
  const titles = new Map((data?.records ?? []).map((record) => [record.id, title ? textOf(record[title]) : ""]));
  return picked.map(({ id, title: known }) => ({ id, title: titles.get(id) || known }));
}

function useFound(table: string, typed: string) {
  const settings = useMeta().table.get(table)?.settings;
  const search = useSettled(typed.trim());
  const title = settings?.title ?? null;
  const subtitle = settings?.subtitle ?? null;
  const fields = [title, subtitle].filter((key) => key !== null);
  const { data, isFetching } = useQuery({
    queryKey: [...recordsKey(table), "found", search],
    queryFn: ({ signal }) => listRecords(table, { search, fields, limit: OFFERED, count: "none" }, signal),
    enabled: settings !== undefined,
    placeholderData: keepPreviousData,
  });
  const found: (Linked & { subtitle?: unknown })[] = (data?.records ?? []).map((record) => ({
    id: record.id,
    title: (title && textOf(record[title])) || `#${record.id}`,
    subtitle: subtitle ? record[subtitle] : "",
  }));
  return { found, isFetching };
}
