import { admin } from "./en/admin";
import { app } from "./en/app";
import { common } from "./en/common";
import { filter } from "./en/filter";
import { people } from "./en/people";
import { records } from "./en/records";
import { session } from "./en/session";
import { today } from "./en/today";
import type { Texts } from "./zh";

export const en: Texts = { admin, app, common, filter, people, records, session, today };
