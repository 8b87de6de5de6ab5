import { CloudUploadOutlined, EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ChangeSet, changeSetsQuery } from "@/api/change-sets";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { Undo } from "@/widgets/undo/undo";
import { factsOf } from "./facts";
import "./changes.css";

/** `/changes`: what I changed in bulk, each as one thing that can be taken back. */
export function ChangesPage() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data, error, refetch } = useQuery(changeSetsQuery);
  return (
    <div className="changes">
      <header className="changes-head">
        <h1>{t("changes.title")}</h1>
        {data && <span className="muted">{t("changes.count", { n: number(data.length) })}</span>}
      </header>
      <div className="changes-body">
        {error && !data && (
          <Empty tone="alarm" title={t("changes.failed")} hint={sentenceOf(error)}>
            <Button type="primary" onClick={() => void refetch()}>
              {t("common.retry")}
            </Button>
          </Empty>
        )}
        {data?.length === 0 && <Empty title={t("changes.none")} hint={t("changes.noneHint")} />}
        {data && data.length > 0 && (
          <ol className="card">
            {data.map((set) => (
              <li key={set.id}>
                <ChangeLine set={set} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

function ChangeLine({ set }: { set: ChangeSet }) {
  const { t } = useTranslation();
  const { label, number, when, dateTime } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const table = useMeta().table.get(set.table ?? "");
  const { file, fields, written, figures } = factsOf(set);
  const isImport = set.kind === "import";
  const named = fields.flatMap((key) => table?.byKey.get(key) ?? []).map((field) => label(field.label));
  const what = isImport ? t("changes.import") : set.kind === "bulk_edit" ? t("changes.bulkEdit") : t("changes.other");
  const canUndo = !set.undone_at && written !== 0;
  return (
    <>
      <div className="change">
        <span className={set.undone_at ? "change-sign out" : "change-sign"} aria-hidden="true">
          {isImport ? <CloudUploadOutlined /> : <EditOutlined />}
        </span>
        <div className="change-what">
          <b className="ellipsis">
            {what}
            {table && ` · ${label(table.label)}`}
          </b>
          <span className="muted ellipsis">{file || named.join(t("imports.comma"))}</span>
        </div>
        <span className="change-figures">
          {figures
            .filter(([, count]) => count > 0)
            .map(([name, count]) => (
              <span key={name}>
                {t(`imports.figure.${name}`)} <b>{number(count)}</b>
              </span>
            ))}
        </span>
        <time dateTime={set.at} title={dateTime(set.at)}>
          {when(set.at)}
        </time>
        <span className="change-state">
          {set.undone_at ? (
            <Chip>{t("changes.undone")}</Chip>
          ) : (
            canUndo && (
              <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {t("undo.start")}
              </Button>
            )
          )}
        </span>
      </div>
      {isOpen && <Undo changeSet={set.id} count={written ?? 0} />}
    </>
  );
}
