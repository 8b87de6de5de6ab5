import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { shellWorker, WORKER } from "./shell-worker-plugin";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.TUOKE_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), shellWorker()],
  resolve: { alias: { "@": here("./src") } },
  build: {
    outDir: here("../src/tuoke/static/app"),
    emptyOutDir: true,
    // The content security policy allows scripts of our own origin only: nothing may be inlined as data.
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
      input: { index: here("./index.html"), worker: here("./src/app/offline/shell-worker.ts") },
      // A worker governs the folder it lies in, and is found anew under the same name.
      output: { entryFileNames: ({ name }) => (name === "worker" ? WORKER : "assets/[name]-[hash].js") },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/api": server } },
  test: {
    restoreMocks: true,
    maxWorkers: 2,
    // A page to draw on costs half a second a file: only what draws gets one, or asks for one by a comment at its top.
    projects: [
      {
        extends: true,
        test: { name: "logic", include: ["src/**/*.test.ts"], setupFiles: [here("./src/lib/test-language.ts")] },
      },
      {
        extends: true,
        test: {
          name: "drawn",
          include: ["src/**/*.test.tsx"],
          environment: "jsdom",
          setupFiles: [here("./src/lib/test-language.ts"), here("./src/lib/test-page.ts")],
        },
      },
    ],
  },
});
