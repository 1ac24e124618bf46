import { defineConfig } from "vitest/config";

/** `unit` is pure and quick, `system` runs real daemons and children, `editor` a real VS Code in a browser; `bench` measures there. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{daemon,extension,language-server,project}/**/*.test.ts"],
          // Far more than any needs: properties are tried on thousands of inputs, also where much else runs.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "system",
          include: ["test/{system,conformance}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          // Daemons and children wait most of the time, for their delays and for each other.
          maxWorkers: 3,
          // Two live daemons race their own children, and the real one answers some races either way.
          retry: 2,
        },
      },
      {
        test: {
          name: "editor",
          include: ["test/editor/**/*.test.ts"],
          exclude: ["**/node_modules/**"],
          globalSetup: "test/editor/harness/vsix.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000 } },
          // An editor waits most of the time, for pages, programs and its own delays.
          maxWorkers: 2,
          // An editor that has just started sometimes misses a click or a task of its own.
          retry: 1,
        },
      },
      {
        // Figures from the real editor: `npm run bench:editor`.
        test: {
          name: "bench",
          include: ["test/editor/bench/*.bench.ts"],
          globalSetup: "test/editor/harness/vsix.ts",
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
