import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { departmentPath, useMeta } from "@/api/meta";
import type { Aria } from "@/ui/labelled";

type Props = {
  aria: Aria;
  value: number | null;
  onChange: (department: number | null) => void;
  /** What stands for no department. */
  nothing: string;
  without?: ReadonlySet<number>;
};

/** A department by its whole path, or none. */
export function DepartmentSelect({ aria, value, onChange, nothing, without }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const options = meta.departments
    .filter(({ id }) => !without?.has(id))
    .map(({ id }) => ({ value: id, label: departmentPath(meta, id) }));
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      value={value ?? 0}
      options={[{ value: 0, label: nothing }, ...options]}
      showSearch={{ optionFilterProp: "label" }}
      notFoundContent={t("records.nothingFound")}
      onChange={(next: number) => onChange(next || null)}
    />
  );
}
