import { app } from "./zh/app";
import { common } from "./zh/common";
import { filter } from "./zh/filter";
import { records } from "./zh/records";
import { session } from "./zh/session";
import { today } from "./zh/today";

export const zh = { app, common, filter, records, session, today };

export type Texts = typeof zh;
