import { CheckOutlined, CloseOutlined, DownloadOutlined, UnorderedListOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { faultOf } from "@/api/jobs";
import { refreshRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { Undo } from "@/widgets/undo/undo";
import { Figures } from "./figures";
import type { StepProps } from "./import-page";

/** The last step: what came of it, and the way back. */
export function ResultStep(props: StepProps) {
  const { imported } = props.wizard;
  useFreshRecords();
  return (
    <div className="import-file">
      <section className="card import-card result">{imported ? <Done {...props} /> : <Failed {...props} />}</section>
    </div>
  );
}

function Done({ table, wizard }: StepProps) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const navigate = useNavigate();
  const { imported } = wizard;
  if (!imported) return null;
  const written = imported.created + imported.updated;
  const left = imported.duplicates + imported.faulty;
  return (
    <>
      <div className="result-head">
        <span className="result-sign" aria-hidden="true">
          <CheckOutlined />
        </span>
        <div>
          <h2>{t("imports.done", { n: number(written), table: label(table.label) })}</h2>
          <p className="muted">{left > 0 ? t("imports.doneRest", { n: number(left) }) : t("imports.doneAll")}</p>
        </div>
      </div>
      <div className="result-figures">
        <Figures counts={imported} />
      </div>
      <div className="import-next">
        <Button type="primary" icon={<UnorderedListOutlined />} onClick={() => navigate(`/t/${table.key}`)}>
          {t("imports.seeThem")}
        </Button>
        {imported.errors_url && (
          <Button icon={<DownloadOutlined />} href={imported.errors_url} download>
            {t("imports.errors")}
          </Button>
        )}
        <Button onClick={wizard.restart}>{t("imports.another")}</Button>
      </div>
      {imported.change_set != null && written > 0 && <Undo changeSet={imported.change_set} count={written} />}
    </>
  );
}

function Failed({ wizard }: StepProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const why = (wizard.job && faultOf(wizard.job, language)) || t("common.failed");
  return (
    <>
      <div className="result-head" role="alert">
        <span className="result-sign failed" aria-hidden="true">
          <CloseOutlined />
        </span>
        <div>
          <h2>{t("imports.failed")}</h2>
          <p>{why}</p>
        </div>
      </div>
      <div className="import-next">
        <Button type="primary" onClick={wizard.restart}>
          {t("imports.tryAgain")}
        </Button>
      </div>
    </>
  );
}

/** Lists that were looked at before the import show what it brought. */
function useFreshRecords() {
  const client = useQueryClient();
  useEffect(() => void refreshRecords(client), [client]);
}
