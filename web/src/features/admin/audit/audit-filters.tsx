import { Button, DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { SPANS } from "./span";
import type { AuditState } from "./use-audit-state";
import type { Kind } from "./words";

const KINDS: Kind[] = [
  "session",
  "password",
  "user",
  "department",
  "role",
  "api_key",
  "table",
  "field",
  "records",
  "duplicate",
  "flow",
  "dashboard",
  "recording",
  "workspace",
];

type Props = { state: AuditState; onChange: (changed: Partial<AuditState>) => void };

/** By whom, of which kind, and when. */
export function AuditFilters({ state, onChange }: Props) {
  const { t } = useTranslation();
  const { users } = useMeta();
  const isNarrow = state.user !== null || state.kind !== null || state.span !== "all";
  const spans = { all: "anytime", today: "today", week: "week", month: "month", custom: "custom" } as const;
  const day = (name: "from" | "to") => (
    <DatePicker
      aria-label={t(`audit.${name}`)}
      placeholder={t(`audit.${name}`)}
      value={state[name] ? dayjs(state[name]) : null}
      onChange={(picked) => onChange({ [name]: picked ? picked.format("YYYY-MM-DD") : "" })}
    />
  );
  return (
    <div className="audit-filters">
      <Select
        aria-label={t("audit.who")}
        value={state.user ?? 0}
        options={[
          { value: 0, label: t("audit.anybody") },
          ...users.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(user) => onChange({ user: user || null })}
      />
      <Select
        aria-label={t("audit.kind")}
        value={state.kind ?? ""}
        options={[
          { value: "", label: t("audit.anything") },
          ...KINDS.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) })),
        ]}
        onChange={(kind: string) => onChange({ kind: kind || null })}
      />
      <Select
        aria-label={t("audit.time")}
        value={state.span}
        options={SPANS.map((span) => ({ value: span, label: t(`audit.${spans[span]}`) }))}
        onChange={(span) => onChange({ span })}
      />
      {state.span === "custom" && (
        <>
          {day("from")}
          {day("to")}
        </>
      )}
      {isNarrow && (
        <Button type="text" onClick={() => onChange({ user: null, kind: null, span: "all", from: "", to: "" })}>
          {t("audit.clear")}
        </Button>
      )}
    </div>
  );
}
