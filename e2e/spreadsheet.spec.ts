import { expect, test, type Page } from "@playwright/test"
import { madeTable, tableAsCsv } from "../testing/import-table"
import { madeVendor, madeVendorList } from "../testing/vendor-list"
import { noBarriers } from "./axe"
import { entered, signedIn } from "./people"

test.describe.configure({ mode: "serial" })

let importer: Page
let deciders: Page[] = []

test("a list is looked into, tried and told row by row; nothing is changed by that", async ({ browser }) => {
  const administrator = await signedIn(browser, "ada@example.test")
  importer = await entered(browser, administrator, "Ines Import", "ines@example.test", ["procurement"])
  await importer.goto("/imports")
  await noBarriers(importer, "imports")
  await importer.setInputFiles("#file", {
    name: "suppliers.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(tableAsCsv(madeTable(60, 5))),
  })
  await importer.getByRole("button", { name: "Look into the file" }).click()
  await expect(importer.getByRole("heading", { name: "suppliers.csv" })).toBeVisible()
  await expect(importer.getByLabel("What Vendor name means")).toHaveValue("legalName")
  await noBarriers(importer, "import-columns")
  await importer.getByRole("button", { name: "Try it: nothing is changed" }).click()
  await expect(importer.getByText("60 rows were read")).toBeVisible({ timeout: 30_000 })
  await expect(importer.getByText(/55 can be taken/)).toBeVisible()
  await noBarriers(importer, "import-tried")
  const download = importer.waitForEvent("download")
  await importer.getByRole("link", { name: "These rows with their reasons (CSV)" }).click()
  expect((await download).suggestedFilename()).toBe("rows-to-mend.csv")
})

test("an advertising vendor list becomes one request; approved, its parties are in force, its sharings found running", async ({
  browser,
}) => {
  const vendors = Array.from({ length: 40 }, (_, i) => madeVendor(i + 1))
  await importer.goto("/imports")
  await importer.setInputFiles("#file", {
    name: "vendors.json",
    mimeType: "application/json",
    buffer: Buffer.from(madeVendorList(vendors)),
  })
  await importer.getByRole("button", { name: "Look into the file" }).click()
  await importer.getByRole("button", { name: "Try it: nothing is changed" }).click()
  await importer.getByRole("button", { name: /Make one request of 40 rows/ }).click({ timeout: 30_000 })
  await importer.getByRole("link", { name: "To the request" }).click({ timeout: 30_000 })
  await importer.getByRole("button", { name: "Submit" }).click()
  await expect(importer.getByText("In review").first()).toBeVisible()
  const request = new URL(importer.url()).pathname
  deciders = []
  for (const email of ["paul@example.test", "lena@example.test", "dora@example.test"])
    deciders.push(await signedIn(browser, email))
  for (const page of deciders) {
    await page.goto(request)
    await page
      .getByRole("button", { name: /^(Approve|Agree)$/ })
      .first()
      .click()
    await expect(page.getByRole("button", { name: /^(Approve|Agree)$/ })).toHaveCount(0)
  }
  const [someone] = deciders as [Page]
  await expect(someone.getByText(/Approved|In review/).first()).toBeVisible()
  await someone.goto("/parties?q=invented+ads")
  await expect(someone.getByRole("heading", { name: /Parties/ })).toContainText("40")
  await someone.goto("/sharings?f.standing=discovered")
  await expect(someone.getByRole("heading", { name: /Sharings/ })).toContainText("40")
  await noBarriers(someone, "sharings-discovered")
  await someone.goto("/findings")
  await expect(someone.locator(".finding.blocking").first()).toBeVisible()
})
