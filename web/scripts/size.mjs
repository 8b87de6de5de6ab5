// The shell, what a first visit must load before anything is drawn, stays under its budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 270;
const root = join(import.meta.dirname, "../../src/tuoke/static/app");
const manifest = JSON.parse(readFileSync(join(root, ".vite/manifest.json"), "utf8"));

const gzipped = (file) => gzipSync(readFileSync(join(root, file))).length / 1024;

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const entry = "index.html";
// One language's texts are asked for by name, but nothing is drawn without them.
const texts = closure("src/lib/locales/zh.ts");
const shell = [...new Set([...closure(entry), ...texts])].reduce((sum, key) => sum + gzipped(manifest[key].file), 0);
for (const { file } of Object.values(manifest).filter((chunk) => chunk.file.endsWith(".js"))) {
  if (gzipped(file) > 20) console.log(`${gzipped(file).toFixed(0).padStart(5)} KB  ${file}`);
}
console.log(`shell: ${shell.toFixed(0)} KB gzip of ${BUDGET_KB}`);
process.exit(shell > BUDGET_KB ? 1 : 0);
