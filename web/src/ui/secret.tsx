import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "@/lib/copy-text";
import "./secret.css";

type Props = {
  label: string;
  value: string;
  /** What is copied when it is more than what is shown. */
  copied?: string;
};

/** Something shown this once: easy to read aloud, to select and to copy. */
export function Secret({ label, value, copied = value }: Props) {
  const { t } = useTranslation();
  const [state, setState] = useState<"ready" | "done" | "refused">("ready");
  return (
    <div className="secret">
      <span className="secret-label">{label}</span>
      <code className="secret-value">{value}</code>
      <Button
        type="primary"
        icon={state === "done" ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        onClick={async () => setState((await copyText(copied)) ? "done" : "refused")}
      >
        {state === "done" ? t("common.copied") : t("common.copy")}
      </Button>
      <span className="secret-note" role="status">
        {state === "refused" && t("common.copyRefused")}
      </span>
    </div>
  );
}
