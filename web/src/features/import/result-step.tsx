import { CheckOutlined, CloseOutlined, DownloadOutlined, UnorderedListOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { changeSetQuery } from "@/api/change-sets";
import { faultOf } from "@/api/jobs";
import { metaKey } from "@/api/keys";
import { refreshRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { Undo } from "@/widgets/undo/undo";
import { Figures } from "./figures";
import { resultAddress } from "./result-address";
import type { StepProps } from "./use-import";

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
  const { imported, job } = wizard;
  const { data: set } = useQuery({
    ...changeSetQuery(imported?.change_set ?? 0),
    enabled: typeof imported?.change_set === "number",
  });
  if (!imported || !job) return null;
  const written = imported.created + imported.updated;
  const left = imported.duplicates + imported.faulty;
  return (
    <>
      <div className="result-head">
        <span className="result-sign" aria-hidden="true">
          <CheckOutlined aria-hidden />
        </span>
        <div>
          <h2>{t("imports.done", { n: number(written), table: label(table.label) })}</h2>
          {imported.file_name && <p className="muted ellipsis">{imported.file_name}</p>}
        </div>
      </div>
      <div className="result-figures">
        <Figures counts={imported} mode={null} />
      </div>
      <ul className="import-remarks">
        {left > 0 && <li>{t("imports.doneRest", { n: number(left) })}</li>}
        {imported.warnings > 0 && <li>{t("imports.doneWarnings", { n: number(imported.warnings) })}</li>}
        {left + imported.warnings === 0 && <li>{t("imports.doneAll")}</li>}
      </ul>
      <div className="import-next">
        {written > 0 && !set?.undone_at && (
          <Button
            type="primary"
            icon={<UnorderedListOutlined aria-hidden />}
            onClick={() => navigate(resultAddress(table.key, imported, job))}
          >
            {imported.created > 0
              ? t("imports.seeCreated", { n: number(imported.created) })
              : t("imports.seeUpdated", { n: number(imported.updated) })}
          </Button>
        )}
        {imported.errors_url && (
          <Button icon={<DownloadOutlined aria-hidden />} href={imported.errors_url} download>
            {t("imports.errors")}
          </Button>
        )}
        <Button onClick={wizard.restart}>{t("imports.another")}</Button>
      </div>
      {set && (set.undoable || set.undo) && <Undo set={set} />}
    </>
  );
}

function Failed({ wizard }: StepProps) {
  const { t } = useTranslation();
  const why = faultOf(wizard.job) ?? t("common.failed");
  return (
    <>
      <div className="result-head" role="alert">
        <span className="result-sign failed" aria-hidden="true">
          <CloseOutlined aria-hidden />
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

/** Lists that were looked at before the import show what it brought, options it added included. */
function useFreshRecords() {
  const client = useQueryClient();
  useEffect(() => {
    void refreshRecords(client);
    void client.invalidateQueries({ queryKey: metaKey });
  }, [client]);
}
