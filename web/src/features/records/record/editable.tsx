import { EditOutlined } from "@ant-design/icons";
import { Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { DialButton } from "@/widgets/dial/dial-button";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { RecordPlaceContext } from "@/widgets/record-place";
import { FieldEditor } from "./field-editor";
import type { Save } from "./use-save";

type Props = { record: Rec; field: Field; save: Save; place: "inline" | "popover" };

/** Values that lead somewhere are no button: what changes them stands beside. */
const LEADING = new Set(["link", "links", "email", "attachment"]);

/** A value that can be changed where it stands, if its reader may. */
export function Editable({ record, field, save, place }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  // As it was when one began to type: what others change meanwhile is a conflict to be told, not to be overwritten.
  const [begun, setBegun] = useState(record);
  const setOpen = (open: boolean) => {
    setBegun(record);
    setIsOpen(open);
  };
  const value = record[field.key];
  // What one sees in part only cannot be changed without losing the rest.
  if (!field.writable || field.automatic || field.masked) return <FieldCell value={value} field={field} roomy />;
  // Inside a button there is room for no other; what can be done with the value stands beside it.
  const shown = (
    <RecordPlaceContext value={null}>
      <FieldCell value={value} field={field} roomy />
    </RecordPlaceContext>
  );

  const editor = (
    <FieldEditor
      field={field}
      value={begun[field.key]}
      onSave={(next) => save(begun, { [field.key]: next })}
      onClose={() => setOpen(false)}
    />
  );
  const name = t("records.editField", { name: label(field.label) });
  const button =
    LEADING.has(field.widget) && !isEmpty(value) ? (
      <span className="editable-beside">
        {shown}
        <button type="button" className="editable-pen" aria-label={name} title={name} onClick={() => setOpen(true)}>
          <EditOutlined aria-hidden />
        </button>
      </span>
    ) : (
      <div
        className="editable"
        role="button"
        tabIndex={0}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {shown}
        <span className="sr-only">{name}</span>
        <EditOutlined className="editable-sign" aria-hidden />
      </div>
    );
  if (place === "inline" && isOpen) return editor;
  if (place === "inline") {
    return (
      <>
        {button}
        {field.widget === "phone" && <DialButton field={field} value={value} />}
      </>
    );
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => !open && setOpen(false)}
      trigger="click"
      placement="bottom"
      arrow={false}
      destroyOnHidden
      title={label(field.label)}
      content={<div className="editable-pop">{editor}</div>}
    >
      {button}
    </Popover>
  );
}
