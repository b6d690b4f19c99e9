import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ timeout: 180_000 })

let page: Page

/** The same visitor in another seat of the sample company. */
async function as(role: string, path: string): Promise<void> {
  await page.getByRole("button", { name: role, exact: true }).click()
  await page.goto(path)
}

test("an agreement is renewed from the desk: what hangs on it first, one request, and its next term afterwards", async ({
  browser,
}) => {
  page = await freshPage(browser)
  await inSample(page, "requester")
  await page.goto("/renewals")
  await expect(page.getByRole("heading", { name: "Renewals", level: 1 })).toBeVisible()
  await expect(page.getByRole("heading", { name: "Load by month" })).toBeVisible()
  await noBarriers(page, "renewals")

  // One that ends of itself: its end, not yet passed, is followed by a term that a request makes.
  await page.goto("/renewals?f.kind=ends&f.when=later,next-30,next-90")
  const line = page
    .locator("tbody tr")
    .filter({ has: page.getByRole("link", { name: /^Decide about/ }) })
    .first()
  const title = await line.locator("a[data-row]").innerText()
  const before = await line.locator("time").getAttribute("datetime")
  await line.getByRole("link", { name: /^Decide about/ }).click()
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible()
  await expect(page.getByRole("heading", { name: "Without it" })).toBeVisible()
  const id = new URL(page.url()).pathname.split("/").pop() ?? ""
  await noBarriers(page, "renewal")
  await page.getByRole("button", { name: "Renew it" }).click()
  await expect(page.getByRole("heading", { name: new RegExp(`Renew `) })).toBeVisible()
  await expect(page.getByText("Last day").first()).toBeVisible()
  const request = new URL(page.url()).pathname
  await page.goto(`/renewals/${id}`)
  await expect(page.getByText("Requests about it are under way:")).toBeVisible()
  await page.goto(request)
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(page.getByText("In review").first()).toBeVisible()
  await as("procurement", request)
  await page.getByRole("button", { name: "Approve" }).click()
  await expect(page.getByText("Approved").first()).toBeVisible()

  await page.goto(`/agreements/${id}`)
  const term = page.getByRole("region", { name: "Its term" })
  const year = Number(before?.slice(0, 4)) + 1
  await expect(term).toContainText(String(year))
  await expect(page.getByRole("columnheader", { name: "Clauses that stand on it" })).toBeVisible()
  // One way leads to what becomes of it.
  const ways = page.getByRole("main").getByRole("link", { name: /^Renew/ })
  await expect(ways).toHaveText(["Renew or let lapse"])
  expect(await ways.getAttribute("href")).toBe(`/renewals/${id}`)
  await noBarriers(page, "agreement-life")
  await term.getByRole("link", { name: "Write a letter" }).click()
  await expect(page.getByRole("textbox", { name: "The letter" })).toHaveValue(/We give notice/)
  await noBarriers(page, "letters")
  const [pdf] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Take it as PDF" }).click(),
  ])
  expect(pdf.suggestedFilename()).toMatch(/^letter-termination-.*\.pdf$/)
})
