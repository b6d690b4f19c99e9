import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test("the DPO reads the board, opens what is not evidenced, takes it, and begins the request that mends it", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "dpo")
  await page.getByRole("link", { name: "Promises", exact: true }).click()
  await expect(page.getByText(/Privacy statement: \d+ clauses are not evidenced/)).toBeVisible()
  await expect(page.getByRole("link", { name: /\d+ answers? (is|are) not known yet/ })).toHaveAttribute(
    "href",
    /unknowns/,
  )
  await noBarriers(page, "promise-board")
  // On paper the board stands alone: what is clicked is not printed.
  await page.emulateMedia({ media: "print" })
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden()
  await expect(page.getByText(/Privacy statement: \d+ clauses are not evidenced/)).toBeVisible()
  await expect(page.getByRole("table").first()).toBeVisible()
  await page.emulateMedia({ media: "screen" })
  await page.getByRole("link", { name: /^GDPR/ }).click()
  await expect(page.getByText(/^GDPR: /)).toBeVisible()
  await page
    .getByRole("link", { name: /^Privacy statement/ })
    .first()
    .click()
  await page.getByRole("link", { name: "A signed paper" }).click()
  await expect(page.getByText(/Not evidenced for \d+/)).toBeVisible()
  await noBarriers(page, "promise-clause")
  await page.getByText("I see to it", { exact: true }).first().click()
  await page.getByLabel("By which day").first().fill("2099-01-31")
  await page.getByRole("button", { name: "Take it" }).first().click()
  await expect(page.getByText(/sees to it by 31 Jan 2099/)).toBeVisible()
  await page.goto("/findings?f.owner=nobody")
  await noBarriers(page, "findings")
  await page.goto("/promises/S-III.A-2")
  await page
    .getByRole("button", { name: /^Mend by a request: S-III.A-2/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/requests\/req_.*\/records\//)
  await page.goto("/promises/packs/gdpr")
  await expect(page.getByRole("heading", { name: "GDPR", exact: true })).toBeVisible()
  await noBarriers(page, "promise-pack")
})

test("what the board said last month is asked today, and nothing can be taken there", async ({ browser }) => {
  const page = await freshPage(browser)
  await inSample(page, "dpo")
  await page.goto("/promises?as-of=2026-06-30")
  await expect(page.getByText(/on 30 Jun 2026/).first()).toBeVisible()
  await page.goto("/promises/S-III.A-2?as-of=2026-06-30")
  await expect(page.getByText("I see to it")).toHaveCount(0)
  const csv = await page.request.get("/api/v1/promises.csv?pack=statement&as-of=2026-06-30")
  expect(await csv.text()).toContain("S-III.A-2")
})
