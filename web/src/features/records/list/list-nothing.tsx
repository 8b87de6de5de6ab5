import { PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { mayCreate, type Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { viewOf } from "@/api/views";
import type { ListState } from "@/lib/list-url";
import { Empty } from "@/ui/empty";

type Props = {
  table: Table;
  state: ListState;
  onChange: (changed: Partial<ListState>) => void;
  onNew: () => void;
};

/** An empty list says why it is empty. */
export function ListNothing({ table, state, onChange, onNew }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const navigate = useNavigate();
  const name = label(table.label);
  if (state.filter || state.search) {
    return (
      <Empty title={t("records.emptyFiltered", { table: name })} hint={t("records.emptyFilteredHint")}>
        <Button onClick={() => onChange({ filter: null, search: "" })}>{t("records.clearFilters")}</Button>
      </Empty>
    );
  }
  const view = viewOf(table, state.view);
  if (view.key === "pool") {
    return <Empty title={t("records.emptyPool", { table: name })} hint={t("records.emptyPoolHint", { table: name })} />;
  }
  const isNarrow = view.filter !== undefined && view.filter !== null;
  return (
    <Empty
      title={isNarrow ? t("records.emptyFiltered", { table: name }) : t("records.emptyTitle", { table: name })}
      {...(isNarrow ? {} : { hint: t("records.emptyHint") })}
    >
      {mayCreate(table) && !isNarrow && (
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={onNew}>
          {t("records.new", { table: name })}
        </Button>
      )}
      {table.rights.create && table.rights.import && !isNarrow && (
        <Button icon={<UploadOutlined aria-hidden />} onClick={() => navigate(`/t/${table.key}/import`)}>
          {t("records.import")}
        </Button>
      )}
    </Empty>
  );
}
