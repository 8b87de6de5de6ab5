export const admin = {
  title: "管理",
  parts: "管理的各部分",
  people: "成员与部门",
  roles: "角色与权限",
  tables: "数据表与字段",
  audit: "审计日志",
  workspace: "工作区",
  onlyAdmin: "这里只对管理员开放。",
  failed: "没有加载出来",
  saved: "已保存",
  // workspace
  workspaceHint: "对所有人生效：日期、今日待跟进、没写时区的时间，都按这里的时区算。",
  name: "工作区名称",
  timeZone: "时区",
  timeZoneHint: "现在那里是 {{now}}",
  currency: "默认货币",
  currencyHint: "新建金额字段时先选这种；已有的金额字段不变。",
};
