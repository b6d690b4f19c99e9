import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { as, freshPage, inSample, throughItsStages } from "./people"

test.describe.configure({ timeout: 180_000 })

let page: Page

const daysAgo = (n: number): string => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10)

test("a sharing is ended, reads as deletion unproven until the evidence is approved, and no more then", async ({
  browser,
}) => {
  page = await freshPage(browser)
  await inSample(page, "requester")
  await page.goto("/sharings?f.coverage=covered&f.mode=entrust")
  const flow = page.locator("tbody a[data-row]").first()
  const title = await flow.innerText()
  const sharing = (await flow.getAttribute("href")) ?? ""
  await flow.click()
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible()
  await page.getByRole("link", { name: "End it", exact: true }).click()
  await expect(page.getByRole("heading", { name: "End the sharing" })).toBeVisible()
  await noBarriers(page, "ending-form")
  // A day that is none is refused where it was typed, with what was typed.
  await page.getByLabel("Last day of the flow").fill("2026-02-30")
  await page.getByRole("button", { name: "Begin the request" }).click()
  await expect(page.locator("#lastOn-error")).toBeVisible()
  await page.getByLabel("Last day of the flow").fill(daysAgo(2))
  await page.getByRole("button", { name: "Begin the request" }).click()
  await expect(page.getByRole("heading", { name: new RegExp(`End of `) })).toBeVisible()
  await throughItsStages(page)

  await as(page, "requester", sharing)
  const after = page.getByRole("region", { name: "After the end" })
  await expect(after).toContainText("Ended, deletion unproven")
  await expect(after).toContainText("The party deletes or returns the data by")
  await noBarriers(page, "sharing-ended")
  await page.goto("/sharings?f.deletion=unproven")
  await expect(page.getByRole("row", { name: new RegExp(title.slice(0, 20)) }).first()).toContainText(
    "Ended, deletion unproven",
  )
  await page.goto("/reviews?f.kind=deletion")
  await noBarriers(page, "reviews-deletion")
  await page.locator(`a[href="${sharing}/ending"]`).click()
  await expect(page.getByRole("heading", { name: "Evidence of what became of the data" })).toBeVisible()

  await page.getByLabel("Send the file first that proves it").setInputFiles({
    name: "erased.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
  })
  await page.getByRole("button", { name: "Send it" }).click()
  await expect(page).not.toHaveURL(/refused/)
  await page.getByLabel("On which day").fill(daysAgo(2))
  await page.getByLabel("Who confirmed it").fill("Mona of the party")
  await page.getByLabel("What was deleted or returned").fill("All records of our users.")
  await page.getByLabel("File or letter").selectOption({ label: "erased.pdf" })
  await noBarriers(page, "ending-proof")
  await page.getByRole("button", { name: "Begin the request" }).click()
  await expect(page.getByText("Mona of the party").first()).toBeVisible()
  await throughItsStages(page)

  await as(page, "requester", sharing)
  await expect(after).toContainText("Ended, deletion evidenced")
  await expect(after).toContainText("confirmed by Mona of the party")
  await page.goto("/reviews?f.kind=deletion")
  await expect(page.locator(`a[href="${sharing}/ending"]`)).toHaveCount(0)

  // The other desks of what is still to be done, as procurement sees them.
  await as(page, "procurement", "/found-running")
  await expect(page.getByRole("heading", { name: "Found running", level: 1 })).toBeVisible()
  await noBarriers(page, "found-running")
  await page.goto("/parties")
  const party = (await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? ""
  const id = party.split("/").pop() ?? ""
  await page.goto(`/announcements?party=${id}`)
  await page.getByLabel("Who comes").fill("Cloud Below Ltd")
  await page.getByLabel("For what task").fill("Backups")
  await page.getByLabel("In which countries").fill("IE")
  await page.getByLabel("Announced on").fill(daysAgo(1))
  await page.getByLabel("Takes effect on").fill(daysAgo(-40))
  await page.getByRole("button", { name: "Record it" }).click()
  const announced = page.getByRole("region", { name: "New: Cloud Below Ltd" })
  await expect(announced).toContainText("Last day to object")
  // Refused for want of the letter, what was typed stands where it was typed, and what is wrong beside it.
  await announced.getByLabel("Why").fill("Nobody there was looked at.")
  await announced.getByRole("button", { name: "Object" }).click()
  await expect(announced.getByLabel("Why")).toHaveValue("Nobody there was looked at.")
  await expect(announced).toContainText("Whoever objects keeps the letter here: send it first.")
  await noBarriers(page, "announcements")
  await page.goto(`${party}/merge`)
  await noBarriers(page, "merge")
  await page.goto(`/transfers/new?party=${id}`)
  await noBarriers(page, "transfer-new")
})
