import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const WORKER = "shell-worker.js";

/** Modules that are loaded late, but without which the shell cannot speak. */
const LATE = [
  "src/lib/locales/zh.ts",
  "src/lib/locales/en.ts",
  "src/app/feedback-holders.tsx",
  "node_modules/antd/locale/zh_CN.js",
  "node_modules/antd/locale/en_GB.js",
  "node_modules/dayjs/locale/zh-cn.js",
];
const BESIDE = ["favicon.svg"];

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

/** Tells the worker which files are the shell of this build, and gives the build a name made from them. */
export function shellWorker(): Plugin {
  return {
    name: "shell-worker",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return this.error(`${WORKER} was not built`);
      const files = shellOf(bundle);
      const version = versionOf(bundle, files, worker.code);
      const told = { version, files: ["/", ...files.map((file) => `/${file}`)] };
      worker.code = worker.code.replaceAll("__SHELL__", JSON.stringify(told));
    },
  };
}

function shellOf(bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
  const found = new Set<string>(BESIDE);
  const take = (name: string) => {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== "chunk") return;
    found.add(name);
    for (const file of chunk.viteMetadata?.importedCss ?? []) found.add(file);
    for (const next of chunk.imports) take(next);
  };
  for (const chunk of chunks.filter(({ isEntry, fileName }) => isEntry && fileName !== WORKER)) take(chunk.fileName);
  for (const late of LATE) {
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id === HERE + late));
    if (!chunk) throw new Error(`${late} is in no chunk: the shell would be without it`);
    take(chunk.fileName);
  }
  for (const font of Object.keys(bundle).filter((name) => name.endsWith(".woff2"))) found.add(font);
  return [...found].sort();
}

/** Another page, another file or another worker is another version; the same sources are the same one. */
function versionOf(bundle: Bundle, files: string[], code: string): string {
  const page = bundle["index.html"];
  const hash = createHash("sha256").update(code).update(files.join());
  if (page?.type === "asset") hash.update(page.source);
  for (const file of BESIDE) hash.update(readFileSync(`${HERE}public/${file}`));
  return hash.digest("hex").slice(0, 12);
}
