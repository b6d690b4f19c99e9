import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { signedIn } from "./people"

test.describe.configure({ mode: "serial" })

let ada: Page
let dora: Page

test("an administrator proposes other stage rules having seen what they change, and a DPO approves them", async ({
  browser,
}) => {
  ada = await signedIn(browser, "ada@example.test")
  dora = await signedIn(browser, "dora@example.test")
  await ada.goto("/admin/stages")
  await expect(ada.getByText("The table that Onward ships holds")).toBeVisible()
  await noBarriers(ada, "stage-rules")
  const high = ada.getByRole("group", { name: "An assessment with high risk" })
  await high.getByRole("checkbox", { name: "Legal", exact: true }).uncheck()
  await ada.getByRole("button", { name: "Show what would change" }).click()
  await expect(ada.getByText("A second lawyer needs a first")).toBeVisible()
  await expect(ada.getByRole("button", { name: "Propose these rules" })).toHaveCount(0)
  await high.getByRole("checkbox", { name: "Legal", exact: true }).check()
  await high.getByRole("checkbox", { name: "Procurement" }).check()
  await ada.getByRole("button", { name: "Show what would change" }).click()
  const changes = ada.getByRole("table", { name: "What changes" })
  await expect(changes.getByRole("row", { name: /An assessment with high risk.*Procurement/ })).toBeVisible()
  await noBarriers(ada, "stage-rules-tried")
  await ada.getByLabel("Why").fill("Buyers hear of high risk")
  await ada.getByRole("button", { name: "Propose these rules" }).click()
  await expect(ada.getByRole("heading", { name: /Version 2, proposed by/ })).toBeVisible()
  await expect(ada.getByRole("button", { name: "Approve version 2" })).toHaveCount(0)

  await dora.goto("/admin/stages")
  await noBarriers(dora, "stage-rules-waiting")
  await dora.getByRole("button", { name: "Approve version 2" }).click()
  await expect(dora.getByText(/^Version 2 holds since/)).toBeVisible()
  await expect(dora.getByRole("row", { name: /Buyers hear of high risk.*Approved by Dora Officer/ })).toBeVisible()
  await dora.goto("/admin/stages?as-of=2020-01-01")
  await expect(dora.getByText("The table that Onward ships holds")).toBeVisible()
})

test("an administrator says when a company works, and a bad line is told by its number", async () => {
  await ada.goto("/admin/entities")
  await ada.locator("table a").first().click()
  await ada.getByLabel("Holidays").fill("2026-12-25 Christmas Day\n2026-02-30 No such day")
  await ada.getByRole("button", { name: "Save when it works" }).click()
  await expect(ada.getByText("Line 2: It does not begin with a day")).toBeVisible()
  await expect(ada.getByLabel("Holidays")).toHaveValue(/No such day/)
  await ada.getByLabel("Holidays").fill("2026-12-25 Christmas Day")
  await ada.getByRole("button", { name: "Save when it works" }).click()
  await expect(ada.getByText("Version 1 of them holds")).toBeVisible()
  await noBarriers(ada, "calendar")
  await dora.goto("/requests/times")
  await expect(dora.getByRole("heading", { name: "How long stages take" })).toBeVisible()
  await noBarriers(dora, "stage-times")
})
