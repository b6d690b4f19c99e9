import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"

const files = (project: string): string[] =>
  execFileSync(process.execPath, ["node_modules/vitest/vitest.mjs", "list", "--filesOnly", "--project", project], {
    encoding: "utf8",
  })
    .split("\n")
    .flatMap((line) => /\S+\.test\.ts$/.exec(line.trim())?.[0] ?? [])
    .map((path) => path.replace(`${process.cwd()}/`, ""))

const asksForDatabase = (file: string): boolean => /testing\/database|TEST_OWNER_URL/.test(readFileSync(file, "utf8"))

test("whoever asks for a database runs on both servers, and nothing else does", () => {
  const [apart, both] = [files("apart"), files("integration")]
  expect(apart.length).toBeGreaterThan(5)
  expect(apart.filter(asksForDatabase)).toEqual([])
  expect(both.filter((file) => !asksForDatabase(file))).toEqual([])
})
