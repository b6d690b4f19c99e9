import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ mode: "serial" })

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "legal")
})

test("a sharing with a gap is found among the longest, and its gap is read in the picture and in the table", async () => {
  await page.getByRole("link", { name: "Coverage", exact: true }).click()
  await expect(page.getByRole("heading", { name: /Gaps in coverage/ })).toBeVisible()
  await noBarriers(page, "coverage")
  await page.goto("/coverage")
  const first = page.getByRole("list", { name: "Sharings with a gap, the longest first" }).getByRole("link").first()
  const title = await first.innerText()
  await first.click()
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible()
  const section = page.getByRole("region", { name: "Coverage", exact: true })
  const picture = section.getByRole("img", { name: /coverage from .* Not covered/ })
  await expect(picture).toBeVisible()
  await expect(picture.getByText("Papers")).toBeVisible()
  const gap = await section
    .getByRole("listitem")
    .filter({ hasText: "Not covered" })
    .filter({ hasText: ":" })
    .first()
    .innerText()
  await noBarriers(page, "sharing-picture")
  await page.emulateMedia({ media: "print" })
  await expect(picture).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden()
  await page.emulateMedia({ media: "screen" })
  await section.getByRole("link", { name: "Table", exact: true }).click()
  await expect(page).toHaveURL(/show=table/)
  const row = section.getByRole("row").filter({ hasText: "Gap 1:" })
  await expect(row).toContainText("Not covered")
  const [, cause = ""] = /: (.+)\.$/.exec(gap) ?? []
  expect(cause).not.toBe("")
  await expect(row).toContainText(cause)
  await noBarriers(page, "sharing-table")
})

test("a cause narrows the list of gaps", async () => {
  await page.goto("/coverage?f.cause=paper.processing")
  await expect(page.getByRole("link", { name: "What is missing: Processing clauses" })).toBeVisible()
  await expect(page.getByText("Processing clauses").nth(2)).toBeVisible()
})

test("a stroke of the flow picture is reached by key and leads to exactly its sharings", async () => {
  await page.goto("/destinations")
  await expect(page.getByRole("table", { name: "From company to party" })).toBeVisible()
  await noBarriers(page, "destinations-table")
  await page.goto("/destinations?f.coverage=gap")
  await page.getByRole("link", { name: "Flow", exact: true }).click()
  await expect(page).toHaveURL(/show=flow.*f\.coverage=gap/)
  await noBarriers(page, "destinations-flow")
  const stroke = page
    .getByRole("group", { name: /Flows from company/ })
    .getByRole("link")
    .first()
  const words = (await stroke.getAttribute("aria-label")) ?? ""
  const count = Number(/: (\d+) sharing/.exec(words)?.[1])
  expect(count).toBeGreaterThan(0)
  await stroke.focus()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: `Sharings ${count}` })).toBeVisible()
  expect(new URL(page.url()).searchParams.get("f.coverage")).toBe("gap")
  await expect(page.locator("tbody tr")).toHaveCount(Math.min(count, 50))
})

test("a party shows its sharings over time and where its data go", async () => {
  await page.goto("/coverage")
  await page.getByRole("list", { name: "Sharings with a gap, the longest first" }).getByRole("link").first().click()
  await page.getByRole("main").locator('a[href^="/parties/"]').first().click()
  await expect(page.getByRole("heading", { name: "Where the data go" })).toBeVisible()
  await noBarriers(page, "party-pictures")
  await page.getByRole("link", { name: /All over time: \d+ sharing/ }).click()
  await expect(page.getByRole("heading", { name: /^Coverage of / })).toBeVisible()
  await noBarriers(page, "party-coverage")
  await page.getByRole("link", { name: "Table", exact: true }).click()
  await expect(page.getByRole("columnheader", { name: "Not covered, and why" })).toBeVisible()
  await noBarriers(page, "party-coverage-table")
})
