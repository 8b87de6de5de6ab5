import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { Notice } from "@/ui/notice";
import { ProgressBar } from "@/ui/progress-bar";
import type { DesignTable } from "../api";
import { createIndex, dropIndex, type Index, indexesQuery, type Proposal } from "./api";
import { ChooseIndex } from "./choose-index";
import { IndexLine } from "./index-line";
import { ProposalLine } from "./proposal-line";
import { useBuilding } from "./use-building";
import { useColumns } from "./use-columns";
import "./indexes.css";

/** What makes a table's lists fast: what it has, what would help, and how to get it while everybody works on. */
export function IndexesView({ table }: { table: DesignTable }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(indexesQuery(table.key));
  if (error && !data) return <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  return <Indexes table={table} {...data} />;
}

type Props = { table: DesignTable; indexes: Index[]; proposed: Proposal[] };

function Indexes({ table, indexes, proposed }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const names = useColumns(table);
  const making = useBuilding(createIndex);
  const dropping = useBuilding(dropIndexOf);
  const at = making.isAtWork ? "making" : dropping.isAtWork ? "dropping" : null;
  const own = indexes.filter((index) => index.own);
  const fault = making.fault ?? dropping.fault ?? errorOf(making.error ?? dropping.error);
  return (
    <div className="indexes card">
      <div className="fields-head">
        <h2>{t("indexes.title", { table: label(table.label) })}</h2>
        <p className="muted">{t("indexes.intro")}</p>
      </div>
      {at && (
        <div className="indexes-work" aria-live="polite">
          <p>{t(`indexes.${at}`, { fields: names(at === "making" ? making.columns : dropping.columns) })}</p>
          <ProgressBar share={null} label={t("indexes.working")} />
        </div>
      )}
      {fault && <Notice tone="cinnabar">{fault}</Notice>}
      {!at && !fault && making.isDone && (
        <Notice tone="jade">{t("indexes.made", { fields: names(making.columns) })}</Notice>
      )}
      <h3>{t("indexes.proposed")}</h3>
      {proposed.length === 0 && <p className="indexes-none">{t("indexes.noneProposed")}</p>}
      <ul>
        {proposed.map((one) => (
          <ProposalLine
            key={one.columns.join()}
            proposal={one}
            fields={names(one.columns)}
            isBusy={at !== null}
            onCreate={() => making.start({ table: table.key, columns: one.columns, included: one.included })}
          />
        ))}
      </ul>
      <h3>{t("indexes.own")}</h3>
      {own.length === 0 && <p className="indexes-none">{t("indexes.noneOwn")}</p>}
      <ul>
        {own.map((index) => (
          <IndexLine
            key={index.name}
            index={index}
            fields={names(index.columns)}
            isBusy={at !== null}
            onDrop={() => dropping.start({ table: table.key, name: index.name, columns: index.columns })}
          />
        ))}
      </ul>
      <ChooseIndex
        table={table}
        isBusy={at !== null}
        onCreate={(columns) => making.start({ table: table.key, columns })}
      />
      <Shipped indexes={indexes.filter((index) => !index.own)} names={names} />
    </div>
  );
}

const dropIndexOf = ({ table, name }: { table: string; name: string; columns: string[] }) => dropIndex({ table, name });

const errorOf = (error: Error | null) => (error ? sentenceOf(error) : null);

/** What the product itself needs: told, not to be touched. */
function Shipped({ indexes, names }: { indexes: Index[]; names: (columns: readonly string[]) => string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <details className="indexes-shipped">
      <summary>{t("indexes.shipped", { n: number(indexes.length) })}</summary>
      <ul>
        {indexes.map(({ name, columns, scans }) => (
          <li key={name}>
            <span className="ellipsis" title={name}>
              {names(columns) || name}
            </span>
            <small>{t("indexes.used", { n: number(scans) })}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}
