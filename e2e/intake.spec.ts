import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ timeout: 120_000 })

const answer = (page: Page, id: string) => page.locator(`[id="q.${id}"]`)
/** What every question may be answered with besides: that one is not sure, or that the supplier says. */
async function instead(page: Page, id: string, what: string): Promise<void> {
  await answer(page, id)
    .getByText(/ot sure, or for the supplier to say/)
    .click()
  await page.locator(`[id="q.${id}.as"]`).selectOption({ label: what })
}
const go = (page: Page) => page.getByRole("button", { name: "Continue", exact: true }).last().click()
/** The server's answer once it has kept this answer too; the page says "Saved" from the first, of what was saved before. */
const keptOf = (page: Page, name: string, value: string) =>
  page.waitForResponse(
    (got) =>
      got.request().method() === "POST" &&
      got.url().endsWith("/answers") &&
      new URLSearchParams(got.request().postData() ?? "").get(name) === value &&
      got.ok(),
  )
const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: /^Saved \d/ })).toBeVisible()

test("a requester files a complete request for a new supplier, closes the page in the middle, comes back and submits", async ({
  browser,
}) => {
  let page = await freshPage(browser)
  await inSample(page, "requester")
  await page.getByRole("link", { name: "New request" }).first().click()
  await expect(page.getByRole("heading", { name: "Ask for something", level: 1 })).toBeVisible()
  await page.getByLabel("Which of these purposes is it?").selectOption({ label: "Hosting and delivery network" })
  await page.getByRole("button", { name: "Look", exact: true }).click()
  await expect(page.getByText(/approved flows? (is|are) for this purpose/)).toBeVisible()
  await expect(page.getByRole("link", { name: "Use this one" }).first()).toBeVisible()
  await noBarriers(page, "intake-start")
  await page.goto("/requests/new")
  await page.getByRole("radio", { name: /^Use a new supplier/ }).check()
  await page.getByRole("button", { name: "Begin", exact: true }).click()
  await expect(page.getByRole("heading", { name: "What is it?", level: 1 })).toBeVisible()
  const here = new URL(page.url()).pathname
  await page.getByLabel("Name, web address, registration number or LEI").fill("Lanternfish Calls")
  await page.getByRole("button", { name: "Find", exact: true }).click()
  await expect(page.getByText("Nothing like it is in the register.")).toBeVisible()
  await expect(page.getByLabel("Legal name")).toHaveValue("Lanternfish Calls")
  await page.getByLabel("Which of our companies sends the data?").selectOption({ index: 1 })
  await page
    .getByLabel("In one sentence, what for?", { exact: true })
    .fill("Answers calls of customers in the evening.")
  await page.getByLabel("By when is it needed?", { exact: true }).fill("2030-01-31")
  await answer(page, "1.4b").getByRole("checkbox", { name: "After-sales and technical support" }).check()
  // The last of these answers: the second tab is to begin from what holds them all.
  const all = keptOf(page, "q.1.5", "no")
  await answer(page, "1.5").getByRole("radio", { name: "No" }).check()
  await all
  await saved(page)
  await noBarriers(page, "intake-what")
  // A second tab is told, and nothing of the first is overwritten.
  const second = await page.context().newPage()
  // It is typed into before its script is there, and that is saved all the same.
  let letIn = (): void => undefined
  const script = new Promise<void>((resolve) => (letIn = resolve))
  await second.route(/\/_next\/static\/.*\.js/, async (route) => script.then(() => route.continue()))
  await second.goto(`${here}?step=1`, { waitUntil: "commit" })
  await second.getByLabel("In one sentence, what for?", { exact: true }).fill("Answers calls of customers at night.")
  const kept = keptOf(second, "q.1.4", "Answers calls of customers at night.")
  letIn()
  await kept
  await page.getByLabel("In one sentence, what for?", { exact: true }).fill("Answers calls in the morning.")
  await expect(page.getByText("Saved meanwhile in another tab or browser.", { exact: false })).toBeVisible()
  await page.getByRole("button", { name: "Look at both" }).click()
  await expect(page.getByText("Saved meanwhile: Answers calls of customers at night.")).toBeVisible()
  await expect(page.getByLabel("In one sentence, what for?", { exact: true })).toHaveValue(
    "Answers calls in the morning.",
  )
  const context = page.context()
  await second.close()
  await page.close({ runBeforeUnload: false })
  page = await context.newPage()
  await page.goto("/requests/new")
  await page.getByRole("link", { name: "Use a new supplier: Lanternfish Calls" }).click()
  await expect(page.getByLabel("In one sentence, what for?", { exact: true })).toHaveValue(
    "Answers calls of customers at night.",
  )
  await go(page)
  await expect(page.getByRole("heading", { name: "Is personal data involved?", level: 1 })).toBeVisible()
  await answer(page, "2.1").getByRole("radio", { name: "Yes", exact: true }).check()
  await go(page)
  await expect(page.getByRole("heading", { name: "Which data, and whose?", level: 1 })).toBeVisible()
  await answer(page, "3.1").getByRole("checkbox", { name: "Customer" }).check()
  await answer(page, "3.2").getByRole("checkbox", { name: "Name", exact: true }).check()
  await answer(page, "3.2").getByRole("checkbox", { name: "Phone number" }).check()
  // What the answer brings along appears beneath it, with a first sentence to change.
  const why = page.getByLabel("After-sales and technical support: Name, Phone number")
  await expect(why).toHaveValue(/^Without names and ways to reach people they could not/)
  await why.fill("They call customers back by name; without the number they could not.")
  const less = page.getByLabel("Why would less not do?", { exact: true })
  await expect(less).toHaveValue(/^With less data, or data of fewer people, they could not help/)
  await less.fill("A number alone would not do: they greet people by name.")
  await answer(page, "3.4").getByRole("radio", { name: "Up to 10,000" }).check()
  await answer(page, "3.4a").getByRole("radio", { name: "Continuous" }).check()
  await page.getByLabel("How does it get to them?", { exact: true }).selectOption({ label: "Access to our system" })
  await answer(page, "3.2")
    .getByText(/^Why we ask/)
    .click()
  await expect(page.getByText("As little as the purpose needs.").first()).toBeVisible()
  await saved(page)
  await noBarriers(page, "intake-data")
  await go(page)
  await answer(page, "4.1").getByRole("radio", { name: "Only for us, as we instruct" }).check()
  await page.getByLabel("What kind of partner are they?", { exact: true }).selectOption({ index: 6 })
  await go(page)
  await page.getByLabel("In which countries is it stored?", { exact: true }).fill("Ireland")
  await instead(page, "6.1a", "Ask the supplier")
  await go(page)
  await instead(page, "9.1", "Until further notice")
  await page.getByLabel("How long do they keep the data?", { exact: true }).selectOption({ label: "90 days" })
  await go(page)
  await expect(page.getByRole("heading", { name: "Check", level: 1 })).toBeVisible()
  const missing = page.getByRole("region", { name: "Still needed" })
  await expect(missing.getByRole("heading", { name: "Asked from the supplier" })).toBeVisible()
  await expect(missing).toContainText("Which paper will cover it?")
  await noBarriers(page, "intake-check")
  await page.getByRole("button", { name: "Make the request" }).click()
  await expect(page.getByRole("heading", { name: /Use Lanternfish Calls/ })).toBeVisible()
  await page.getByText("What was answered").click()
  await expect(page.getByText("They call customers back by name", { exact: false }).first()).toBeVisible()
  await expect(page.getByText("A number alone would not do", { exact: false }).first()).toBeVisible()
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(page.getByText("In review").first()).toBeVisible()
  await noBarriers(page, "intake-submitted")
})

test("what runs already is recorded as found running, without script, and reads as no permission", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await inSample(page, "requester")
  await page.goto("/requests/new?begin=running")
  await page.getByRole("button", { name: "Begin", exact: true }).click()
  await page.getByLabel("Legal name").fill("Shadow Forms SA")
  await page.getByLabel("Which of our companies sends the data?").selectOption({ index: 1 })
  await page.getByLabel("In one sentence, what for?", { exact: true }).fill("Holds sign-up lists of events.")
  await answer(page, "1.4b").getByRole("checkbox", { name: "Marketing messages" }).check()
  await page.getByLabel("Since when is it running?", { exact: true }).fill("2999-01-01")
  await page.getByLabel("How was it found?", { exact: true }).fill("In a bill.")
  await page.getByLabel("Who allowed it?", { exact: true }).fill("The events team")
  await go(page)
  await expect(page.getByRole("link", { name: /Since when is it running\?: This day lies after today/ })).toBeVisible()
  await expect(page.getByLabel("How was it found?", { exact: true })).toHaveValue("In a bill.")
  await page.getByLabel("Since when is it running?", { exact: true }).fill("2025-03-01")
  await go(page)
  await answer(page, "3.1").getByRole("checkbox", { name: "Customer" }).check()
  await answer(page, "3.2").getByRole("checkbox", { name: "E-mail address" }).check()
  await go(page)
  await answer(page, "4.1").getByRole("radio", { name: "Only for us, as we instruct" }).check()
  await go(page)
  await go(page)
  await page.getByRole("button", { name: "Prepare the record" }).click()
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(page.getByText("Recorded").first()).toBeVisible()
  await page.goto("/found-running/units")
  await expect(page.getByRole("heading", { name: "Found running, by company", level: 1 })).toBeVisible()
  await expect(page.getByText(/flows? runs? without approval/)).toBeVisible()
})
