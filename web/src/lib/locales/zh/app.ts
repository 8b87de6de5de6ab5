export const app = {
  nav: "主导航",
  today: "今日",
  import: "导入",
  admin: "管理",
  more: "更多",
  me: "我的账号",
  language: "语言",
  languages: { zh: "中文", en: "English" },
  theme: "外观",
  themes: { system: "跟随系统", light: "浅色", dark: "深色" },
  password: "修改密码",
  logOut: "退出登录",
};
