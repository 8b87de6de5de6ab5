import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { textOf } from "@/widgets/field";
import { linkedOf } from "@/widgets/linked";

export type Script = { id: number; title: string; steps: string[]; answers: { to: string; say: string }[] };

const said = (value: unknown) => {
  const [linked] = linkedOf(value);
  return linked ? `#${linked.id}` : textOf(value);
};

/** How well a script fits whom one calls: how much of what it asks for is so; null when something is not. */
export function fitOf(by: readonly string[], script: Rec, callee: Rec): number | null {
  const asked = by.filter((key) => said(script[key]) !== "");
  return asked.every((key) => said(script[key]) === said(callee[key])) ? asked.length : null;
}

/** The script made most exactly for whom one calls; the first of several alike. */
export function bestFor(table: Table, scripts: readonly Rec[], callee: Rec): Rec | null {
  const by = table.settings.script?.by ?? [];
  let best: { script: Rec; fit: number } | null = null;
  for (const script of scripts) {
    const fit = fitOf(by, script, callee);
    if (fit !== null && (best === null || fit > best.fit)) best = { script, fit };
  }
  return best?.script ?? null;
}

const lines = (value: unknown) =>
  textOf(value)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A script as it is read: its steps, and what to answer. A line without a colon has no answer to open. */
export function readScript(table: Table, script: Rec, title: string): Script {
  const { steps = "", answers = null } = table.settings.script ?? {};
  return {
    id: script.id,
    title,
    steps: lines(script[steps]).map((line) => line.replace(/^\d{1,2}[.、)）]\s*/, "")),
    answers: lines(answers ? script[answers] : "").map((line) => {
      const [to = "", ...rest] = line.split(/[：:]/);
      return { to: to.trim(), say: rest.join("：").trim() };
    }),
  };
}
