import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeSetsKey } from "@/api/change-sets";
import { ApiError } from "@/api/errors";
import type { Table } from "@/api/meta";
import { refreshRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { useSettled } from "@/ui/use-settled";
import { FieldInput } from "@/widgets/field-input";
import { sent } from "../form/fields-of-form";
import { editMany, foreseenQuery, type Target } from "./api";
import { bulkFields } from "./bulk-fields";
import { useUndoToast } from "./use-undo-toast";
import "./bulk-edit.css";

const TYPED_MS = 300;

type Props = { table: Table; target: Target; onDone: () => void; onClose: () => void };

/** Gives many records the same values: which fields, what, and how many records that changes. */
export function BulkEdit({ table, target, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const fields = bulkFields(table);
  const [keys, setKeys] = useState<string[]>(() => fields.slice(0, 1).map(({ key }) => key));
  const [values, setValues] = useState<Record<string, unknown>>({});
  const toast = useUndoToast();
  const client = useQueryClient();
  // A box nobody has touched says nothing; emptying a field is asked for.
  const set = sent(Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key] ?? null])));
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => editMany(table.key, target, set),
    onSuccess: async ({ count, change_set }) => {
      toast(count, change_set);
      onDone();
      await Promise.all([refreshRecords(client), client.invalidateQueries({ queryKey: changeSetsKey })]);
    },
  });
  const seen = useForeseen(table, target, set);
  const faults: Record<string, string> = error instanceof ApiError ? error.fields : seen.faults;
  const change = (next: () => void) => {
    next();
    if (error) reset();
  };
  const free = fields.filter(({ key }) => !keys.includes(key));
  return (
    <Modal
      open
      title={t("bulk.title")}
      okText={seen.changing === null ? t("bulk.go") : t("bulk.goCount", { count: seen.changing })}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: isPending, disabled: Object.keys(set).length === 0 || !seen.changing }}
      onOk={() => mutate()}
      onCancel={onClose}
      width={560}
    >
      <ul className="bulk-fields">
        {keys.map((key, place) => (
          <Row
            key={key}
            table={table}
            field={key}
            others={free.map((field) => field.key)}
            value={values[key]}
            fault={faults[key]}
            onField={(next) => change(() => setKeys(keys.map((old) => (old === key ? next : old))))}
            onValue={(value) => change(() => setValues(withValue(values, key, value)))}
            onRemove={keys.length > 1 ? () => change(() => setKeys(keys.filter((_, at) => at !== place))) : null}
          />
        ))}
      </ul>
      {free[0] && (
        <Button type="text" icon={<PlusOutlined aria-hidden />} onClick={() => setKeys([...keys, free[0]?.key ?? ""])}>
          {t("bulk.addField")}
        </Button>
      )}
      <p className="bulk-seen" role="status">
        {seen.words}
      </p>
      {error && Object.keys(faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
    </Modal>
  );
}

/** Undefined takes the field out: nothing was said about it. */
function withValue(values: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  const { [key]: _, ...others } = values;
  return value === undefined || value === "" ? others : { ...others, [key]: value };
}

/** How many records it would change, in words. */
function useForeseen(table: Table, target: Target, set: Record<string, unknown>) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const settled = JSON.parse(useSettled(JSON.stringify(set), TYPED_MS)) as Record<string, unknown>;
  const { data, error } = useQuery({
    ...foreseenQuery(table.key, target, settled),
    enabled: Object.keys(settled).length > 0,
    placeholderData: keepPreviousData,
  });
  if (error) {
    const faults: Record<string, string> = error instanceof ApiError ? error.fields : {};
    return { changing: null, words: Object.keys(faults).length ? "" : sentenceOf(error), faults };
  }
  if (Object.keys(settled).length === 0) return { changing: null, words: t("bulk.choose"), faults: {} };
  if (!data) return { changing: null, words: t("bulk.counting"), faults: {} };
  const { matched, count, changing } = data;
  const words = [
    t("bulk.changing", { changing: number(changing), matched: number(matched) }),
    ...(count < matched ? [t("bulk.forbidden", { n: number(matched - count) })] : []),
    ...(changing < count ? [t("bulk.same", { n: number(count - changing) })] : []),
  ];
  return { changing, words: words.join(t("bulk.comma")), faults: {} };
}

type RowProps = {
  table: Table;
  field: string;
  others: string[];
  value: unknown;
  fault: string | undefined;
  onField: (key: string) => void;
  onValue: (value: unknown) => void;
  onRemove: (() => void) | null;
};

function Row({ table, field: key, others, value, fault, onField, onValue, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const field = table.byKey.get(key);
  if (!field) return null;
  const options = [key, ...others].flatMap((one) => {
    const known = table.byKey.get(one);
    return known ? [{ value: one, label: label(known.label) }] : [];
  });
  const id = `bulk-${key}`;
  return (
    <li>
      <Select
        aria-label={t("records.chooseField")}
        value={key}
        options={options}
        showSearch={{ optionFilterProp: "label" }}
        onChange={onField}
      />
      <div className="bulk-value">
        <label className="sr-only" htmlFor={id}>
          {label(field.label)}
        </label>
        {value === null ? (
          <Button id={id} block type="dashed" onClick={() => onValue(undefined)}>
            {t("bulk.emptied")}
          </Button>
        ) : (
          <FieldInput
            aria={{
              id,
              ...(fault ? { status: "error", "aria-invalid": true, "aria-describedby": `${id}-fault` } : {}),
            }}
            field={field}
            value={value}
            onChange={(next) => onValue(next ?? undefined)}
          />
        )}
        {fault && (
          <p id={`${id}-fault`} className="labelled-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      {!field.required && value !== null && (
        <Button type="text" onClick={() => onValue(null)}>
          {t("bulk.empty")}
        </Button>
      )}
      {onRemove && (
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={`${t("common.remove")} ${label(field.label)}`}
          onClick={onRemove}
        />
      )}
    </li>
  );
}
