import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { sentenceOf } from "@/api/sentence";
import { useLanguage } from "@/api/use-format";
import { formatDateTime } from "@/lib/format";
import { Empty } from "@/ui/empty";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { useWrite } from "../use-write";
import { changeWorkspace, type Workspace, workspaceQuery } from "./api";
import { CalendarForm } from "./calendar/calendar-form";
import { currenciesWith, currencyName, offsetOf, zonesWith } from "./choices";
import "./workspace.css";

/** `/admin/workspace`: what holds for everybody. */
export function WorkspacePage() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(workspaceQuery);
  if (isPending) return <Skeleton className="admin-body" active paragraph={{ rows: 5 }} />;
  if (error) {
    return (
      <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)}>
        <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
      </Empty>
    );
  }
  return (
    <div className="admin-body workspace-cards">
      <WorkspaceForm key={JSON.stringify(data)} workspace={data} />
      <CalendarForm />
    </div>
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [values, setValues] = useState(workspace);
  const { mutate, error, isPending } = useWrite(changeWorkspace, { said: t("admin.saved") });
  const faults = error instanceof ApiError ? error.fields : {};
  const isDirty = JSON.stringify(values) !== JSON.stringify(workspace);
  const set = (changed: Partial<Workspace>) => setValues({ ...values, ...changed });
  const now = new Date();
  return (
    <form
      className="workspace card"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty) mutate(values);
      }}
      noValidate
    >
      <h2>{t("admin.workspace")}</h2>
      <p className="muted">{t("admin.workspaceHint")}</p>
      {error && Object.keys(faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      <Labelled label={t("admin.name")} fault={faults.name} required>
        {(aria) => (
          <Input {...aria} maxLength={80} value={values.name} onChange={(e) => set({ name: e.target.value })} />
        )}
      </Labelled>
      <Labelled
        label={t("admin.timeZone")}
        fault={faults.time_zone}
        help={t("admin.timeZoneHint", { now: formatDateTime(now.toISOString(), values.time_zone) })}
        required
      >
        {(aria) => (
          <Select
            {...aria}
            style={{ width: "100%" }}
            value={values.time_zone}
            options={zonesWith(workspace.time_zone).map((zone) => ({ value: zone, label: zone }))}
            optionRender={({ value }) => (
              <span className="zone-option">
                {value}
                <span className="muted">{offsetOf(String(value), now)}</span>
              </span>
            )}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(time_zone: string) => set({ time_zone })}
          />
        )}
      </Labelled>
      <Labelled label={t("admin.currency")} fault={faults.currency} help={t("admin.currencyHint")} required>
        {(aria) => (
          <Select
            {...aria}
            style={{ width: "100%" }}
            value={values.currency}
            options={currenciesWith(workspace.currency).map((code) => ({
              value: code,
              label: currencyName(code, language),
            }))}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(currency: string) => set({ currency })}
          />
        )}
      </Labelled>
      <Button type="primary" htmlType="submit" loading={isPending} disabled={!isDirty}>
        {t("common.save")}
      </Button>
    </form>
  );
}
