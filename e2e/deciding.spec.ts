import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample, send } from "./people"
import { typedParty } from "../testing/bodies"

test.describe.configure({ timeout: 150_000 })

const NAME = "Marlin Freight Ltd"

test("a comment on a field, changes asked for, an edit that keeps and one that withdraws, and a yes with a condition", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const { id = "" } = await send(page, "/api/v1/requests", { title: `${NAME} is taken on` })
  const body = typedParty({ legalName: NAME })
  const put = (over: object, recordId?: string) =>
    send(page, `/api/v1/requests/${id}/proposals`, {
      ...{ kind: "party", op: "create", body: { ...body, ...over } },
      ...(recordId ? { recordId } : {}),
    })
  const { recordId = "" } = await put({})
  await send(page, `/api/v1/requests/${id}/submissions`, {})

  // The DPO speaks of a field, by keys: j goes to the first field, Enter opens it, Ctrl+Enter sends; then agrees.
  await inSample(page, "dpo")
  await page.goto(`/requests/${id}`)
  const first = page.getByRole("link", { name: "Comment on “Legal name”" })
  await expect(async () => {
    await page.keyboard.press("j")
    await expect(first).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press("Enter")
  await page.getByLabel("What you say about “Legal name”").fill("Is that the registered name?")
  await noBarriers(page, "deciding-field")
  await expect(async () => {
    await page.getByLabel("What you say about “Legal name”").press("Control+Enter")
    await expect(page.getByRole("group", { name: "Comments on “Legal name”" })).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(page.getByRole("region", { name: "Conversation" })).toContainText("said of “Legal name” of Marlin")
  await page.getByRole("button", { name: "Agree", exact: true }).click()
  await expect(page.getByRole("region", { name: "Who decides" })).toContainText("agreed")

  await inSample(page, "procurement")
  await page.goto(`/requests/${id}`)
  await page.getByLabel("Reason", { exact: true }).fill("Who is the contact?")
  await page.getByRole("button", { name: "Ask for changes" }).click()
  await expect(page.getByText("Changes asked for").first()).toBeVisible()

  // An immaterial edit keeps what the DPO said; a material one withdraws it and says why.
  await inSample(page, "requester")
  await put({ contacts: [] }, recordId)
  await send(page, `/api/v1/requests/${id}/submissions`, {})
  await page.goto(`/requests/${id}`)
  const strip = page.getByRole("region", { name: "Who decides" })
  await expect(strip).toContainText("Kept from revision 1. What changed since is not material: Contacts")
  await page.getByRole("group", { name: "Comments on “Legal name”" }).getByRole("button", { name: "Settle" }).click()
  await expect(page.getByText("Settled: Is that the registered name?")).toBeVisible()
  await page.getByRole("button", { name: "Take back into the draft" }).click()
  await put({ contacts: [], country: { state: "known", value: "FR" } }, recordId)
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(strip).toContainText("Withdrawn with revision 3: “Country” changed (party)")
  await expect(strip.locator("del")).toContainText("agreed")
  await noBarriers(page, "deciding-withdrawn")

  // A yes with a condition, on a phone: who does it, by when; its owner says it is met, somebody else confirms.
  await inSample(page, "procurement")
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/requests/${id}`)
  await page.getByRole("link", { name: "Go to the decision" }).click()
  await page.getByText("With conditions", { exact: true }).click()
  const line = page.getByRole("group", { name: "Condition 1" })
  await line.getByLabel("What is to be done").fill("Send the certificate.")
  const owner = line.getByLabel("Who does it")
  await owner.selectOption({ index: 1 })
  await line.getByLabel("By which day").fill("2099-12-31")
  await page.getByRole("button", { name: "Decide with these conditions" }).click()
  const conditions = page.getByRole("region", { name: "Conditions" })
  await expect(conditions).toContainText("Send the certificate.")
  await expect(conditions).toContainText("by 31 Dec 2099")
  await noBarriers(page, "deciding-conditions")

  // What the material edit withdrew is asked anew, and only with it anything is in force.
  const state = async () => (await (await page.request.get(`/api/v1/requests/${id}`)).json()).request.state as string
  expect(await state()).toBe("in-review")
  await inSample(page, "dpo")
  await page.goto(`/requests/${id}`)
  await page.getByRole("button", { name: "Agree", exact: true }).click()
  await expect.poll(state).toBe("approved")
})
