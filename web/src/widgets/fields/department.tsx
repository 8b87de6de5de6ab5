import { Select } from "antd";
import { useMemo } from "react";
import { departmentPath, useMeta } from "@/api/meta";
import { type CellProps, defineWidget, type InputProps } from "../field";

function Cell({ value }: CellProps) {
  const { department } = useMeta();
  return <>{typeof value === "number" ? (department.get(value)?.name ?? `#${value}`) : null}</>;
}

function Edit({ aria, value, field, onChange, autoFocus, size }: InputProps) {
  const meta = useMeta();
  const options = useMemo(
    () => meta.departments.map(({ id }) => ({ value: id, label: departmentPath(meta, id) })),
    [meta],
  );
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      value={typeof value === "number" ? value : null}
      options={options}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!field.required}
      onChange={(next: number | undefined) => onChange(next ?? null)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}

export default defineWidget({ widget: "department", width: 112, Cell, Input: Edit });
