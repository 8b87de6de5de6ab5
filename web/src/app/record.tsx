import { RecordPage } from "@/features/records/record/record-page";
import { PhoneColumn } from "@/features/softphone/phone-column";

/** Where a record meets the telephone. */
export function Record() {
  return <RecordPage renderPhone={({ table, record }) => <PhoneColumn table={table} record={record} />} />;
}
