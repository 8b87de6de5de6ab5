import { HolderOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { type Hold, Sortable } from "@/ui/sortable";
import { useWrite } from "../use-write";
import { changeTable, type DesignField, type DesignTable } from "./api";
import { isSystem } from "./draft";
import { TypeIcon } from "./type-look";
import type { Chosen } from "./use-designer";

type Props = { table: DesignTable; chosen: Chosen };

/** The fields in their order; the system's own at the end. */
export function FieldList({ table, chosen }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [order, move] = useOrder(table);
  return (
    <div className="fields card">
      <div className="fields-head">
        <h2>{label(table.label)}</h2>
        <p className="muted">
          {t("model.holdHelp")}
          <span className="fields-keys">{t("model.holdKeys")}</span>
        </p>
      </div>
      {order.length === 0 && chosen.kind !== "new" && (
        <Empty title={t("model.noFields")} hint={t("model.noFieldsHint")} />
      )}
      <ul className="fields-list">
        <Sortable entries={order} keyOf={({ key }) => key} onMove={move}>
          {(field, _, hold) => (
            <FieldRow field={field} isChosen={chosen.kind === "field" && chosen.key === field.key} hold={hold} />
          )}
        </Sortable>
        {chosen.kind === "new" && <FreshRow type={chosen.type} />}
      </ul>
      <section className="fields-system" aria-label={t("model.system")}>
        <h3>{t("model.system")}</h3>
        <p className="muted">{t("model.systemHint")}</p>
        <ul>
          {table.fields.filter(isSystem).map((field) => (
            <li key={field.key}>
              <TypeIcon type={field.type} /> {label(field.label)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The order shown: as it was just put, until the server has it too. */
function useOrder(table: DesignTable): [DesignField[], (fields: DesignField[]) => void] {
  const own = table.fields.filter((field) => !isSystem(field));
  const [wanted, setWanted] = useState<string[] | null>(null);
  const { mutate } = useWrite(changeTable, { loud: true, onDone: () => setWanted(null) });
  const place = new Map((wanted ?? []).map((key, at) => [key, at]));
  const shown = wanted ? [...own].sort((a, b) => (place.get(a.key) ?? 999) - (place.get(b.key) ?? 999)) : own;
  const move = (fields: DesignField[]) => {
    const keys = fields.map(({ key }) => key);
    setWanted(keys);
    mutate({ table: table.key, fields: keys }, { onError: () => setWanted(null) });
  };
  return [shown, move];
}

type RowProps = { field: DesignField; isChosen: boolean; hold: Hold };

function FieldRow({ field, isChosen, hold }: RowProps) {
  const { t } = useTranslation();
  const { label, language } = useFormat();
  const { field_types, table } = useMeta();
  const name = label(field.label);
  const other = field.label[language === "zh" ? "en" : "zh"];
  const kind = field_types.find(({ type }) => type === field.type);
  const target = field.refers && table.get(field.refers.table);
  return (
    <li
      ref={hold.row}
      className={`field-row${isChosen ? " on" : ""}${hold.isDragged ? " held" : ""}`}
      data-field={field.key}
    >
      <button ref={hold.handle} type="button" className="field-hold" aria-label={t("model.hold", { name })}>
        <HolderOutlined aria-hidden />
      </button>
      <span className="field-icon">
        <TypeIcon type={field.type} />
      </span>
      <span className="field-names">
        <Link
          to={{ search: `?field=${field.key}` }}
          aria-current={isChosen ? "true" : undefined}
          aria-label={t("model.edit", { name })}
        >
          {name}
        </Link>
        {other !== name && <small>{other}</small>}
      </span>
      <span className="field-type">
        {kind ? label(kind.label) : field.type}
        {target && <small> → {label(target.label)}</small>}
      </span>
      <code className="field-key">{field.key}</code>
      <span className="field-marks">
        {field.required && <Chip tone="indigo">{t("model.required")}</Chip>}
        {field.unique && <Chip tone="violet">{t("model.unique")}</Chip>}
        {field.automatic && <Chip>{t("model.automatic")}</Chip>}
        {field.source === "app" ? <small>{t("model.shipped")}</small> : <Chip tone="jade">{t("model.own")}</Chip>}
      </span>
    </li>
  );
}

function FreshRow({ type }: { type: string }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const kind = useMeta().field_types.find((one) => one.type === type);
  return (
    <li className="field-row on fresh">
      <span className="field-icon">
        <TypeIcon type={type} />
      </span>
      <span className="field-names">
        <b>{t("model.fresh")}</b>
      </span>
      <span className="field-type">{kind ? label(kind.label) : type}</span>
    </li>
  );
}
