// Checks the walls between the rooms. A cruiser that saw nothing is a failure, not a success.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const LEAST_MODULES = 20;
const rules = createRequire(import.meta.url)("../.dependency-cruiser.cjs");

const { output } = await cruise(
  ["src"],
  { ruleSet: { forbidden: rules.forbidden }, ...rules.options, validate: true },
  undefined,
  { tsConfig: extractTSConfig("tsconfig.json") },
);
const { totalCruised, violations } = output.summary;
const own = output.modules.filter((module) => module.source.startsWith("src/")).length;

for (const { rule, from, to, cycle } of violations) {
  console.error(`${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(" → ") : to}`);
}
console.log(`walls: ${own} modules of ours, ${totalCruised} in all, ${violations.length} broken`);
const { version } = JSON.parse(await readFile("node_modules/typescript/package.json", "utf8"));
if (own < LEAST_MODULES) {
  console.error(`Only ${own} modules were looked at (TypeScript ${version}): the check itself is broken.`);
  process.exit(1);
}
process.exit(violations.length ? 1 : 0);
