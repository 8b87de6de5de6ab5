import { Select } from "antd";
import { useMemo } from "react";
import { useMeta } from "@/api/meta";
import type { Aria } from "@/ui/labelled";

type Props = {
  aria: Aria;
  value: number | null;
  onChange: (value: number | null) => void;
  clearable?: boolean;
  autoFocus?: boolean;
  size?: "small" | "large";
};

/** One of the people of the workspace; those who left are offered no more, but keep their name. */
export function PersonPicker({ aria, value, onChange, clearable = true, autoFocus, size }: Props) {
  const { users, department } = useMeta();
  const options = useMemo(
    () =>
      users
        .filter((user) => user.active || user.id === value)
        .map((user) => ({
          value: user.id,
          label: user.name,
          department: user.department ? (department.get(user.department)?.name ?? "") : "",
        })),
    [users, department, value],
  );
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      value={value}
      options={options}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={clearable}
      onChange={(next: number | undefined) => onChange(next ?? null)}
      optionRender={({ data }) => (
        <span className="choice-row">
          {data.label}
          <span className="muted">{data.department}</span>
        </span>
      )}
      {...(autoFocus ? { autoFocus } : {})}
      {...(size ? { size } : {})}
    />
  );
}
