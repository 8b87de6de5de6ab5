import { app } from "./zh/app";
import { common } from "./zh/common";
import { session } from "./zh/session";

export const zh = { app, common, session };

export type Texts = typeof zh;
