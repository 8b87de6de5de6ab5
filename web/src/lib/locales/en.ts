import { account } from "./en/account";
import { admin } from "./en/admin";
import { app } from "./en/app";
import { audit } from "./en/audit";
import { bin } from "./en/bin";
import { bulk } from "./en/bulk";
import { calendar } from "./en/calendar";
import { changes } from "./en/changes";
import { checklist } from "./en/checklist";
import { comments } from "./en/comments";
import { common } from "./en/common";
import { convert } from "./en/convert";
import { dashboards } from "./en/dashboards";
import { developer } from "./en/developer";
import { exports } from "./en/exports";
import { files } from "./en/files";
import { filter } from "./en/filter";
import { flows } from "./en/flows";
import { imports } from "./en/imports";
import { indexes } from "./en/indexes";
import { model } from "./en/model";
import { notices } from "./en/notices";
import { offline } from "./en/offline";
import { palette } from "./en/palette";
import { people } from "./en/people";
import { phone } from "./en/phone";
import { recording } from "./en/recording";
import { records } from "./en/records";
import { roles } from "./en/roles";
import { session } from "./en/session";
import { today } from "./en/today";
import { undo } from "./en/undo";
import { views } from "./en/views";
import type { Texts } from "./zh";

export const en: Texts = {
  account,
  admin,
  app,
  audit,
  bin,
  calendar,
  bulk,
  changes,
  checklist,
  comments,
  common,
  convert,
  developer,
  dashboards,
  exports,
  files,
  filter,
  flows,
  imports,
  indexes,
  model,
  notices,
  offline,
  palette,
  people,
  phone,
  recording,
  records,
  roles,
  session,
  today,
  undo,
  views,
};
