import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage } from "./people"

test.describe.configure({ mode: "serial" })

let page: Page

test.beforeAll(async ({ browser }) => {
  // Alone, this is the first visit: it tells the sample's two years through the same doors.
  test.setTimeout(180_000)
  page = await freshPage(browser)
  await page.goto("/sample")
  await page.getByRole("button", { name: "Look around as requester" }).click({ timeout: 150_000 })
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible({ timeout: 150_000 })
})

test("what may not be seen is answered like what does not exist: in the frame, with status 404, without script", async ({
  browser,
}) => {
  const cookies = await page.context().cookies()
  const bare = await browser.newContext({ javaScriptEnabled: false })
  await bare.addCookies(cookies)
  const still = await bare.newPage()
  const said: string[] = []
  for (const address of ["/audit/refusals", "/parties/pty_00000000000000000000000000", "/nowhere/at/all"]) {
    const answer = await still.goto(address)
    expect(answer?.status(), address).toBe(404)
    await expect(still.getByRole("navigation", { name: "Main" }), address).toBeVisible()
    said.push(await still.getByRole("main").innerText())
  }
  expect(new Set(said).size).toBe(1)
  expect(said[0]).toContain("There is nothing here that you may read")
  await still.getByRole("link", { name: "Go to what needs you" }).click()
  await expect(still.getByRole("heading", { name: "Home" })).toBeVisible()
  await bare.close()
  await page.goto("/nowhere")
  await noBarriers(page, "missing")
})

test("an address of the API that is not there is said in plain words to a machine", async () => {
  const answer = await page.request.get("/api/v1/nowhere")
  expect(answer.status()).toBe(404)
  expect(answer.headers()["content-type"]).toContain("application/problem+json")
  expect(((await answer.json()) as { title: string }).title).toContain("There is no such address here.")
})
