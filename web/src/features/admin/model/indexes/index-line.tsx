import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import type { Index } from "./api";

type Props = { index: Index; fields: string; isBusy: boolean; onDrop: () => void };

/** One the firm made: how much it is used, what it takes, and the way out. */
export function IndexLine({ index, fields, isBusy, onDrop }: Props) {
  const { t } = useTranslation();
  const { number, bytes } = useFormat();
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: t("indexes.dropTitle", { fields }),
      icon: null,
      content: t("indexes.dropHint"),
      okText: t("indexes.drop"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: onDrop,
    });
  return (
    <li className="index-line own">
      <span className="index-what">
        <b>{fields}</b>
        <small>
          {t("indexes.used", { n: number(index.scans) })} · {bytes(index.bytes)}
        </small>
      </span>
      {!index.valid && <Chip tone="amber">{t("indexes.building")}</Chip>}
      <Button
        type="text"
        danger
        disabled={isBusy || !index.valid}
        onClick={ask}
        aria-label={t("indexes.dropOf", { fields })}
      >
        {t("indexes.drop")}
      </Button>
    </li>
  );
}
