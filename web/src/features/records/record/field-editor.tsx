import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import type { Field } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { isComposing } from "@/ui/use-composing";
import { FieldInput } from "@/widgets/field-input";
import { GivenUp } from "./use-save";

/** Widgets whose every change is a whole answer: no second click to save it. */
const AT_ONCE = new Set(["dropdown", "user", "department", "switch", "date", "link"]);

type Props = {
  field: Field;
  value: unknown;
  onSave: (value: unknown) => Promise<void>;
  onClose: () => void;
  /** Where fields stand in a row: Tab saves and goes on, leaving the box saves too. */
  onNext?: (back: boolean) => void;
};

/** One field being changed in its place: Enter saves, Escape leaves it as it was. */
export function FieldEditor({ field, value, onSave, onClose: leave, onNext }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [typed, setTyped] = useState(value);
  const [fault, setFault] = useState("");
  const [isSaving, setSaving] = useState(false);
  const id = `edit-${field.key}`;
  // Closing takes the focus away, which must not save what was just given up.
  const isOver = useRef(false);
  const onClose = () => {
    isOver.current = true;
    leave();
  };

  const save = async (next: unknown, then = onClose) => {
    if (isSaving || isOver.current) return;
    if (next === value) return then();
    setSaving(true);
    try {
      await onSave(next);
      then();
    } catch (error) {
      if (error instanceof GivenUp) return onClose();
      setFault((error instanceof ApiError && error.fields[field.key]) || sentenceOf(error));
    } finally {
      setSaving(false);
    }
  };
  const change = (next: unknown) => {
    setTyped(next);
    setFault("");
    if (AT_ONCE.has(field.widget)) void save(next);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
    if (event.key === "Tab" && onNext) {
      event.preventDefault();
      void save(typed, () => onNext(event.shiftKey));
    }
    // In a row, as in a spreadsheet, Enter ends the cell and Shift+Enter the line.
    const isLong = field.widget === "long-text" && (!onNext || event.shiftKey);
    if (event.key === "Enter" && (isLong ? event.ctrlKey || event.metaKey : !AT_ONCE.has(field.widget))) {
      event.preventDefault();
      void save(typed);
    }
  };
  const onBlur = (event: React.FocusEvent) => {
    const to = event.relatedTarget;
    if (!to || event.currentTarget.contains(to) || AT_ONCE.has(field.widget) || isPopup(to)) return;
    void save(typed);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the box inside
    <div className="field-editor" onKeyDown={onKeyDown} onBlur={onNext && onBlur}>
      <label className="sr-only" htmlFor={id}>
        {label(field.label)}
      </label>
      <FieldInput
        aria={{ id, ...(fault ? { status: "error", "aria-invalid": true, "aria-describedby": `${id}-fault` } : {}) }}
        field={field}
        value={typed}
        onChange={change}
        autoFocus
      />
      {!AT_ONCE.has(field.widget) && (
        <Button
          type="primary"
          size="small"
          icon={<CheckOutlined aria-hidden />}
          loading={isSaving}
          aria-label={t("common.save")}
          onClick={() => void save(typed)}
        />
      )}
      <Button size="small" icon={<CloseOutlined aria-hidden />} aria-label={t("common.cancel")} onClick={onClose} />
      {fault && (
        <p id={`${id}-fault`} className="labelled-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** Lists and calendars of a box hang at the end of the page. */
const isPopup = (element: Element) =>
  element.closest(".ant-select-dropdown, .ant-picker-dropdown, .ant-modal") !== null;
