import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage } from "./people"

test("the sample company needs no account: a seat by one click, each sees what it may", async ({ browser }) => {
  const page = await freshPage(browser)
  await page.goto("/sample")
  await noBarriers(page, "sample")
  await page.getByRole("button", { name: "Look around as requester" }).click({ timeout: 120_000 })
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible({ timeout: 120_000 })
  await noBarriers(page, "sample-home")
  await page.getByRole("link", { name: "Find a flow that is not covered today, and why" }).click()
  await expect(page.getByRole("heading", { name: /Sharings/ })).toBeVisible()
  await noBarriers(page, "sample-gaps")
  await page.locator("tbody a").first().click()
  await expect(page.getByText("Not covered today").first()).toBeVisible()
  await noBarriers(page, "sample-sharing")
  // A page comes with its title: streamed after it, there would be none for a moment, and a screen reader would speak none.
  const [head = ""] = (await (await page.request.get(page.url())).text()).split("</head>")
  expect(head).toMatch(/<title>[^<]+ · [^<]+<\/title>/)
  await page.goto("/parties")
  await noBarriers(page, "sample-parties")
  await page.getByRole("button", { name: "legal", exact: true }).click()
  await page.goto("/requests")
  await noBarriers(page, "sample-requests")
  await page.goto("/audit/events")
  await noBarriers(page, "sample-log")
  await page.getByRole("button", { name: "administrator", exact: true }).click()
  await expect(page.getByText("You cannot see or decide requests.")).toBeVisible()
  await page.getByRole("button", { name: "Leave the sample" }).click()
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible()
})
