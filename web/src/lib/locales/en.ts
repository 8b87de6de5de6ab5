import { app } from "./en/app";
import { common } from "./en/common";
import { filter } from "./en/filter";
import { records } from "./en/records";
import { session } from "./en/session";
import { today } from "./en/today";
import type { Texts } from "./zh";

export const en: Texts = { app, common, filter, records, session, today };
