import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { PASSWORD, entered, fillRecord, freshPage } from "./people"
import { setUpLink } from "./start-server"

test.describe.configure({ mode: "serial" })

let administrator: Page
let requester: Page
let procurement: Page
let legal: Page
let dpo: Page
let request = ""

test("first run: the printed link makes the first administrator, once", async ({ browser }) => {
  administrator = await freshPage(browser)
  await administrator.goto(setUpLink())
  await noBarriers(administrator, "set-up")
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill("short")
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("alert").filter({ hasText: "15 characters" })).toBeVisible()
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill(PASSWORD)
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("heading", { name: "The register is yours" })).toBeVisible()
  await noBarriers(administrator, "welcome")
  const second = await freshPage(browser)
  await second.goto(setUpLink())
  await expect(second.getByText("This link was used already, or is over.")).toBeVisible()
})

test("the administrator adds the first company and lets four people in", async ({ browser }) => {
  await administrator.getByRole("link", { name: "Start our register" }).click()
  await expect(administrator.getByRole("heading", { name: "Companies", level: 1 })).toBeVisible()
  await noBarriers(administrator, "entities")
  await administrator.getByLabel("Legal name").fill("Lumen Cameras GmbH")
  await administrator.getByLabel(/^Country/).fill("DE")
  await administrator.getByLabel("Time zone").fill("Europe/Berlin")
  await administrator.getByRole("checkbox", { name: "EU" }).check()
  await administrator.getByRole("button", { name: "Save the company" }).click()
  await expect(administrator.getByText("Lumen Cameras GmbH").first()).toBeVisible()
  requester = await entered(browser, administrator, "Rina Request", "rina@example.test", ["requester"])
  procurement = await entered(browser, administrator, "Paul Purchase", "paul@example.test", ["procurement"])
  legal = await entered(browser, administrator, "Lena Law", "lena@example.test", ["legal"])
  dpo = await entered(browser, administrator, "Dora Officer", "dora@example.test", ["DPO"])
  await administrator.goto("/admin/people")
  await noBarriers(administrator, "people")
  await noBarriers(requester, "home-requester")
})

test("a requester proposes a party, and says what it is about", async () => {
  await requester.getByRole("link", { name: "New request" }).first().click()
  await requester.getByLabel("What is it about, in one sentence?").fill("Parcels to customers by Fleet Parcel")
  await noBarriers(requester, "request-new")
  await requester.getByRole("button", { name: "Begin the request" }).click()
  await expect(requester.getByRole("heading", { name: /R-\d+ Parcels to customers/ })).toBeVisible()
  request = new URL(requester.url()).pathname
  await requester.goto(`${request}/records/new-party`)
  await noBarriers(requester, "party-form")
  await fillRecord(requester, { legalName: "" })
  await expect(requester.locator("#legalName-error")).toBeVisible()
  await fillRecord(
    requester,
    {
      legalName: "Fleet Parcel B.V.",
      "country.value": "NL",
      "kinds.0.kind": "Business partner",
      "subKind.value": "Logistics and delivery",
      dataDecision: "receives-data",
    },
    ["kinds"],
  )
  await expect(requester.getByText("Fleet Parcel B.V.").first()).toBeVisible()
  await noBarriers(requester, "request-draft")
  await requester.getByRole("button", { name: "Submit" }).click()
  await expect(requester.getByText("In review").first()).toBeVisible()
})

test("nobody decides on their own request, and three others decide; then it is in force at once", async () => {
  await expect(requester.getByRole("button", { name: "Approve" })).toHaveCount(0)
  for (const page of [procurement, dpo, legal]) {
    await page.goto(request)
    const yes = page.getByRole("button", { name: /^(Approve|Agree)$/ })
    if ((await yes.count()) === 0) continue
    await noBarriers(page, `request-decide-${page === dpo ? "advises" : "decides"}`)
    await yes.first().click()
  }
  await procurement.goto("/parties")
  await expect(procurement.getByRole("link", { name: "Fleet Parcel B.V." })).toBeVisible()
  await noBarriers(procurement, "parties")
  await procurement.getByRole("link", { name: "Fleet Parcel B.V." }).click()
  await expect(procurement.getByRole("heading", { name: "Fleet Parcel B.V." })).toBeVisible()
  await noBarriers(procurement, "party")
})

test("the log shows every step to those who may read it", async () => {
  await legal.goto("/audit/events")
  await noBarriers(legal, "log")
  await expect(legal.getByText("Fleet Parcel B.V.").first()).toBeVisible()
})
