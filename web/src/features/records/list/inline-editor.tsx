import { useState } from "react";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { FieldEditor } from "../record/field-editor";
import { useSave } from "../record/use-save";

type Props = {
  table: Table;
  record: Rec;
  field: Field;
  /** To the next cell, or with `back` to the one before; called when this one is saved. */
  onNext: (back: boolean) => void;
  onClose: () => void;
};

/** One cell of the list being changed in its place, with the same boxes as on the record's page. */
export function InlineEditor({ table, record, field, onNext, onClose }: Props) {
  const { save, dialog } = useSave(table);
  // As it was when one began to type: what others change meanwhile is a conflict to be told, not to be overwritten.
  const [begun] = useState(record);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what happens in the box is not the row's business
    <div
      className="grid-editor"
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <FieldEditor
        field={field}
        value={begun[field.key]}
        onSave={(value) => save(begun, { [field.key]: value })}
        onClose={onClose}
        onNext={onNext}
      />
      {dialog}
    </div>
  );
}
