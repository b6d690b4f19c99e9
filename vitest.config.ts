import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

// What runs a process, a parser or a socket of its own and no database: once, not on each server (scripts/apart.test.ts holds the list).
const APART = [
  "adapters/files/secrets.test.ts",
  "adapters/outbound/**/*.test.ts",
  "adapters/pdf-text/**/*.test.ts",
  "adapters/pdf/**/*.test.ts",
  "adapters/scan/**/*.test.ts",
  "adapters/sign-on/**/*.test.ts",
  "adapters/signatures/**/*.test.ts",
  "app/in-frame.test.ts",
  "app/multipart.test.ts",
  "app/requests/new/step-words.test.ts",
  "cli/signatures.test.ts",
  "usecases/exports/sorted.test.ts",
  "usecases/requests/in-turn.test.ts",
]
/**
 * What is told on the embedded server alone: the sample company lives nowhere else (foundation 24), and the terminal's stories, a process for
 * each word, ask nothing of the database that their use cases are not asked on both.
 */
const EMBEDDED = ["usecases/sample/sample.test.ts", "cli/cli.test.ts"]
const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") }

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: [
            "domain/**/*.test.ts",
            "formats/**/*.test.ts",
            "components/**/*.test.ts",
            "scripts/**/*.test.ts",
            "testing/**/*.test.ts",
            "verifier/**/*.test.ts",
          ],
          testTimeout: 20_000,
          maxWorkers: 2,
          // Pure functions leave nothing behind: the modules of one file serve the next, in half the time.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "apart",
          include: APART,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: [
            "usecases/**/*.test.ts",
            "app/**/*.test.ts",
            "db/**/*.test.ts",
            "adapters/**/*.test.ts",
            "cli/**/*.test.ts",
          ],
          exclude: process.env.ONWARD_TEST_PG === "15" ? [...APART, ...EMBEDDED] : APART,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Each file has a database of its own and leaves nothing else behind: the modules of one serve the next.
          isolate: false,
        },
      },
    ],
  },
})
