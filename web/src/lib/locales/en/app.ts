import type { Texts } from "../zh";

export const app: Texts["app"] = {
  nav: "Main navigation",
  today: "Workbench",
  flows: "Flows",
  import: "Import",
  admin: "Admin",
  more: "More",
  me: "My account",
  language: "Language",
  languages: { zh: "中文", en: "English" },
  printed: "Printed by {{name}}, {{time}}",
  theme: "Appearance",
  themes: { system: "Same as system", light: "Light", dark: "Dark" },
  password: "Change password",
  logOut: "Log out",
};
