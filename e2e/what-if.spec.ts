import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ mode: "serial" })

let page: Page

test("what if the adequacy decision for a country falls on 1 March: the flows, and the drafts that mend them", async ({
  browser,
}) => {
  page = await freshPage(browser)
  await inSample(page, "legal")
  await page.getByRole("link", { name: "What if", exact: true }).click()
  await expect(page.getByRole("heading", { name: "What if", level: 1 })).toBeVisible()
  await noBarriers(page, "what-if")
  await page.getByLabel("Country", { exact: true }).selectOption({ label: "Japan" })
  await page.getByLabel("From which day").fill("2027-03-01")
  await page.getByRole("button", { name: "Show what would happen" }).click()
  await expect(
    page.getByRole("heading", { name: "What if Japan loses adequacy under EU law on 1 Mar 2027?" }),
  ).toBeVisible()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
    "/what-if/loses-adequacy/JP?regime=EU&on=2027-03-01",
  )
  await expect(page.getByText(/\d+ sharings? of 1 company would stand uncovered from 1 Mar 2027/)).toBeVisible()
  const table = page.getByRole("region", { name: "Sharings that would stand uncovered" })
  await expect(table.getByText("no transfer mechanism held for Japan (EU)").first()).toBeVisible()
  await expect(
    table.getByText(/For Japan name .*EU clauses 2021\/914: by what is in the register it would hold/).first(),
  ).toBeVisible()
  await noBarriers(page, "what-if-result")
  await page.getByRole("radio", { name: "company" }).check()
  await page.getByRole("button", { name: "Draft the requests" }).click()
  await expect(page.getByRole("heading", { name: /Japan loses adequacy.*Lumora Cameras Ltd/ })).toBeVisible()
  await expect(page.getByText("Draft", { exact: true }).first()).toBeVisible()
  await noBarriers(page, "what-if-draft")
})

test("a scenario is kept, opened by somebody else by its address, and compared", async ({ browser }) => {
  await page.goto("/what-if/loses-adequacy/JP?regime=EU&on=2027-03-01")
  await page.getByLabel("Name", { exact: true }).fill("Japan falls")
  await page.getByRole("button", { name: "Keep it" }).click()
  await expect(page.getByText("Japan falls")).toBeVisible()
  const address = new URL(page.url()).pathname
  expect(address).toMatch(/^\/what-if\/saved\/scn_/)
  await page.goto("/what-if/loses-adequacy/GB?regime=EU&on=2027-03-01")
  await page.getByLabel("Name", { exact: true }).fill("Britain falls")
  await page.getByRole("button", { name: "Keep it" }).click()
  await page.goto("/what-if")
  await page.getByLabel("with this one").selectOption({ label: "Japan falls" })
  await page.getByRole("button", { name: "Compare", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Two scenarios side by side" })).toBeVisible()
  await noBarriers(page, "what-if-compare")
  const other = await freshPage(browser)
  await inSample(other, "dpo")
  await other.goto(address)
  await expect(other.getByRole("heading", { name: /What if Japan loses adequacy/ })).toBeVisible()
  const csv = await other.request.get(`/api/v1/what-if/result?saved=${address.split("/").pop()}&format=csv`)
  expect(await csv.text()).toContain("uncovered")
})

test("from a party and from its paper, and by a form that asks for another day than there is", async () => {
  await page.goto("/agreements")
  await page.locator("tbody a").first().click()
  await page.getByRole("link", { name: "What if it ends" }).click()
  await expect(page.getByRole("heading", { name: "An agreement ends" })).toBeVisible()
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(1)
  await page.getByLabel("From which day").fill("2027-03-01")
  await page.getByRole("button", { name: "Show what would happen" }).click()
  await expect(page.getByRole("heading", { name: /What if “.*” ends on 1 Mar 2027\?/ })).toBeVisible()
  await page.getByRole("link", { name: "Suppose something else" }).click()
  await expect(page.getByLabel("From which day")).toHaveValue("2027-03-01")
  await page.goto("/what-if?kind=party-moves&q=tokyo")
  await noBarriers(page, "what-if-party")
})

test("a pack as data is worked out in the background, and the page may be left meanwhile", async () => {
  await page.goto("/what-if?kind=pack-next")
  await noBarriers(page, "what-if-pack")
  await page.getByLabel("The pack, as JSON").fill("{}")
  await page.getByLabel("From which day").fill("2027-03-01")
  await page.getByRole("button", { name: "Show what would happen" }).click()
  // By its id: the framework keeps an empty alert of its own, once the page runs script.
  await expect(page.locator("#refused")).toBeVisible()
  await expect(page.getByLabel("The pack, as JSON")).toHaveValue("{}")
  const clause = {
    ...{ id: "OWN-1", title: "Every party is audited each year", duty: "Audit.", remedy: "Audit it." },
    ...{
      severity: "warning",
      bitesOn: "approval",
      check: "partyAudited",
      params: { kinds: ["processor", "partner"], months: 1 },
    },
    ...{ effectiveFrom: "2020-01-01", effectiveTo: null, source: "our own", certainty: "ours" },
  }
  const scope = { regimes: null, entities: null, products: null, subjects: null }
  const pack = { pack: "own", version: "1", publishedAt: "2027-01-01T00:00:00.000Z", scope, clauses: [clause] }
  await page.getByLabel("The pack, as JSON").fill(JSON.stringify(pack))
  await page.getByRole("button", { name: "Show what would happen" }).click()
  await expect(page).toHaveURL(/\/what-if\/runs\/run_/)
  await expect(page.getByText(/sharings? that it can touch/)).toBeVisible({ timeout: 120_000 })
  await noBarriers(page, "what-if-run")
})
