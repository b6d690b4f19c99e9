import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { enter, keys, tabTo, type } from "./keys"
import { freshPage, inSample, send } from "./people"
import { typedParty } from "../testing/bodies"

test.describe.configure({ timeout: 200_000 })

const NAME = "Kestrel Couriers Ltd"

test("by keys alone: a request is reviewed, a field commented on and settled, changes asked for, and a yes given with a condition", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const { id = "" } = await send(page, "/api/v1/requests", { title: `${NAME} is taken on` })
  const proposal = { kind: "party", op: "create", body: typedParty({ legalName: NAME }) }
  await send(page, `/api/v1/requests/${id}/proposals`, proposal)
  await send(page, `/api/v1/requests/${id}/submissions`, {})

  await inSample(page, "procurement")
  await page.goto(`/requests/${id}`)
  const field = page.getByRole("link", { name: "Comment on “Legal name”" })
  await keys(page, ["j"], () => expect(field).toBeFocused({ timeout: 500 }))
  await page.keyboard.press("Enter")
  await type(page, page.getByLabel("What you say about “Legal name”"), "Is that the registered name?")
  const thread = page.getByRole("group", { name: "Comments on “Legal name”" })
  await keys(page, ["Control+Enter"], () => expect(thread).toBeVisible({ timeout: 3_000 }))
  await enter(page, thread.getByRole("button", { name: "Settle" }))
  await expect(page.getByText("Settled: Is that the registered name?")).toBeVisible()
  await type(page, page.getByLabel("Reason", { exact: true }), "Who is the contact?")
  await enter(page, page.getByRole("button", { name: "Ask for changes" }))
  await expect(page.getByText("Changes asked for").first()).toBeVisible()

  await inSample(page, "requester")
  await send(page, `/api/v1/requests/${id}/submissions`, {})
  await inSample(page, "procurement")
  await page.goto(`/requests/${id}`)
  await enter(page, page.locator("summary", { hasText: "With conditions" }))
  const line = page.getByRole("group", { name: "Condition 1" })
  await type(page, line.getByLabel("What is to be done"), "Send the certificate.")
  await type(page, line.getByLabel("Who does it"), "Pet")
  await expect(line.getByLabel("Who does it")).not.toHaveValue("")
  await type(page, line.getByLabel("By which day"), "2099-12-31")
  await enter(page, page.getByRole("button", { name: "Decide with these conditions" }))
  const conditions = page.getByRole("region", { name: "Conditions" })
  await expect(conditions).toContainText("Petra")

  // Its owner lays a file beside the words; the button is reached by Tab as well.
  const meet = conditions.getByLabel("What meets it, and where that can be seen")
  await type(page, meet, "It is laid here.")
  await conditions
    .getByLabel("A file that shows it (optional)")
    .setInputFiles({ name: "certificate.txt", mimeType: "text/plain", buffer: Buffer.from("ISO 27001, until 2027") })
  await enter(page, conditions.getByRole("button", { name: "Say that it is met" }))
  await expect(conditions.getByRole("link", { name: "certificate.txt" })).toBeVisible()
  await expect(conditions).toContainText("Said to be met")
  await noBarriers(page, "reviewing-condition")
})

test("what a request touches is drawn before and after, with its table, and what the public list would say", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "legal")
  await page.goto("/requests")
  await page.getByRole("link", { name: "Take on Harvest Moon Surveys Ltd", exact: true }).click()
  const cover = page.getByRole("region", { name: "Coverage before and after" })
  await expect(cover).toContainText("If approved: Covered")
  await expect(cover.getByRole("img", { name: /If approved/ })).toBeVisible()
  await cover.getByText("Table", { exact: true }).first().click()
  await expect(cover.getByRole("table", { name: /if approved/ })).toContainText("Ground")
  const list = page.getByRole("region", { name: "On the public list of recipients" })
  await expect(list).toContainText("Harvest Moon Surveys Ltd")
  await expect(list).toContainText("Comes onto the list")
  await noBarriers(page, "reviewing-touched")
  await tabTo(page, page.getByRole("button", { name: "Approve", exact: true }))
})
