module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "features-do-not-meet",
      comment: "What two features share moves down; where they meet is app/.",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/", pathNot: "^src/features/$1/" },
    },
    {
      name: "downwards-only",
      severity: "error",
      from: { path: "^src/(features|widgets|ui|api|lib)/" },
      to: { path: "^src/app/" },
    },
    {
      name: "widgets-know-no-feature",
      severity: "error",
      from: { path: "^src/(widgets|ui|api|lib)/" },
      to: { path: "^src/features/" },
    },
    {
      name: "ui-knows-no-domain",
      severity: "error",
      from: { path: "^src/(ui|lib)/" },
      to: { path: "^src/(api|widgets)/" },
    },
    {
      name: "api-draws-nothing",
      severity: "error",
      from: { path: "^src/(api|lib)/" },
      to: { path: "^src/(ui|widgets)/" },
    },
    { name: "lib-stands-alone", severity: "error", from: { path: "^src/lib/" }, to: { path: "^src/(?!lib/)" } },
    { name: "no-missing", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: "(\\.d\\.ts|widgets/fields/.*\\.tsx|\\.test\\.tsx?|test-setup\\.ts|shell-worker\\.ts)$" }, to: {} },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "module", "default"] },
    exclude: { path: "\\.css$" },
  },
};
