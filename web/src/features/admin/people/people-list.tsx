import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { departmentPath, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { TextBox } from "@/ui/text-box";
import type { Account } from "./api";
import type { OncePassword } from "./once-dialog";
import { peopleOf } from "./people-of";
import { PeopleTable } from "./people-table";
import type { Place } from "./use-people-state";

type Props = {
  accounts: readonly Account[];
  isPending: boolean;
  place: Place;
  search: string;
  onSearch: (text: string) => void;
  onNew: () => void;
  onEdit: (account: Account) => void;
  onOnce: (once: OncePassword) => void;
  tool?: ReactNode;
};

/** The people of a department and of those below it. */
export function PeopleList({ accounts, isPending, place, search, onSearch, onNew, onEdit, onOnce, tool }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const meta = useMeta();
  const shown = peopleOf(accounts, meta.departments, place, search);
  const title =
    place === "all" ? t("people.everybody") : place === "none" ? t("people.none") : departmentPath(meta, place);
  const hasBelow = meta.departments.some(({ parent }) => parent === place);
  return (
    <>
      <div className="admin-title">
        <h2>{title}</h2>
        <span className="muted" aria-live="polite">
          {!isPending && t("people.count", { n: number(shown.length) })}
          {hasBelow && ` · ${t("people.withBelow")}`}
        </span>
        <span className="end people-tools">
          {tool}
          <TextBox
            className="people-search"
            value={search}
            onSettled={onSearch}
            placeholder={t("people.search")}
            aria-label={t("people.search")}
            prefix={<SearchOutlined aria-hidden />}
            allowClear
          />
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={onNew}>
            {t("people.create")}
          </Button>
        </span>
      </div>
      {isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : shown.length > 0 ? (
        <PeopleTable people={shown} onEdit={onEdit} onOnce={onOnce} />
      ) : search ? (
        <Empty title={t("people.notFound", { text: search })} hint={t("people.notFoundHint")} />
      ) : (
        <Empty title={t("people.emptyTitle")} hint={t("people.emptyHint")}>
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={onNew}>
            {t("people.create")}
          </Button>
        </Empty>
      )}
    </>
  );
}
