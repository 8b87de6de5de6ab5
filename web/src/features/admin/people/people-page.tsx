import { ApartmentOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { type Account, accountsQuery } from "./api";
import { DepartmentPane } from "./department-pane";
import { FirstPerson } from "./first-person";
import { OnceDialog, type OncePassword } from "./once-dialog";
import { PeopleList } from "./people-list";
import { PersonForm } from "./person-form";
import { usePeopleState } from "./use-people-state";
import "./people.css";

/** `/admin/people`: the departments on the left, who is in them on the right. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { departments } = useMeta();
  const isPhone = useIsPhone();
  const { place: asked, search, setSearch } = usePeopleState();
  const { data: accounts = [], error, isPending, refetch } = useQuery(accountsQuery);
  const [edited, setEdited] = useState<Account | "new" | null>(null);
  const [once, setOnce] = useState<OncePassword | null>(null);
  const [begun, setBegun] = useBegun();
  const [isTreeOpen, setTreeOpen] = useState(false);

  if (error) {
    return (
      <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)}>
        <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
      </Empty>
    );
  }
  const department = typeof asked === "number" && departments.some(({ id }) => id === asked) ? asked : null;
  // A department that was archived meanwhile leads to everybody.
  const place = typeof asked === "number" ? (department ?? "all") : asked;
  const pane = <DepartmentPane accounts={accounts} chosen={place} onChosen={() => setTreeOpen(false)} />;
  return (
    <div className="admin-split">
      {isPhone ? (
        <Drawer
          open={isTreeOpen}
          onClose={() => setTreeOpen(false)}
          placement="left"
          size={300}
          title={t("people.departments")}
        >
          {pane}
        </Drawer>
      ) : (
        <aside className="admin-side" aria-label={t("people.departments")}>
          {pane}
        </aside>
      )}
      <div className="admin-body">
        <PeopleList
          accounts={accounts}
          isPending={isPending}
          place={place}
          search={search}
          onSearch={setSearch}
          onNew={() => setEdited("new")}
          onEdit={setEdited}
          onOnce={setOnce}
          tool={
            isPhone && (
              <Button icon={<ApartmentOutlined aria-hidden />} onClick={() => setTreeOpen(true)}>
                {t("people.departments")}
              </Button>
            )
          }
        />
      </div>
      {edited && (
        <PersonForm
          account={edited === "new" ? null : edited}
          department={department}
          onClose={() => setEdited(null)}
          onOnce={setOnce}
        />
      )}
      {begun && <FirstPerson role={begun} onClose={() => setBegun(null)} onOnce={setOnce} />}
      {once && <OnceDialog once={once} onClose={() => setOnce(null)} />}
    </div>
  );
}

/** As what somebody is to be made at once, for who was led here to do it. */
function useBegun() {
  const { state, key } = useLocation();
  const [begun, setBegun] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same wish, wished again, has another key
  useEffect(() => {
    const asked = (state as { begin?: unknown } | null)?.begin;
    if (typeof asked === "string") setBegun(asked);
  }, [state, key]);
  return [begun, setBegun] as const;
}
