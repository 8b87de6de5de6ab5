import { SearchOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type FieldType, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { TextBox } from "@/ui/text-box";
import { groupsOf } from "./type-groups";
import { TypeIcon } from "./type-look";

/** The types of fields, by what they are for. */
export function Palette({ onPick }: { onPick: (type: string) => void }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { field_types } = useMeta();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const matches = ({ type, label: { zh, en } }: FieldType) =>
    [type, zh, en].some((name) => name.toLowerCase().includes(wanted));
  const groups = groupsOf(field_types.filter(matches));
  return (
    <div className="palette">
      <TextBox
        value={search}
        onSettled={setSearch}
        placeholder={t("model.findType")}
        aria-label={t("model.findType")}
        suffix={<SearchOutlined aria-hidden />}
        allowClear
      />
      {groups.length === 0 && <p className="muted palette-none">{t("model.noType")}</p>}
      {groups.map(({ group, kinds }) => (
        <section key={group}>
          <h2>{t(`model.groups.${group}`)}</h2>
          <div className="palette-types">
            {kinds.map((kind) => (
              <button
                key={kind.type}
                type="button"
                className="palette-type"
                title={label(kind.help)}
                aria-label={t("model.addOf", { type: label(kind.label) })}
                onClick={() => onPick(kind.type)}
              >
                <TypeIcon type={kind.type} />
                <span className="ellipsis">{label(kind.label)}</span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
