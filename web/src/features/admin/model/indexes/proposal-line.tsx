import { ThunderboltOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import type { Proposal } from "./api";

type Props = { proposal: Proposal; fields: string; isBusy: boolean; onCreate: () => void };

const SECOND_MS = 1000;

/** What would help, why, and how much it has cost so far. */
export function ProposalLine({ proposal, fields, isBusy, onCreate }: Props) {
  const { t } = useTranslation();
  const { number, when } = useFormat();
  const seconds = (ms: number) => t("indexes.seconds", { n: number(Math.max(ms / SECOND_MS, 0.1).toFixed(1)) });
  return (
    <li className="index-line">
      <span className="index-sign" aria-hidden="true">
        <ThunderboltOutlined />
      </span>
      <span className="index-what">
        <b>{fields}</b>
        <span>{proposal.reason}</span>
        <small>
          {t("indexes.slow", {
            n: number(proposal.times),
            last: seconds(proposal.last_ms),
            worst: seconds(proposal.worst_ms),
            when: when(proposal.last_at),
          })}
        </small>
      </span>
      <Button type="primary" disabled={isBusy} onClick={onCreate} aria-label={t("indexes.createOf", { fields })}>
        {t("indexes.create")}
      </Button>
    </li>
  );
}
