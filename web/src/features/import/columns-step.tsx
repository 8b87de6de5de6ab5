import { useTranslation } from "react-i18next";
import { faultOf } from "@/api/jobs";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { ProgressBar } from "@/ui/progress-bar";
import { ColumnList } from "./column-list";
import { Figures } from "./figures";
import type { Obstacle } from "./mapping";
import { Preview } from "./preview";
import { Remarks } from "./remarks";
import { Settings } from "./settings";
import type { StepProps } from "./use-import";

/** The second step: what fills what, and what would come of it. */
export function ColumnsStep({ table, wizard }: StepProps) {
  const { t } = useTranslation();
  const { checked, check } = wizard;
  if (!checked) return null;
  const failed = faultOf(check) ?? "";
  const why = wizard.fault ? sentenceOf(wizard.fault) : failed;
  return (
    <div className="import-columns">
      <aside className="import-side" aria-label={t("imports.columns")}>
        <ColumnList table={table} wizard={wizard} checked={checked} />
      </aside>
      <div className="import-main">
        {why && <Notice tone="cinnabar">{why}</Notice>}
        {wizard.obstacle && <ObstacleNotice obstacle={wizard.obstacle} />}
        <section
          className={wizard.isChecking || wizard.isStale ? "card import-outlook stale" : "card import-outlook"}
          aria-label={t("imports.outlook")}
          aria-busy={wizard.isChecking}
        >
          <Figures counts={checked.counts} mode={wizard.options.mode} />
          <Remarks table={table} wizard={wizard} />
          {wizard.isChecking && <ProgressBar share={check?.progress || null} label={t("imports.looking")} />}
        </section>
        <Settings table={table} wizard={wizard} />
        <Preview table={table} checked={checked} isStale={wizard.isChecking || wizard.isStale} />
      </div>
    </div>
  );
}

function ObstacleNotice({ obstacle }: { obstacle: Obstacle }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  if (obstacle.kind === "missing") {
    const names = obstacle.fields.map((field) => label(field.label)).join(t("imports.comma"));
    return <Notice tone="cinnabar">{t("imports.missing", { names })}</Notice>;
  }
  return (
    <Notice tone="cinnabar">{obstacle.kind === "no-match" ? t("imports.noMatch") : t("imports.noColumns")}</Notice>
  );
}
