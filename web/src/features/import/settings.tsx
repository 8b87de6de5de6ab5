import { Segmented, Select } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { matchable } from "./mapping";
import { type Mode, modesFor, type Options, UNKNOWN, type Unknown } from "./options";
import type { Import } from "./use-import";
import "./settings.css";

/** How it is imported: each setting says what it means for the rows. */
export function Settings({ table, wizard }: { table: Table; wizard: Import }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { options } = wizard;
  const change = (changed: Partial<Options>) => wizard.change({ options: { ...options, ...changed } });
  return (
    <section className="import-settings" aria-label={t("imports.settings")}>
      <Setting label={t("imports.mode")} help={t(`imports.modeHelp.${options.mode}`)}>
        <Segmented
          aria-label={t("imports.mode")}
          value={options.mode}
          onChange={(mode: Mode) => change({ mode })}
          options={modesFor(table).map((mode) => ({ value: mode, label: t(`imports.modes.${mode}`) }))}
        />
      </Setting>
      <Setting label={t("imports.match")} help={t("imports.matchHelp")}>
        <Select
          mode="multiple"
          aria-label={t("imports.match")}
          value={[...options.match]}
          onChange={(match: string[]) => change({ match })}
          options={matchable(table).map((field) => ({ value: field.key, label: label(field.label) }))}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("imports.matchNone")}
        />
      </Setting>
      <Setting label={t("imports.unknown")} help={t(`imports.unknownHelp.${options.unknown}`)}>
        <Segmented
          aria-label={t("imports.unknown")}
          value={options.unknown}
          onChange={(unknown: Unknown) => change({ unknown })}
          options={UNKNOWN.map((unknown) => ({ value: unknown, label: t(`imports.unknowns.${unknown}`) }))}
        />
      </Setting>
    </section>
  );
}

function Setting({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="import-setting" role="group" aria-labelledby={id} aria-describedby={`${id}-help`}>
      <span id={id}>{label}</span>
      {children}
      <p id={`${id}-help`}>{help}</p>
    </div>
  );
}
