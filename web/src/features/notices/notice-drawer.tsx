import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { noticesKey } from "@/api/keys";
import { useMeta } from "@/api/meta";
import { markRead, type Notice, noticesQuery, readOlder } from "@/api/notices";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { TableIcon } from "@/ui/icon";
import { useIsPhone } from "@/ui/use-is-phone";
import "./notice-drawer.css";

/** Everything I was told, the newest first. */
export function NoticeDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data, isPending } = useQuery(noticesQuery);
  const { mutate: read } = useMutation({
    mutationFn: markRead,
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey }),
  });
  const newest = data?.notices ?? [];
  const older = useOlder(newest.at(-1)?.id ?? null);
  const all = [...newest, ...older.notices];
  const open = (notice: Notice) => {
    if (!notice.read_at) read([notice.id]);
    if (!notice.table) return;
    onClose();
    // One notice of many records leads to their list.
    void navigate(notice.record ? `/t/${notice.table}/${notice.record}` : `/t/${notice.table}`);
  };
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("notices.title")}
      placement={isPhone ? "right" : "left"}
      size={isPhone ? "100%" : 400}
      classNames={{ body: "notice-list" }}
      extra={
        (data?.unread ?? 0) > 0 && (
          <Button type="text" size="small" onClick={() => read(undefined)}>
            {t("notices.readAll")}
          </Button>
        )
      }
    >
      {all.length === 0 && !isPending ? (
        <Empty title={t("notices.empty")} hint={t("notices.emptyHint")} />
      ) : (
        <ul>
          {all.map((notice) => (
            <Line key={notice.id} notice={notice} onOpen={open} />
          ))}
        </ul>
      )}
      {older.more && (
        <Button block loading={older.isLoading} onClick={older.more}>
          {t("notices.older")}
        </Button>
      )}
    </Drawer>
  );
}

function Line({ notice, onOpen }: { notice: Notice; onOpen: (notice: Notice) => void }) {
  const { t } = useTranslation();
  const { label, when } = useFormat();
  const table = useMeta().table.get(notice.table ?? "");
  return (
    <li>
      <button type="button" className={notice.read_at ? "told" : "told unread"} onClick={() => onOpen(notice)}>
        <span className="told-icon">
          <TableIcon name={table?.settings.icon ?? "notification"} />
        </span>
        <span className="told-text">
          <b>{label(notice.title)}</b>
          {notice.body && <span>{label(notice.body)}</span>}
          <time dateTime={notice.at}>{when(notice.at)}</time>
        </span>
        {!notice.read_at && (
          <i className="told-dot">
            <span className="sr-only">{t("notices.unread")}</span>
          </i>
        )}
      </button>
    </li>
  );
}

/** What lies behind the newest page, asked for only by hand. */
function useOlder(before: number | null) {
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [...noticesKey, "older", before],
    queryFn: ({ pageParam }) => readOlder(pageParam),
    initialPageParam: before ?? 0,
    getNextPageParam: (page) => page.at(-1)?.id,
    enabled: false,
  });
  const more = data ? (hasNextPage ? () => void fetchNextPage() : null) : () => void refetch();
  return { notices: data?.pages.flat() ?? [], isLoading: isFetching, more: before === null ? null : more };
}
