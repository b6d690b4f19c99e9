import { defineConfig } from "@playwright/test"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromiumPath } from "./scripts/chromium.mjs"

const data = process.env.ONWARD_E2E_DATA ?? join(tmpdir(), `onward-e2e-${process.pid}`)
process.env.ONWARD_E2E_DATA = data
const port = Number(process.env.ONWARD_E2E_PORT ?? "3217")
const chromium = chromiumPath()

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  globalSetup: "./e2e/start-server.ts",
  use: {
    actionTimeout: 15_000,
    baseURL: `http://127.0.0.1:${port}`,
    // A trace keeps each page before and after each step, all the time: whoever looks for what failed asks for it.
    trace: process.env.ONWARD_E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
})
