import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { relationsTo } from "@/api/relations";
import { useFormat } from "@/api/use-format";
import { Tabs } from "@/ui/tabs";
import { Details } from "./details";
import { History } from "./history";
import { Related, relatedQuery } from "./related";
import { Timeline } from "./timeline";
import type { Save } from "./use-save";

type Props = { table: Table; record: Rec; save: Save };

/** What happened, all fields, every table that links here, and who changed what. */
export function RecordTabs({ table, record, save }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const meta = useMeta();
  const [parameters, setParameters] = useSearchParams();
  const relations = relationsTo(meta, table.key);
  const counts = useQueries({ queries: relations.map((relation) => relatedQuery(relation, record.id)) });
  const items = [
    { key: "timeline", label: t("records.timeline"), children: <Timeline table={table} id={record.id} /> },
    { key: "details", label: t("records.details"), children: <Details table={table} record={record} save={save} /> },
    ...relations.map((relation, place) => {
      const count = counts[place]?.data?.count;
      return {
        key: relation.table.key,
        label: (
          <>
            {label(relation.table.label)}
            {count ? <em className="tab-count">{number(count)}</em> : null}
          </>
        ),
        children: <Related relation={relation} table={table} record={record} />,
      };
    }),
    { key: "history", label: t("records.history"), children: <History table={table} id={record.id} /> },
  ];
  const asked = parameters.get("tab");
  return (
    <Tabs
      className="record-tabs"
      activeKey={items.some(({ key }) => key === asked) && asked ? asked : "timeline"}
      items={items}
      onChange={(tab) =>
        setParameters(
          (now) => {
            const next = new URLSearchParams(now);
            if (tab === "timeline") next.delete("tab");
            else next.set("tab", tab);
            return next;
          },
          { replace: true, preventScrollReset: true },
        )
      }
    />
  );
}
