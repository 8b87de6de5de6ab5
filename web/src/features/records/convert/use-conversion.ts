import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeSetsKey } from "@/api/change-sets";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { refreshRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { missing } from "../form/fields-of-form";
import { becameFrom, type Converted, convertRecord, type Proposal } from "./api";
import { choiceOf, faultsOf, firstPlan, type Plan } from "./plans";

type Asked = { table: string; id: number; proposal: Proposal; onDone: (converted: Converted) => void };

/** What is chosen for each target, what is wrong with it, and the step itself. */
export function useConversion({ table, id, proposal, onDone }: Asked) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const client = useQueryClient();
  const [plans, setPlans] = useState<Record<string, Plan>>(() =>
    Object.fromEntries(proposal.targets.map((target) => [target.link, firstPlan(target)])),
  );
  const [tried, setTried] = useState(false);
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: () => {
      const targets = Object.entries(plans).map(([link, plan]) => [link, choiceOf(plan)]);
      return convertRecord(table, id, { version: proposal.version, targets: Object.fromEntries(targets) });
    },
    onSuccess: async (converted) => {
      onDone(converted);
      await Promise.all([refreshRecords(client), client.invalidateQueries({ queryKey: changeSetsKey })]);
    },
  });
  const told = error instanceof ApiError ? error : null;
  const empty: Record<string, string> = {};
  for (const target of proposal.targets) {
    const plan = plans[target.link];
    if (plan?.as === "other" && !plan.other) empty[target.link] = t("convert.chooseOne");
    if (plan?.as !== "new") continue;
    const fields = target.fields.flatMap((key) => meta.table.get(target.table)?.byKey.get(key) ?? []);
    for (const field of missing(fields, { ...target.unseen, ...target.values, ...plan.typed }))
      empty[`${target.link}.${field.key}`] = t("records.required", { name: label(field.label) });
  }
  const faults = { ...(tried ? empty : {}), ...told?.fields };
  return {
    plans,
    error,
    isPending,
    /** What it became while one was still typing. */
    became: told?.slug === "already-converted" ? becameFrom(told.facts) : [],
    /** What would be taken over is not what it was any more. */
    isStale: told?.status === 409 && "changed" in told.facts,
    faultsOf: (link: string) => faultsOf(faults, link),
    change: (link: string, change: Partial<Plan>) => {
      setPlans((now) => ({ ...now, [link]: { ...(now[link] as Plan), ...change } }));
      if (error) reset();
    },
    go: () => {
      setTried(true);
      if (Object.keys(empty).length === 0 && !isPending) mutate();
    },
  };
}

export type Conversion = ReturnType<typeof useConversion>;
