import { DownOutlined, LeftOutlined, UpOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { listRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { PrintButton } from "@/ui/print-button";
import { useKeys } from "@/ui/use-keys";
import { recordAddress, type Whereabouts } from "./whereabouts";

type Props = { table: Table; whereabouts: Whereabouts | null };

/** The way back to the list, and to the neighbours in it. */
export function RecordBar({ table, whereabouts }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { previous, next } = useNeighbours(table, whereabouts);
  useKeys({ k: previous ?? (() => {}), j: next ?? (() => {}) }, whereabouts !== null);
  return (
    <nav className="record-bar" aria-label={t("records.backToList")}>
      <Link className="record-back" to={whereabouts?.address ?? `/t/${table.key}`}>
        <LeftOutlined aria-hidden /> {label(table.label)}
      </Link>
      <span className="record-place">
        {whereabouts && <Neighbours whereabouts={whereabouts} previous={previous} next={next} />}
        <PrintButton />
      </span>
    </nav>
  );
}

type NeighboursProps = { whereabouts: Whereabouts; previous: (() => void) | null; next: (() => void) | null };

function Neighbours({ whereabouts, previous, next }: NeighboursProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <>
      {whereabouts.of !== null && (
        <span className="muted">
          {t("records.place", { at: number(whereabouts.at + 1), of: number(whereabouts.of) })}
        </span>
      )}
      <Button
        type="text"
        size="small"
        icon={<UpOutlined aria-hidden />}
        disabled={!previous}
        onClick={previous ?? undefined}
        aria-label={t("records.previous")}
        title={`${t("records.previous")} (K)`}
      />
      <Button
        type="text"
        size="small"
        icon={<DownOutlined aria-hidden />}
        disabled={!next}
        onClick={next ?? undefined}
        aria-label={t("records.next")}
        title={`${t("records.next")} (J)`}
      />
    </>
  );
}

function useNeighbours(table: Table, whereabouts: Whereabouts | null) {
  const navigate = useNavigate();
  const first = Math.max(0, (whereabouts?.at ?? 0) - 1);
  const { data } = useQuery({
    queryKey: [...recordsKey(table.key), "neighbours", whereabouts?.query, first],
    queryFn: ({ signal }) =>
      listRecords(table.key, { ...whereabouts?.query, fields: ["id"], offset: first, limit: 3, count: "none" }, signal),
    enabled: whereabouts !== null,
    // The list may change while one works through it; its order stays as it was when one came.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const go = (at: number) => {
    const record = data?.records[at - first];
    if (!whereabouts || !record) return null;
    return () =>
      void navigate(recordAddress(table.key, record.id), { replace: true, state: { list: { ...whereabouts, at } } });
  };
  const at = whereabouts?.at ?? 0;
  return { previous: at > 0 ? go(at - 1) : null, next: go(at + 1) };
}
