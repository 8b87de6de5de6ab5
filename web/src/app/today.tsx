import { Activity, memo, useCallback } from "react";
import { type RecordShown, RecordView } from "@/features/records/record/record-view";
import { useRecordAhead } from "@/features/records/record/use-record-ahead";
import { PhoneColumn } from "@/features/softphone/phone-column";
import { type Shown, TodayPage } from "@/features/today/today-page";
import { DrawnAheadContext } from "@/widgets/drawn-ahead";

/** The workbench: where the queue of the day meets the records it leads to, and the telephone. */
export function Today() {
  return <TodayPage renderRecord={(shown) => <Place {...shown} />} />;
}

/** Somebody to work on; who comes next is loaded and drawn unseen, so that going on to him only uncovers him. */
const Place = memo(function Place({ table, id, onNext, isNext, isAhead }: Shown) {
  const isLoaded = useRecordAhead(table, id, isAhead);
  const renderPhone = useCallback(
    (shown: RecordShown) => <PhoneColumn {...shown} onNext={onNext} focus={isNext} />,
    [onNext, isNext],
  );
  if (isAhead && !isLoaded) return null;
  return (
    <Activity mode={isAhead ? "hidden" : "visible"}>
      <DrawnAheadContext value={isAhead}>
        <RecordView table={table} id={id} onFollowed={onNext} renderPhone={renderPhone} />
      </DrawnAheadContext>
    </Activity>
  );
});
