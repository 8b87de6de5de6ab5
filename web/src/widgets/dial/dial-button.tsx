import { PhoneFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { mayCall } from "@/api/calls";
import { type Field, useMeta } from "@/api/meta";
import { isEmpty, textOf } from "../field";
import { useRecordPlace } from "../record-place";
import { useDial } from "./use-dial";
import "./dial-button.css";

type Props = { field: Field; value: unknown; tabIndex?: number };

/** Beside a telephone number of a record: calls it. Absent for those who may not call. */
export function DialButton({ field, value, tabIndex }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const place = useRecordPlace();
  const dial = useDial();
  if (!place || isEmpty(value) || !mayCall(meta)) return null;
  const name = t("phone.callName", { name: place.title });
  return (
    <button
      type="button"
      className="dial"
      aria-label={name}
      title={name}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        void dial({
          table: place.table,
          record: place.id,
          field: field.key,
          title: place.title,
          number: textOf(value),
        });
      }}
    >
      <PhoneFilled aria-hidden />
    </button>
  );
}
