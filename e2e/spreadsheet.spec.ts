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

/** Thirty suppliers with a flow from Ireland and France, and sixty of whom nothing is known. */
function mixedList(): string {
  const flows = Array.from(
    { length: 30 },
    (_, i) =>
      `Fernhill Trading ${"ABCDEFGHIJKLMNOPQRSTUVWXYZabcd"[i]}${i} Ltd,${i % 3 ? "IE" : "FR"},processor,Hosting,Name`,
  )
  const suppliers = Array.from({ length: 60 }, (_, i) => `Gravelworks ${i} Ltd,DE,,,`)
  return ["Vendor name,Country,Kind,Purpose,Personal data", ...flows, ...suppliers].join("\n")
}

test("a reviewer looks at an import by counts, sends a part back, and the rest is approved", async () => {
  test.setTimeout(240_000)
  await importer.goto("/imports")
  await importer.setInputFiles("#file", {
    name: "mixed.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(mixedList()),
  })
  await importer.getByRole("button", { name: "Look into the file" }).click()
  await importer.getByRole("button", { name: "Try it: nothing is changed" }).click()
  await importer.getByRole("button", { name: /Make one request of 90 rows/ }).click({ timeout: 30_000 })
  await importer.getByRole("link", { name: "To the request" }).click({ timeout: 30_000 })
  await expect(importer.getByRole("heading", { name: /120 records are proposed/ })).toBeVisible()
  await noBarriers(importer, "import-draft")
  await importer.getByRole("button", { name: "Submit" }).click()
  await expect(importer.getByText("In review").first()).toBeVisible()
  const request = new URL(importer.url()).pathname

  const [procurement, legal, dpo] = deciders as [Page, Page, Page]
  await procurement.goto(request)
  await procurement.getByRole("button", { name: "Approve" }).click()
  await legal.goto(request)
  await expect(legal.getByRole("heading", { name: /120 records are proposed/ })).toBeVisible()
  await noBarriers(legal, "import-review")
  const filters = legal.getByRole("navigation", { name: "Filters" })
  await filters.getByRole("link", { name: /^France/ }).click()
  await expect(legal.getByRole("heading", { name: /20 match the filters/ })).toBeVisible()
  await legal
    .getByRole("link", { name: /Fernhill Trading A0 Ltd/ })
    .first()
    .click()
  await expect(legal.getByRole("heading", { name: "The record, with what came from the same row" })).toBeVisible()
  await noBarriers(legal, "import-review-record")
  await legal.goBack()

  // Ticked on the first page and on the second: turning the page forgets nothing, and says what is ticked elsewhere.
  await legal.goto(request)
  await legal.getByRole("checkbox", { name: "Tick Fernhill Trading A0 Ltd, party", exact: true }).check()
  await legal.getByRole("button", { name: "Next page" }).click()
  await expect(legal.getByText("1 more is ticked on other pages.")).toBeVisible()
  await legal.getByRole("checkbox", { name: /^Tick Gravelworks 0 Ltd, party/ }).check()
  await legal.getByRole("button", { name: "Send back what is ticked" }).click()
  await expect(legal.getByRole("heading", { name: "3 records go back" })).toBeVisible()
  await expect(legal.getByText("1 more goes with them")).toBeVisible()
  await noBarriers(legal, "import-part")
  await legal.getByRole("link", { name: "Back to the request" }).click()

  await filters.getByRole("link", { name: /^France/ }).click()
  await legal.getByRole("button", { name: "Send back the 20 that match" }).click()
  await legal.getByLabel("What should Ines Import do about them?").fill("Ask the French ones for their papers first.")
  await legal.getByRole("button", { name: "Send 20 back" }).click()
  await expect(legal.getByRole("heading", { name: /100 records are proposed/ })).toBeVisible()
  await expect(legal.getByText("sent a part back; revision 2 is what stayed")).toBeVisible()

  for (const page of [procurement, legal, dpo]) {
    await page.goto(request)
    await page
      .getByRole("button", { name: /^(Approve|Agree)$/ })
      .first()
      .click()
    await expect(page.getByRole("button", { name: /^(Approve|Agree)$/ })).toHaveCount(0)
  }
  await expect(dpo.getByText("Approved").first()).toBeVisible()
  await dpo.goto("/parties?q=fernhill")
  await expect(dpo.getByRole("heading", { name: /Parties/ })).toContainText("20")
  await importer.goto("/requests?mine=yes")
  await importer.getByRole("link", { name: "Sent back: Import of mixed.csv", exact: true }).click()
  await expect(importer.getByText("Ask the French ones for their papers first.")).toBeVisible()
  await expect(importer.getByRole("heading", { name: /20 records are proposed/ })).toBeVisible()
  await noBarriers(importer, "import-sent-back")
})

test("no personal data found is proposed for a selection of suppliers at once, by keyboard and ticks", async () => {
  test.setTimeout(240_000)
  const [procurement, legal, dpo] = deciders as [Page, Page, Page]
  await importer.goto("/imports")
  await importer.getByRole("link", { name: "mixed.csv" }).click()
  await expect(importer.getByText("Sent back: Import of mixed.csv")).toBeVisible()
  await noBarriers(importer, "import-done")
  await importer.getByRole("link", { name: "Its suppliers of whom nothing is decided yet" }).click()
  await expect(importer.getByRole("heading", { name: /Parties/ })).toContainText("60")
  await noBarriers(importer, "suppliers")
  const first = importer.getByRole("checkbox", { name: "Tick: Gravelworks 1 Ltd", exact: true })
  await first.focus()
  await importer.keyboard.press("Space")
  await expect(first).toBeChecked()
  await importer.getByRole("button", { name: "Next page" }).click()
  await expect(importer.getByText("1 more is ticked on other pages.")).toBeVisible()
  await importer.getByRole("button", { name: "Propose for what is ticked" }).click()
  await expect(importer.getByRole("heading", { name: /^1 supplier of whom/ })).toBeVisible()
  await importer.goBack()
  await importer.getByRole("button", { name: "Propose for the 60 that match" }).click()
  await expect(importer.getByRole("heading", { name: /^60 suppliers of whom/ })).toBeVisible()
  await noBarriers(importer, "suppliers-chosen")
  await importer.getByLabel("How do you know?").fill("Stone and sand only; the buyers were asked.")
  await importer.getByLabel("Look at it again on").fill("2020-01-01")
  await importer.getByRole("button", { name: "Begin one request for 60 suppliers" }).click()
  await expect(importer.getByText("The day of review lies in the past").first()).toBeVisible()
  await expect(importer.getByLabel("How do you know?")).toHaveValue("Stone and sand only; the buyers were asked.")
  await importer.getByLabel("Look at it again on").fill("2099-01-01")
  await importer.getByRole("button", { name: "Begin one request for 60 suppliers" }).click()
  await expect(importer.getByRole("heading", { name: /60 records are proposed/ })).toBeVisible()
  await importer.getByRole("button", { name: "Submit" }).click()
  await expect(importer.getByText("In review").first()).toBeVisible()
  const request = new URL(importer.url()).pathname
  for (const page of [procurement, legal, dpo]) {
    await page.goto(request)
    const yes = page.getByRole("button", { name: /^(Approve|Agree)$/ }).first()
    if (await yes.count()) await yes.click()
  }
  await dpo.goto("/parties?f.decision=no-personal-data&q=gravelworks")
  await expect(dpo.getByRole("heading", { name: /Parties/ })).toContainText("60")
  await dpo.getByRole("link", { name: "Gravelworks 1 Ltd", exact: true }).click()
  await expect(dpo.getByRole("heading", { name: "Where this came from" })).toBeVisible()
  await dpo.getByRole("region", { name: "Where this came from" }).getByText("3 cells").click()
  await noBarriers(dpo, "imported-record")
})
