import type { TFunction } from "i18next";
import type { Label } from "@/lib/i18n";
import type { Texts } from "@/lib/locales/zh";
import type { WholeFlow } from "./api";
import { conditionOf, givenName } from "./graph";

type PortKey = keyof Texts["flows"]["port"];

type Tongue = { t: TFunction; label: (label: Label) => string; tell: (tree: unknown) => string };

/** What a line says: the name of the way, and the whole condition. Null where there is only one way to go. */
export function wayWords(
  flow: WholeFlow,
  from: string,
  to: string,
  { t, label, tell }: Tongue,
): { name: string; condition: string } | null {
  const node = flow.nodes.find(({ key }) => key === from);
  if (!node || node.ports.length < 2) return null;
  const ports = node.ports.filter((way) => (way.to ?? `${from}:${way.port}`) === to).map(({ port }) => port);
  const conditions = ports.map((port) => tell(conditionOf(flow, from, port)));
  const names = ports.map((port, at) => {
    const given = givenName(node, port);
    return given ? label(given) : conditions[at] || t(`flows.port.${port as PortKey}`, { defaultValue: port });
  });
  if (names.length === 0) return null;
  return { name: names.join(" / "), condition: conditions.filter(Boolean).join(t("flows.or")) };
}
