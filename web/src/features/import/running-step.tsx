import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { ProgressBar } from "@/ui/progress-bar";
import type { StepProps } from "./use-import";

/** The third step: it runs by itself; one may stay or leave. */
export function RunningStep({ table, wizard }: StepProps) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const { job, fault } = wizard;
  const share = job?.progress ?? 0;
  const isWaiting = !job || job.state === "queued";
  return (
    <div className="import-file">
      <section className="card import-card running">
        {fault && <Notice tone="amber">{sentenceOf(fault)}</Notice>}
        <div className="running-head">
          <h2>{isWaiting ? t("imports.queued") : t("imports.running")}</h2>
          <span className="running-share" aria-hidden="true">
            {number(Math.round(share * 100))}
            <small>%</small>
          </span>
        </div>
        <ProgressBar share={isWaiting ? null : share} label={t("imports.running")} />
        <p className="muted">{t("imports.mayLeave")}</p>
        <div className="import-next">
          <Link to={`/t/${table.key}`}>
            <Button>{t("imports.toList", { table: label(table.label) })}</Button>
          </Link>
        </div>
      </section>
    </div>
  );
}
