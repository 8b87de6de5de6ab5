import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Notice } from "@/ui/notice";
import type { Tone } from "@/ui/tokens";
import { useWrite } from "../use-write";
import { type Delivery, deliveriesQuery, EVENTS, replayDeliveries, type Webhook } from "./api";
import { CodeBlock } from "./code-block";

const TONES: Record<Delivery["state"], Tone> = {
  queued: "indigo",
  delivered: "jade",
  failed: "cinnabar",
  skipped: "grey",
};

/** What became of the messages, the newest first. */
export function DeliveriesDrawer({ of: webhook, onClose }: { of: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveriesQuery(webhook.id),
  );
  const { mutate: replay, isPending: isReplaying } = useWrite(replayDeliveries, {
    loud: true,
    said: t("developer.replayed"),
  });
  const all = data?.pages.flat() ?? [];
  const failed = all.filter((one) => one.state === "failed").map((one) => one.id);
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      title={t("developer.deliveriesOf", { name: webhook.name })}
      extra={
        failed.length > 0 && (
          <Button
            size="small"
            loading={isReplaying}
            onClick={() => replay({ id: webhook.id, deliveries: failed.slice(0, 1000) })}
          >
            {t("developer.replayFailed", { count: failed.length })}
          </Button>
        )
      }
    >
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {!isPending && all.length === 0 && <p className="muted">{t("developer.noDeliveries")}</p>}
      <ul className="deliveries">
        {all.map((one) => (
          <DeliveryLine key={one.id} of={one} onReplay={() => replay({ id: webhook.id, deliveries: [one.id] })} />
        ))}
      </ul>
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("developer.older")}
        </Button>
      )}
    </Drawer>
  );
}

function DeliveryLine({ of: one, onReplay }: { of: Delivery; onReplay: () => void }) {
  const { t } = useTranslation();
  const { label, when } = useFormat();
  const meta = useMeta();
  const [isOpen, setOpen] = useState(false);
  const table = one.table ? meta.table.get(one.table) : undefined;
  const event = EVENTS.find((known) => known === one.event);
  return (
    <li className="delivery">
      <div className="delivery-head">
        <Chip tone={TONES[one.state]}>{t(`developer.fates.${one.state}`)}</Chip>
        <b>
          {event ? t(`developer.events.${event}`) : t("developer.events.ping")}
          {table && ` · ${label(table.label)} #${one.record}`}
        </b>
        <span className="num muted">{when(one.at)}</span>
      </div>
      <p className="muted">
        {[
          one.status && `HTTP ${one.status}`,
          one.took_ms !== null && t("developer.took", { ms: one.took_ms }),
          one.attempts > 1 && t("developer.attempts", { count: one.attempts }),
          one.state === "queued" && one.attempts > 0 && t("developer.again", { at: when(one.next_at) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {one.reason && <p className="delivery-reason">{one.reason}</p>}
      <div className="delivery-acts">
        {one.body && (
          <Button size="small" type="text" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t("developer.body")}
          </Button>
        )}
        {(one.state === "delivered" || one.state === "failed") && (
          <Button size="small" type="text" onClick={onReplay}>
            {t("developer.replay")}
          </Button>
        )}
      </div>
      {isOpen && one.body && (
        <CodeBlock label={t("developer.body")} text={JSON.stringify(JSON.parse(one.body), null, 2)} />
      )}
    </li>
  );
}
