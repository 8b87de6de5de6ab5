import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { memo, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { currentQuery, isLive, mayCall, owesWrapUp } from "@/api/calls";
import { ApiError } from "@/api/errors";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { journalOf } from "@/api/relations";
import { sentenceOf } from "@/api/sentence";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { type Reachable, useCallees } from "@/widgets/dial/use-callees";
import { useDial } from "@/widgets/dial/use-dial";
import { useDrawnAhead } from "@/widgets/drawn-ahead";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";
import { useRecord } from "../api";
import { useConvert } from "../convert/convertible";
import { FollowUp } from "../follow-up/follow-up";
import { RecordForm } from "../form/record-form";
import { PrintedRecord } from "../print/printed-record";
import { Brief } from "./brief";
import { DetailsCard } from "./details";
import { RecordHeader } from "./record-header";
import { RecordTabs } from "./record-tabs";
import { RunningFlows } from "./running-flows";
import { StageBar } from "./stage-bar";
import { useSave } from "./use-save";
import { Voiceprint } from "./voiceprint";
import "./record.css";

export type RecordShown = { table: Table; record: Rec };

type Props = {
  table: Table;
  id: number;
  /** Values the follow-up form adds by itself, such as the to-do it completes. */
  given?: Record<string, unknown>;
  onFollowed?: () => void;
  /** Draws the telephone beside the record; handed in where the two features meet. */
  renderPhone?: (shown: RecordShown) => ReactNode;
};

/** One record: who it is and how far it has come, what happened, and what to write down next. */
export const RecordView = memo(function RecordView({ table, id, ...rest }: Props) {
  const { t } = useTranslation();
  const { data: record, error, refetch } = useRecord(table.key, id);
  if (error && !record) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <Empty
        tone="alarm"
        title={isGone ? t("common.notFoundTitle") : t("common.errorTitle")}
        hint={isGone ? t("records.recordGone") : sentenceOf(error)}
      >
        {!isGone && <Button onClick={() => void refetch()}>{t("common.retry")}</Button>}
      </Empty>
    );
  }
  if (!record) return <Bones />;
  return <Whole table={table} record={record} {...rest} />;
});

function Whole({ table, record, given, onFollowed, renderPhone }: Omit<Props, "id"> & { record: Rec }) {
  const meta = useMeta();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const { save, dialog } = useSave(table);
  const conversion = useConvert(table, record);
  const journal = journalOf(meta, table.key);
  const isPhone = useIsPhone();
  const callees = useCallees(table, record);
  const phone = mayCall(meta) && callees.length > 0 ? renderPhone : null;
  useCallKey(callees[0]);
  return (
    <RecordPlaceContext value={placeOf(table, record)}>
      <div className={["record", journal || phone ? "" : "alone", phone && isPhone ? "callable" : ""].join(" ")}>
        <div className="record-main">
          <RecordHeader
            table={table}
            record={record}
            save={save}
            isTight={onFollowed !== undefined}
            onEdit={() => setEditing(true)}
            onGone={() => navigate(`/t/${table.key}`)}
            onConvert={conversion.open}
          />
          <StageBar table={table} record={record} save={save} onConvert={conversion.open} />
          {journal ? <Brief table={table} record={record} /> : <RunningFlows table={table} id={record.id} />}
          {journal && <Voiceprint journal={journal} id={record.id} />}
          <RecordTabs table={table} record={record} save={save} />
        </div>
        <aside className="record-side">
          {phone?.({ table, record })}
          {journal && (
            <BetweenCalls isAlways={!phone}>
              <FollowUp
                journal={journal}
                record={record}
                {...(given ? { given } : {})}
                {...(onFollowed ? { onSaved: onFollowed } : {})}
              />
            </BetweenCalls>
          )}
          <BesideOtherTabs>
            <DetailsCard table={table} record={record} save={save} />
          </BesideOtherTabs>
        </aside>
        {isEditing && <RecordForm table={table} record={record} onClose={() => setEditing(false)} />}
        {dialog}
        {conversion.dialog}
      </div>
      <PrintedRecord table={table} record={record} />
    </RecordPlaceContext>
  );
}

/** While a call is on, or its wrap-up owed, there is one form to write in: the wrap-up's. */
function BetweenCalls({ isAlways, children }: { isAlways: boolean; children: ReactNode }) {
  const { data: current } = useQuery({ ...currentQuery(useQueryClient()), enabled: false });
  const isAhead = useDrawnAhead();
  const isOnLine = !isAhead && (isLive(current?.call) || owesWrapUp(current?.call));
  return isAlways || !isOnLine ? children : null;
}

/** With all fields open in the middle, the same ones beside them would say nothing new. */
function BesideOtherTabs({ children }: { children: ReactNode }) {
  return useSearchParams()[0].get("tab") === "details" ? null : children;
}

/** C calls whom one looks at. */
function useCallKey(main: Reachable | undefined): void {
  const dial = useDial();
  const may = mayCall(useMeta());
  useKeys({ c: () => main && void dial(main) }, main !== undefined && may);
}

function Bones() {
  const { t } = useTranslation();
  return (
    <div className="record" role="status" aria-label={t("common.loading")}>
      <div className="record-main">
        <div className="record-bones">
          <span className="bone" style={{ width: 52, height: 52, borderRadius: 14 }} />
          <span className="bone" style={{ width: 180, height: 18 }} />
        </div>
        <span className="bone" style={{ width: "100%", height: 28, marginTop: 16 }} />
        <span className="bone" style={{ width: "100%", height: 96, marginTop: 16, borderRadius: 12 }} />
      </div>
      <aside className="record-side" />
    </div>
  );
}
