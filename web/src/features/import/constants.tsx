import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { useSettled } from "@/ui/use-settled";
import { FieldInput } from "@/widgets/field-input";
import { importable } from "./mapping";
import type { Options } from "./options";
import type { Import } from "./use-import";

const SETTLED_MS = 600;

/** What the file does not say, given to every row alike: a source, a department. */
export function Constants({ table, wizard: { options, change } }: { table: Table; wizard: Import }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const free = importable(table, options).filter(({ key }) => !(key in options.set));
  const tell = (set: Options["set"]) => change({ options: { ...options, set } });
  const without = (key: string) => Object.fromEntries(Object.entries(options.set).filter(([one]) => one !== key));
  return (
    <div className="constants">
      <h3>{t("imports.constants")}</h3>
      <p className="muted">{t("imports.constantsHint")}</p>
      {Object.keys(options.set).map((key) => {
        const field = table.byKey.get(key);
        if (!field) return null;
        return (
          <Constant
            key={key}
            field={field}
            value={options.set[key]}
            onSet={(value) => tell({ ...options.set, [key]: value })}
            onRemove={() => tell(without(key))}
          />
        );
      })}
      <Select
        className="constants-add"
        aria-label={t("imports.addConstant")}
        value={null}
        placeholder={
          <>
            <PlusOutlined aria-hidden /> {t("imports.addConstant")}
          </>
        }
        options={free.map((field) => ({ value: field.key, label: label(field.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(key: string | null) => key && tell({ ...options.set, [key]: null })}
      />
    </div>
  );
}

type ConstantProps = { field: Field; value: unknown; onSet: (value: unknown) => void; onRemove: () => void };

/** One constant. What is typed counts once typing has settled. */
function Constant({ field, value: known, onSet, onRemove }: ConstantProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const id = useId();
  const [value, setValue] = useState(known);
  const settled = useSettled(value, SETTLED_MS);
  const told = useRef(known);
  const tell = useRef(onSet);
  tell.current = onSet;
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    tell.current(settled);
  }, [settled]);
  return (
    <div className="constant">
      <label htmlFor={id} className="ellipsis">
        {label(field.label)}
      </label>
      <FieldInput aria={{ id }} field={field} value={value} onChange={setValue} autoFocus={known === null} />
      <Button
        type="text"
        icon={<CloseOutlined aria-hidden />}
        aria-label={`${t("common.remove")} ${label(field.label)}`}
        onClick={onRemove}
      />
    </div>
  );
}
