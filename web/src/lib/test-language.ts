import { beforeAll } from "vitest";
import { loadTexts } from "./i18n";

beforeAll(() => loadTexts("zh"));
