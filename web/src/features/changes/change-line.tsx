import {
  CloudUploadOutlined,
  DownOutlined,
  EditOutlined,
  RollbackOutlined,
  SwapOutlined,
  UpOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ChangeSet } from "@/api/change-sets";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Undo } from "@/widgets/undo/undo";
import { standingOf, subjectOf } from "./facts";

const SIGN = { import: CloudUploadOutlined, bulk_edit: EditOutlined, convert: SwapOutlined, undo: RollbackOutlined };

const isKnown = (kind: string): kind is keyof typeof SIGN => kind in SIGN;

/** One change set: what, when, and the way back, which opens below it. */
export function ChangeLine({ set }: { set: ChangeSet }) {
  const { when, dateTime } = useFormat();
  const { user, person } = useMeta();
  const [isOpen, setOpen] = useState(false);
  const standing = standingOf(set);
  const Sign = isKnown(set.kind) ? SIGN[set.kind] : EditOutlined;
  const others = set.by && set.by !== user.id ? (person.get(set.by)?.name ?? "") : "";
  return (
    <>
      <div className="change">
        <span className={standing === "open" ? "change-sign" : "change-sign out"} aria-hidden="true">
          <Sign />
        </span>
        <What set={set} />
        <span className="muted change-by">{others}</span>
        <time dateTime={set.at} title={dateTime(set.at)}>
          {when(set.at)}
        </time>
        <State set={set} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      </div>
      {isOpen && <Undo set={set} />}
    </>
  );
}

function What({ set }: { set: ChangeSet }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(set.table ?? "");
  const { kind, file, title: who, fields } = subjectOf(set);
  const named = fields.flatMap((key) => table?.byKey.get(key) ?? []).map((field) => label(field.label));
  const words = t(`changes.kind.${kind as "import"}`, { defaultValue: t("changes.kind.other") });
  const title = [set.kind === "undo" ? t("changes.undoOf", { what: words }) : words, table && label(table.label)];
  const subject = file || who || named.join(t("imports.comma"));
  const hasResult = set.kind === "import" && set.job && table?.rights.import;
  return (
    <div className="change-what">
      <b className="ellipsis">{title.filter(Boolean).join(" · ")}</b>
      {hasResult ? (
        <Link className="ellipsis" to={`/t/${set.table}/import?job=${set.job}`}>
          {subject}
        </Link>
      ) : (
        <span className="muted ellipsis">{subject}</span>
      )}
    </div>
  );
}

type StateProps = { set: ChangeSet; isOpen: boolean; onToggle: () => void };

function State({ set, isOpen, onToggle }: StateProps) {
  const { t } = useTranslation();
  const standing = standingOf(set);
  if (standing === "undone" && !set.undo) return <Chip>{t("changes.undone")}</Chip>;
  const words = {
    open: isOpen ? t("common.cancel") : set.kind === "undo" ? t("undo.redo") : t("undo.start"),
    undoing: t("changes.undoing"),
    undone: t("changes.undone"),
  };
  return (
    <Button
      className="change-state"
      size="small"
      type={standing === "open" ? "default" : "text"}
      {...(standing === "open" ? {} : { icon: isOpen ? <UpOutlined aria-hidden /> : <DownOutlined aria-hidden /> })}
      iconPlacement="end"
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      {words[standing]}
    </Button>
  );
}
