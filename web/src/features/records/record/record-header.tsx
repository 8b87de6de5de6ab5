import { CopyOutlined, EditOutlined, PhoneFilled } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { mayCall } from "@/api/calls";
import { type Field, type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { queueOf } from "@/api/views";
import { Avatar } from "@/ui/avatar";
import { useIsPhone } from "@/ui/use-is-phone";
import { DialButton } from "@/widgets/dial/dial-button";
import { isEmpty, textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { RecordActions } from "../actions/record-actions";
import { Became, ConvertButton } from "../convert/convertible";
import { Editable } from "./editable";
import type { Save } from "./use-save";

const TAGS = new Set(["dropdown", "multi-select", "switch"]);
const FIGURES = new Set(["number", "currency", "percent", "user", "date", "date-time"]);
const MOST_FIGURES = 4;

/** The facts of a table, sorted by how they are best taken in: words as tags, figures on the right, the rest in a line. */
function factsOf(table: Table) {
  const { settings, byKey } = table;
  // The next time stands in the brief below, with all that belongs to it.
  const due = queueOf(table)?.due;
  const fields = settings.facts
    .flatMap((key) => byKey.get(key) ?? [])
    .filter((field) => field.readable && field !== due);
  const figures = fields.filter(({ widget }) => FIGURES.has(widget));
  return {
    tags: fields.filter(({ widget, key }) => TAGS.has(widget) && key !== settings.stage),
    figures: figures.slice(0, MOST_FIGURES),
    line: fields.filter(({ widget }) => !TAGS.has(widget) && !FIGURES.has(widget)),
  };
}

type Props = {
  table: Table;
  record: Rec;
  save: Save;
  /** Less room: what is seldom done stands behind one button. */
  isTight: boolean;
  onEdit: () => void;
  onGone: () => void;
  /** Opens the conversion; null where there is none. */
  onConvert: (() => void) | null;
};

/** Who it is, at a glance. */
export function RecordHeader({ table, record, save, isTight, onEdit, onGone, onConvert }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isPhone = useIsPhone();
  const { settings } = table;
  const title = titleOf(table, record);
  const subtitle = settings.subtitle ? table.byKey.get(settings.subtitle) : undefined;
  const { tags, figures, line } = factsOf(table);
  const inPool = settings.pool && settings.owner ? isEmpty(record[settings.owner]) : null;
  return (
    <header className="record-head">
      <Avatar name={title} size={52} look="strong" />
      <div className="record-who">
        <div className="record-name">
          <h1 className="ellipsis" title={title}>
            {title}
          </h1>
          {tags
            .filter((field) => !isEmpty(record[field.key]))
            .map((field) => (
              <Editable key={field.key} record={record} field={field} save={save} place="popover" />
            ))}
        </div>
        <div className="record-line">
          {subtitle && !line.includes(subtitle) && !isEmpty(record[subtitle.key]) && (
            <FieldCell value={record[subtitle.key]} field={subtitle} />
          )}
          {line
            .filter((field) => !isEmpty(record[field.key]))
            .map((field) =>
              field.widget === "phone" ? (
                <Phone key={field.key} field={field} value={textOf(record[field.key])} />
              ) : (
                <FieldCell key={field.key} value={record[field.key]} field={field} />
              ),
            )}
        </div>
        <Became table={table} record={record} />
      </div>
      <dl className="record-figures">
        {figures.map((field) => (
          <div key={field.key}>
            <dt>{label(field.label)}</dt>
            <dd>
              <Editable record={record} field={field} save={save} place="popover" />
            </dd>
          </div>
        ))}
      </dl>
      <div className="record-acts">
        {onConvert && <ConvertButton onOpen={onConvert} />}
        <RecordActions
          table={table}
          ids={[record.id]}
          inPool={inPool}
          shown={(isPhone || isTight) && !inPool ? 0 : 1}
          onDone={({ done }) => {
            // A record that was deleted, or handed to somebody whose records one may not see, is not here any more.
            if (done.length === 0) onGone();
          }}
        />
        {table.rights.update && (
          <Button
            icon={<EditOutlined aria-hidden />}
            onClick={onEdit}
            aria-label={t("common.edit")}
            title={t("common.edit")}
          />
        )}
      </div>
    </header>
  );
}

/** A number to be called from a phone, or copied at a desk. */
function Phone({ field, value }: { field: Field; value: string }) {
  const { t } = useTranslation();
  const { label, phone } = useFormat();
  const { message } = App.useApp();
  const meta = useMeta();
  const isPhone = useIsPhone();
  // With a telephone of our own the call is kept and written up; without, the one in the hand is as good.
  if (isPhone && !field.masked && !mayCall(meta)) {
    return (
      <a className="record-phone" href={`tel:${value}`}>
        <PhoneFilled aria-hidden /> {phone(value)}
      </a>
    );
  }
  const copy = async () => {
    await navigator.clipboard.writeText(value.replace(/^\+86/, ""));
    message.success(t("records.copied"));
  };
  return (
    <span className="record-phone num">
      {phone(value)}
      <DialButton field={field} value={value} />
      {!field.masked && navigator.clipboard && (
        <button type="button" aria-label={t("records.copy", { name: label(field.label) })} onClick={() => void copy()}>
          <CopyOutlined aria-hidden />
        </button>
      )}
    </span>
  );
}
