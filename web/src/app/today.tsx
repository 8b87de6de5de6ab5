import { RecordView } from "@/features/records/record/record-view";
import { TodayPage } from "@/features/today/today-page";

/** Where the queue of the day meets the records it leads to. */
export function Today() {
  return (
    <TodayPage
      renderRecord={({ table, id, onFollowed }) => (
        <RecordView key={`${table.key} ${id}`} table={table} id={id} onFollowed={onFollowed} />
      )}
    />
  );
}
