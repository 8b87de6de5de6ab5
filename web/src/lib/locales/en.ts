import { app } from "./en/app";
import { common } from "./en/common";
import { session } from "./en/session";
import type { Texts } from "./zh";

export const en: Texts = { app, common, session };
