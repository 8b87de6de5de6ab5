import { useSearchParams } from "react-router";
import { SPANS, type Span } from "./span";

export type AuditState = { user: number | null; kind: string | null; span: Span; from: string; to: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function auditStateOf(parameters: URLSearchParams): AuditState {
  const user = Number(parameters.get("user"));
  const kind = parameters.get("kind");
  const day = (name: string) => {
    const text = parameters.get(name) ?? "";
    return DAY.test(text) ? text : "";
  };
  return {
    user: Number.isSafeInteger(user) && user > 0 ? user : null,
    kind: kind && /^[a-z_]+$/.test(kind) ? kind : null,
    span: SPANS.find((span) => span === parameters.get("span")) ?? "all",
    from: day("from"),
    to: day("to"),
  };
}

export function auditParameters(state: AuditState): Record<string, string> {
  const { user, kind, span, from, to } = state;
  const days = span === "custom" ? { from, to } : {};
  const all = { user: user === null ? "" : String(user), kind: kind ?? "", span: span === "all" ? "" : span, ...days };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

/** What is looked for, as the address says. */
export function useAuditState() {
  const [parameters, setParameters] = useSearchParams();
  const state = auditStateOf(parameters);
  return {
    state,
    change: (changed: Partial<AuditState>) => setParameters(auditParameters({ ...state, ...changed })),
  };
}
