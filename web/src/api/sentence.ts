import i18next from "i18next";
import { ApiError, Unreachable } from "./errors";

/** What went wrong, as a sentence in the language of the screen. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.detail || i18next.t("common.failed");
  if (error instanceof Unreachable) return i18next.t("common.offline");
  return i18next.t("common.unexpected");
}
