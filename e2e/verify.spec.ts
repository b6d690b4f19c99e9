import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, test } from "@playwright/test"
import { unzipSync } from "fflate"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"
import { dataDir } from "./start-server"

test("an inspector opens verify.html from the package, without a network, and reads that it is whole, or what was altered", async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "onward-verify-"))
  const [zip = "", page_ = "", tampered = "", kept = ""] = [
    ...["package.zip", "verify.html", "tampered.zip", "checkpoint.txt"].map((name) => join(folder, name)),
  ]
  const made = spawnSync(
    process.execPath,
    ["dist/onward.mjs", "export", "--sample", "--reasons", "A test goes to nobody.", "--out", zip],
    {
      env: { ...process.env, ONWARD_DATA: dataDir(), DATABASE_URL: "" },
      encoding: "utf8",
    },
  )
  expect(made.status, made.stderr).toBe(0)
  const inside = unzipSync(new Uint8Array(readFileSync(zip)))
  const html = inside["verify.html"] ?? new Uint8Array(0)
  writeFileSync(page_, html)

  // Anybody reads the hash of the page and gets it, without an account; who reads the log prints the letter about its key.
  const portal = await freshPage(browser)
  await portal.goto("/verify")
  await expect(portal.getByText(createHash("sha256").update(html).digest("hex"))).toBeVisible()
  await noBarriers(portal, "verify")
  const saved = await portal.request.get("/verify/verify.html")
  expect(saved.headers()["content-disposition"]).toContain("attachment")
  expect(Buffer.compare(await saved.body(), Buffer.from(html))).toBe(0)
  await inSample(portal, "legal")
  await portal.goto("/audit/key-letter")
  await noBarriers(portal, "key-letter")
  const print = await portal
    .getByText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)
    .first()
    .innerText()

  const context = await browser.newContext({ offline: true })
  const asked: string[] = []
  await context.route(
    (url) => url.protocol !== "file:" && url.protocol !== "blob:",
    (route) => {
      asked.push(route.request().url())
      return route.abort()
    },
  )
  const page = await context.newPage()
  await page.goto(pathToFileURL(page_).href)
  await page.getByLabel("Key print from the letter").fill(print)
  // A checkpoint that somebody kept shows as much of what was rewritten as an older package does.
  writeFileSync(kept, inside["log/checkpoint.txt"] ?? "")
  await page.getByLabel("An older package or checkpoint").setInputFiles(kept)
  await page.getByLabel("The package").setInputFiles(zip)
  await expect(page.getByRole("heading", { name: "Intact" })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(print)).toBeVisible()
  await expect(page.getByText("The key is the one that was given")).toBeVisible()
  await expect(page.getByText(/^The log begins with the \d+ entries that the checkpoint/)).toBeVisible()
  await page.getByLabel("Search by name or any word").fill("nimbus quay")
  await page.getByRole("link", { name: "Nimbus Quay Hosting Ltd", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Nimbus Quay Hosting Ltd" })).toBeVisible()
  for (const part of ["Sharings", "Agreements", "Decisions", "Entries of the log"])
    await expect(page.getByRole("heading", { name: part, exact: true })).toBeVisible()
  await noBarriers(page, "verify-page")

  const bytes = readFileSync(zip)
  const at = bytes.indexOf("Nimbus Quay Hosting Ltd")
  bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(tampered, bytes)
  await page.getByLabel("The package").setInputFiles(tampered)
  await expect(page.getByRole("heading", { name: /^Altered: records\/party\.jsonl: / })).toBeVisible({
    timeout: 60_000,
  })
  expect(asked).toEqual([])
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})
