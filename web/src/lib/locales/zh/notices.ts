export const notices = {
  title: "通知",
  bell: "通知",
  bellUnread: "通知，{{count}} 条未读",
  readAll: "全部标为已读",
  older: "更早的通知",
  empty: "还没有通知",
  emptyHint: "有人给您分配线索、待办到期、流程提醒时，会出现在这里。",
  unread: "未读",
  look: "去看看",
};
