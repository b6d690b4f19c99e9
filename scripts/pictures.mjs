// `npm run pictures`: the README's pictures, taken of the sample company in a real browser.
import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "@playwright/test"
import { chromiumPath } from "./chromium.mjs"
import { stopServer } from "./postgres.mjs"

const PORT = "3292"
const origin = `http://127.0.0.1:${PORT}`
const data = mkdtempSync(join(tmpdir(), "onward-pictures-"))
chmodSync(data, 0o711)
const executablePath = chromiumPath()
const env = { ...process.env, ONWARD_DATA: data, PORT, HOST: "127.0.0.1", DATABASE_URL: "", ONWARD_URL: "" }
const server = spawn(process.execPath, ["scripts/start.mjs", "--sample"], { env, stdio: ["ignore", "pipe", "inherit"] })
await new Promise((done) => server.stdout.once("data", done))
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ["--no-sandbox", "--disable-gpu"],
})
try {
  mkdirSync("docs/pictures", { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" })
  await page.goto(`${origin}/sample`)
  await page.getByRole("button", { name: "Look around as legal" }).click()
  await page.getByRole("heading", { name: "Home" }).waitFor()
  const shot = async (name) => page.screenshot({ path: `docs/pictures/${name}.png` })
  await page.goto(`${origin}/sharings?f.coverage=gap`)
  await shot("sharings")
  await page.locator("tbody a").first().click()
  await page.getByRole("heading", { name: "Coverage" }).waitFor()
  await shot("sharing")
  await page.goto(`${origin}/requests`)
  await page
    .getByRole("link", { name: /Copperleaf/ })
    .first()
    .click()
  await page.getByRole("heading", { name: "Who decides" }).waitFor()
  await shot("request")
  await page.goto(`${origin}/findings`)
  await shot("findings")
} finally {
  await browser.close()
  await new Promise((done) => {
    server.once("exit", done)
    server.kill("SIGTERM")
  })
  stopServer({ dataDir: data })
  rmSync(data, { recursive: true, force: true })
}
