import { admin } from "./zh/admin";
import { app } from "./zh/app";
import { common } from "./zh/common";
import { filter } from "./zh/filter";
import { people } from "./zh/people";
import { records } from "./zh/records";
import { session } from "./zh/session";
import { today } from "./zh/today";

export const zh = { admin, app, common, filter, people, records, session, today };

export type Texts = typeof zh;
