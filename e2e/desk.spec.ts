import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { as, fillRecord, freshPage, inSample, throughItsStages } from "./people"

test.describe.configure({ mode: "serial", timeout: 120_000 })

let page: Page

test("a pasted ledger is held against the register, and its strangers begin one request", async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "procurement")
  await page.getByRole("link", { name: "Suppliers", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Suppliers", level: 1 })).toBeVisible()
  await noBarriers(page, "suppliers")
  const known = await page.locator("tbody a[data-row]").first().innerText()
  await page.getByLabel("Name of the list").fill("Ledger of March")
  await page
    .getByLabel("The list", { exact: true })
    .fill(`Vendor name\tVAT No\tCountry\n${known}\nTin Whistle Repairs\tDE811234567\tGermany\nBrass Bell\n`)
  await page.getByRole("button", { name: "Hold it against the register" }).click()
  await expect(page.getByRole("heading", { name: "Ledger of March", level: 1 })).toBeVisible()
  expect(new URL(page.url()).pathname).toMatch(/^\/suppliers\/lists\/rcn_/)
  await expect(page.getByRole("row", { name: new RegExp(known) })).toContainText("by an equal name")
  await expect(page.getByRole("navigation", { name: "Where it landed" })).toContainText("Not in the register 2")
  await noBarriers(page, "supplier-list")
  const list = new URL(page.url()).pathname
  await page.getByRole("checkbox", { name: "Choose Brass Bell" }).check()
  await page.getByRole("button", { name: "Propose the chosen" }).click()
  await expect(page.getByRole("heading", { name: /Suppliers of Ledger of March/ })).toBeVisible()
  await expect(page.getByText("Brass Bell").first()).toBeVisible()
  await expect(page.getByText("Tin Whistle Repairs")).toHaveCount(0)
  await page.goto(list)
  await expect(page.getByRole("row", { name: /Brass Bell/ })).toContainText("Proposed in R-")
  await page.getByRole("button", { name: "Propose all that are not in the register" }).click()
  await expect(page.getByText("Tin Whistle Repairs").first()).toBeVisible()
  await expect(page.locator(".finding.blocking")).toHaveCount(0)
})

test("an answer that is not known yet is chased to its field, and gone once a request answers it", async () => {
  await as(page, "requester", "/requests/new")
  await page.getByLabel("What is it about, in one sentence?").fill("Marble Arch Hosting is taken on")
  await page.getByRole("button", { name: "Begin the request" }).click()
  await expect(page.getByRole("heading", { name: /Marble Arch/ })).toBeVisible()
  const request = new URL(page.url()).pathname
  await page.goto(`${request}/records/new-party`)
  await fillRecord(
    page,
    {
      ...{ legalName: "Marble Arch Hosting Ltd", dataDecision: "undecided" },
      ...{ "country.state": "unknown", "country.asked": "Their sales desk", "country.due": "2026-01-31" },
      "kinds.0.kind": "processor",
    },
    ["kinds"],
  )
  await page.goto("/unknowns")
  await expect(page.getByRole("heading", { name: "In requests of yours that are still open" })).toBeVisible()
  await page.goto(request)
  await throughItsStages(page)
  await as(page, "requester", "/unknowns")
  const line = page.getByRole("row", { name: /Marble Arch Hosting Ltd/ })
  await expect(line).toContainText("Their sales desk")
  await expect(line).toContainText("Overdue")
  await noBarriers(page, "unknowns")
  await line.getByRole("button", { name: /^Answer it: Country, Marble Arch/ }).click()
  await expect(page).toHaveURL(/\/records\/pty_\w+\?at=country$/)
  await expect(page.locator('[name="country.value"]')).toBeFocused()
  await fillRecord(page, { "country.value": "GB", "country.state": "blank" })
  await throughItsStages(page)
  await as(page, "requester", "/unknowns")
  await expect(page.getByRole("heading", { name: "Not known yet", level: 1 })).toBeVisible()
  await expect(page.getByText("Marble Arch Hosting Ltd")).toHaveCount(0)
})

test("what is reviewed again says why then, and what is named is held against what flows", async () => {
  await as(page, "legal", "/reviews")
  await expect(page.getByText(/Looked at on .*, again within 24 months: by /).first()).toBeVisible()
  await noBarriers(page, "reviews")
  await page
    .getByRole("button", { name: /^Do it: Due diligence/ })
    .first()
    .click()
  await expect(page.getByRole("heading", { name: "New assessment" })).toBeVisible()
  await as(page, "legal", "/promises/drift")
  await expect(page.getByRole("heading", { name: "Promise drift" })).toBeVisible()
  await noBarriers(page, "drift")
})
