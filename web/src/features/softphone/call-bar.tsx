import { PhoneFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { useCallees } from "@/widgets/dial/use-callees";
import { useDial } from "@/widgets/dial/use-dial";
import "./call-bar.css";

/** On a phone: the button that calls, always under the thumb. */
export function CallBar({ table, record }: { table: Table; record: Rec }) {
  const { t } = useTranslation();
  const { phone } = useFormat();
  const dial = useDial();
  const [main] = useCallees(table, record);
  if (!main) return null;
  return (
    <div className="call-bar">
      <button type="button" className="phone-go" onClick={() => void dial(main)}>
        <PhoneFilled aria-hidden /> {t("phone.call")}
        <span className="num">{phone(main.number)}</span>
      </button>
    </div>
  );
}
