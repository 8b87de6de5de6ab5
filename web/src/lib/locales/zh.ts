import { app } from "./zh/app";
import { common } from "./zh/common";
import { filter } from "./zh/filter";
import { records } from "./zh/records";
import { session } from "./zh/session";

export const zh = { app, common, filter, records, session };

export type Texts = typeof zh;
