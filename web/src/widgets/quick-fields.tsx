import { PaperClipOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { type ReactNode, type Ref, useState } from "react";
import { choicesOf, offeredOf } from "@/api/choices";
import type { JournalFields } from "@/api/journal-fields";
import type { Field } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Picks } from "@/ui/picks";
import { isEmpty, textOf } from "./field";
import { FileBox } from "./file-box";
import { NextTime } from "./next-time";
import { QuickLabel } from "./quick-label";
import "./quick-form.css";

type Props = {
  fields: JournalFields;
  values: Record<string, unknown>;
  faults: Record<string, string>;
  /** Keys of the fields that must not stay empty. */
  required: ReadonlySet<string>;
  onChange: (key: string, value: unknown) => void;
  /** Where the words go in. */
  text: Ref<HTMLTextAreaElement>;
  /** Another number is another form, with nothing chosen by hand. */
  turn: number;
  /** What stands before the next time. */
  middle?: ReactNode;
};

/** What one writes down of a conversation: how it went, what was said, how keen, when next. */
export function QuickFields({ fields, values, faults, required, onChange, text, turn, middle }: Props) {
  const { label } = useFormat();
  const { usual, text: textField, open, next, files } = fields;
  const pick = (field: Field, look: string) => (
    <Picks
      className={look}
      label={label(field.label)}
      picks={offeredOf(field, values[field.key]).map((choice) => ({ key: choice.key, label: label(choice.label) }))}
      value={textOf(values[field.key]) || null}
      onChange={(key) => onChange(field.key, key ?? (field.required ? values[field.key] : null))}
      numbered
    />
  );
  return (
    <>
      {usual.map((field) => (
        <div key={field.key}>
          {pick(field, choicesOf(field).some(({ label: name }) => label(name).length > 3) ? "thirds" : "even")}
          <Fault text={faults[field.key]} />
        </div>
      ))}
      {textField && (
        <>
          {required.has(textField.key) && <QuickLabel isRequired>{label(textField.label)}</QuickLabel>}
          <Input.TextArea
            ref={(area) => {
              const box = area?.resizableTextArea?.textArea ?? null;
              if (typeof text === "function") text(box);
              else if (text) text.current = box;
            }}
            className="quick-text"
            aria-label={label(textField.label)}
            aria-required={required.has(textField.key) || undefined}
            placeholder={textField.help ? label(textField.help) : label(textField.label)}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={textOf(values[textField.key])}
            onChange={(event) => onChange(textField.key, event.target.value)}
            {...(faults[textField.key] ? { status: "error" as const, "aria-invalid": true } : {})}
          />
          <Fault text={faults[textField.key]} />
        </>
      )}
      {open.map((field) => (
        <div key={field.key}>
          <QuickLabel isRequired={required.has(field.key)}>{label(field.label)}</QuickLabel>
          {pick(field, "even")}
          <Fault text={faults[field.key]} />
        </div>
      ))}
      {middle}
      {next && (
        <>
          <NextTime
            key={turn}
            field={next}
            value={values[next.key]}
            isRequired={required.has(next.key)}
            onChange={(at) => onChange(next.key, at)}
          />
          <Fault text={faults[next.key]} />
        </>
      )}
      {files && <Files field={files} value={values[files.key]} onChange={(value) => onChange(files.key, value)} />}
    </>
  );
}

function Fault({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p className="labelled-fault" role="alert">
      {text}
    </p>
  );
}

/** Photos are seldom: a small button until there are some. */
function Files({ field, value, onChange }: { field: Field; value: unknown; onChange: (value: unknown) => void }) {
  const { label } = useFormat();
  const [isOpen, setOpen] = useState(false);
  if (isOpen || !isEmpty(value)) {
    return <FileBox aria={{ id: `quick-${field.key}` }} field={field} value={value} onChange={onChange} />;
  }
  return (
    <button type="button" className="quick-more" onClick={() => setOpen(true)}>
      <PaperClipOutlined aria-hidden /> {label(field.label)}
    </button>
  );
}
