import { LeftOutlined } from "@ant-design/icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { ColumnsActs } from "./columns-acts";
import { ColumnsStep } from "./columns-step";
import { FileStep } from "./file-step";
import { ResultStep } from "./result-step";
import { RunningStep } from "./running-step";
import { StepBar } from "./step-bar";
import { type Import, useImport } from "./use-import";
import "./import.css";

/** `/t/:table/import`: a file becomes records. */
export function ImportPage() {
  const { t } = useTranslation();
  const { table: key = "" } = useParams();
  const table = useMeta().table.get(key);
  if (!table?.rights.import) return <Empty title={t("common.notFoundTitle")} hint={t("imports.noRight")} />;
  return <Wizard key={key} table={table} />;
}

const BODY = { file: FileStep, columns: ColumnsStep, running: RunningStep, result: ResultStep };

function Wizard({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const wizard = useImport(table);
  const title = useTitleFocus(wizard.step);
  const isPhone = useIsPhone();
  const Body = BODY[wizard.step];
  const acts = wizard.step === "columns" && <ColumnsActs table={table} wizard={wizard} />;
  return (
    <div className="import">
      <header className="import-head">
        <Link
          className="import-back"
          to={`/t/${table.key}`}
          aria-label={t("imports.back", { table: label(table.label) })}
        >
          <LeftOutlined aria-hidden />
        </Link>
        <h1 ref={title} tabIndex={-1}>
          {t("imports.title", { table: label(table.label) })}
        </h1>
        <StepBar step={wizard.step} isFailed={wizard.job?.state === "failed"} />
        {!isPhone && acts}
      </header>
      <Body table={table} wizard={wizard} />
      {isPhone && acts}
    </div>
  );
}

/** A new step begins at its top: for the keyboard, and for whoever has it read out. */
function useTitleFocus(step: Import["step"]) {
  const title = useRef<HTMLHeadingElement>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current !== step) title.current?.focus();
    last.current = step;
  }, [step]);
  return title;
}
