import { expect, test } from "@playwright/test"
import { paperPdf } from "../testing/paper"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ timeout: 120_000 })

test("a folder of papers is matched to agreements, confirmed, and becomes one request", async ({ browser }) => {
  const page = await freshPage(browser)
  await inSample(page, "procurement")
  await page.goto("/agreements")
  await page.locator("tbody a[data-row]").filter({ hasText: "Confidentiality agreement with" }).first().click()
  const reference = (
    await page
      .getByText(/^LUM-\d{4}-\w{4}$/)
      .first()
      .innerText()
  ).trim()
  await page.goto("/agreements")
  await page.getByRole("link", { name: "Match a folder of papers" }).click()
  await expect(page.getByRole("heading", { name: "Match a folder of papers" })).toBeVisible()
  await noBarriers(page, "folders")
  const pdf = "application/pdf"
  await page.locator("#folder-files").setInputFiles([
    { name: `${reference} countersigned.pdf`, mimeType: pdf, buffer: await paperPdf([`Agreement no. ${reference}`]) },
    { name: "minutes.pdf", mimeType: pdf, buffer: await paperPdf(["Minutes of nothing in particular"]) },
    { name: "list.pdf", mimeType: pdf, buffer: Buffer.from("this is no PDF at all") },
  ])
  await page.getByRole("button", { name: "Send", exact: true }).click()
  await expect(page.getByRole("heading", { name: /^Folder of / })).toBeVisible()
  // The worker reads them; the page goes on by itself.
  await expect(page.getByText("All files are read.")).toBeVisible({ timeout: 60_000 })
  const lines = page.getByRole("region", { name: "Files and agreements" })
  const card = lines.getByRole("listitem").filter({ hasText: "countersigned" }).first()
  await expect(card).toContainText("Sure")
  await expect(card).toContainText(`Its number ${reference} stands in the file's name`)
  await expect(lines.getByRole("listitem").filter({ hasText: "minutes.pdf" }).first()).toContainText("Nothing found")
  await expect(lines.getByRole("listitem").filter({ hasText: "list.pdf" }).first()).toContainText("Not taken")
  await noBarriers(page, "folder")

  // Another agreement is found by a search, and the file set aside all the same.
  await page.getByRole("link", { name: "Choose another: minutes.pdf" }).click()
  await page.getByLabel("Search agreements").fill("agreement")
  await page.getByRole("button", { name: "Search", exact: true }).click()
  await expect(page.getByRole("button", { name: /^Confirm: .* for minutes\.pdf$/ }).first()).toBeVisible()
  await noBarriers(page, "folder-line")
  await page.getByRole("link", { name: "Back to the folder" }).click()
  await page.getByRole("button", { name: "Set aside: minutes.pdf" }).click()
  await expect(page.getByRole("button", { name: "Open again: minutes.pdf" })).toBeVisible()

  await page.getByRole("button", { name: "Confirm all 1 sure ones" }).click()
  await expect(page.getByRole("button", { name: "Make one request of 1 confirmed file" })).toBeVisible()
  const folder = new URL(page.url()).pathname
  await page.getByRole("button", { name: "Make one request of 1 confirmed file" }).click()
  await expect(page.getByRole("heading", { name: "Papers attached to agreements" })).toBeVisible()
  await page.goto(`${folder}?view=proposed`)
  await expect(page.getByRole("link", { name: "See the request" })).toBeVisible()
})

test("a redacted copy is looked at, made, and taken from the agreement's page", async ({ browser }) => {
  const page = await freshPage(browser)
  await inSample(page, "legal")
  await page.goto("/agreements")
  await page.locator("tbody a[data-row]").first().click()
  const copies = page.getByRole("region", { name: "Redacted copies for outsiders" })
  await copies
    .getByRole("link", { name: /^Make a redacted copy of / })
    .first()
    .click()
  await expect(page.getByRole("heading", { name: /^Make a redacted copy of / })).toBeVisible()
  await page.getByRole("button", { name: "Make the copy" }).click()
  await expect(page.locator("#withheld-error")).toContainText("Choose at least one page")
  await page.getByLabel("Page 2", { exact: true }).selectOption("price")
  await page.getByLabel("Further words for page 2").fill("clause 9")
  await noBarriers(page, "redaction")
  const preview = page.waitForEvent("download")
  await page.getByRole("button", { name: "Preview (PDF)" }).click()
  expect((await preview).suggestedFilename()).toBe("preview.pdf")
  await page.getByRole("button", { name: "Make the copy" }).click()
  await expect(copies).toContainText(/1 withheld of \d+, by .* \(legal counsel\)/)
  await expect(copies).toContainText("Page 2: Prices and terms (clause 9)")
  await noBarriers(page, "redacted")
  const href =
    (await copies
      .getByRole("link", { name: /^Take redacted-/ })
      .first()
      .getAttribute("href")) ?? ""
  const taken = await page.request.get(href)
  expect(taken.ok()).toBe(true)
  expect((await taken.body()).subarray(0, 5).toString()).toBe("%PDF-")
})
