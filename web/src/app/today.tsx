import { RecordAhead } from "@/features/records/record/record-ahead";
import { RecordView } from "@/features/records/record/record-view";
import { PhoneColumn } from "@/features/softphone/phone-column";
import { TodayPage } from "@/features/today/today-page";

/** The workbench: where the queue of the day meets the records it leads to, and the telephone. */
export function Today() {
  return (
    <TodayPage
      renderRecord={({ table, id, onNext, isNext }) => (
        <RecordView
          key={`${table.key} ${id}`}
          table={table}
          id={id}
          onFollowed={onNext}
          renderPhone={(shown) => <PhoneColumn {...shown} onNext={onNext} focus={isNext} />}
        />
      )}
      renderAhead={({ table, id }) => <RecordAhead table={table} id={id} />}
    />
  );
}
