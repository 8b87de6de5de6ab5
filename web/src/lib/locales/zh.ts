import { account } from "./zh/account";
import { admin } from "./zh/admin";
import { app } from "./zh/app";
import { audit } from "./zh/audit";
import { bin } from "./zh/bin";
import { bulk } from "./zh/bulk";
import { calendar } from "./zh/calendar";
import { changes } from "./zh/changes";
import { checklist } from "./zh/checklist";
import { comments } from "./zh/comments";
import { common } from "./zh/common";
import { convert } from "./zh/convert";
import { dashboards } from "./zh/dashboards";
import { developer } from "./zh/developer";
import { exports } from "./zh/exports";
import { files } from "./zh/files";
import { filter } from "./zh/filter";
import { flows } from "./zh/flows";
import { imports } from "./zh/imports";
import { indexes } from "./zh/indexes";
import { model } from "./zh/model";
import { notices } from "./zh/notices";
import { offline } from "./zh/offline";
import { palette } from "./zh/palette";
import { people } from "./zh/people";
import { phone } from "./zh/phone";
import { recording } from "./zh/recording";
import { records } from "./zh/records";
import { roles } from "./zh/roles";
import { session } from "./zh/session";
import { today } from "./zh/today";
import { undo } from "./zh/undo";
import { views } from "./zh/views";

export const zh = {
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

export type Texts = typeof zh;
