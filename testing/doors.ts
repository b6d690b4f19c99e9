import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { closeDb, type Db } from "@/db/connect"
import type { TestDatabase } from "./database"
import { TEST_KEY } from "./keys"

/** Where the pages of a test are said to be. */
export const OURS = "http://127.0.0.1:3000"

const TOLD = ["ONWARD_APP_URL", "ONWARD_FILES", "ONWARD_FILE_KEYS", "NEXTAUTH_URL", "NEXTAUTH_SECRET"] as const

/** Lets the routes of this process stand on the test's database, told by the environment as `npm start` does; gives the folder of its files. */
export function openDoors(on: TestDatabase): string {
  const files = mkdtempSync(join(tmpdir(), "onward-doors-"))
  const told: Record<(typeof TOLD)[number], string> = {
    ONWARD_APP_URL: on.appUrl,
    ONWARD_FILES: files,
    ONWARD_FILE_KEYS: TEST_KEY,
    NEXTAUTH_URL: OURS,
    NEXTAUTH_SECRET: "a secret for these tests alone, long enough",
  }
  Object.assign(process.env, told)
  return files
}

/** Closes what the routes opened, and takes back what they were told: other files of tests run in the same process. */
export async function shutDoors(): Promise<void> {
  for (const name of TOLD) delete process.env[name]
  // Where app/wiring.ts keeps it.
  const { onwardBehind } = globalThis as typeof globalThis & { onwardBehind?: Map<string, { db: Db }> }
  for (const { db } of onwardBehind?.values() ?? []) await closeDb(db)
  onwardBehind?.clear()
}
