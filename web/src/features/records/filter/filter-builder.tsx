import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { type Draft, type DraftGroup, emptyGroup, emptyLeaf, isGroup, type Match } from "@/lib/filter-tree";
import { ConditionRow } from "./condition-row";
import { firstOperator } from "./field-operators";
import "./filter.css";

const DEEPEST = 3;

type Props = { table: Table; draft: DraftGroup; onChange: (draft: DraftGroup) => void };

/** A filter as groups of conditions: all of them, any of them, none of them. */
export function FilterBuilder({ table, draft, onChange }: Props) {
  return (
    <div className="filter">
      <Group table={table} group={draft} depth={0} onChange={onChange} onRemove={null} />
    </div>
  );
}

type GroupProps = {
  table: Table;
  group: DraftGroup;
  depth: number;
  onChange: (group: DraftGroup) => void;
  onRemove: (() => void) | null;
};

function Group({ table, group, depth, onChange, onRemove }: GroupProps) {
  const { t } = useTranslation();
  const first = table.fields.find((field) => field.readable && field.operators.length > 0);
  const put = (part: Draft, next: Draft | null) =>
    onChange({ ...group, parts: group.parts.flatMap((old) => (old.id !== part.id ? [old] : next ? [next] : [])) });
  const add = (part: Draft) => onChange({ ...group, parts: [...group.parts, part] });
  const newLeaf = () => first && emptyLeaf(first.key, firstOperator(first));
  return (
    <fieldset className={depth > 0 ? "filter-group inner" : "filter-group"}>
      <div className="filter-head">
        <MatchPicker match={group.match} onChange={(match) => onChange({ ...group, match })} />
        {onRemove && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t("common.remove")}
            onClick={onRemove}
          />
        )}
      </div>
      {group.parts.length === 0 && depth === 0 && <p className="muted">{t("records.noConditions")}</p>}
      {group.parts.map((part) =>
        isGroup(part) ? (
          <Group
            key={part.id}
            table={table}
            group={part}
            depth={depth + 1}
            onChange={(next) => put(part, next)}
            onRemove={() => put(part, null)}
          />
        ) : (
          <ConditionRow
            key={part.id}
            table={table}
            leaf={part}
            onChange={(next) => put(part, next)}
            onRemove={() => put(part, null)}
          />
        ),
      )}
      <div className="filter-add">
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => {
            const leaf = newLeaf();
            if (leaf) add(leaf);
          }}
        >
          {t("records.addCondition")}
        </Button>
        {depth + 1 < DEEPEST && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => {
              const leaf = newLeaf();
              add({ ...emptyGroup("any"), parts: leaf ? [leaf] : [] });
            }}
          >
            {t("records.addGroup")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function MatchPicker({ match, onChange }: { match: Match; onChange: (match: Match) => void }) {
  const { t } = useTranslation();
  return (
    <Select<Match>
      size="small"
      variant="borderless"
      popupMatchSelectWidth={false}
      aria-label={t("records.condition")}
      value={match}
      options={[
        { value: "all", label: t("records.matchAll") },
        { value: "any", label: t("records.matchAny") },
        { value: "none", label: t("records.matchNone") },
      ]}
      onChange={onChange}
    />
  );
}
