import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

/** What a supervisor asks: one question after the other, each to print. */
test("a supervisor is answered who receives data, draws a sample, holds a list against the register and reads whole stories", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "supervisor")
  await page.getByRole("link", { name: "Answers", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Answers", level: 1 })).toBeVisible()

  await page.getByRole("link", { name: "Who receives data" }).click()
  await page.getByRole("checkbox", { name: "All of: Contact" }).check()
  await page.getByRole("checkbox", { name: "Registered user" }).check()
  await page.getByRole("button", { name: "Show", exact: true }).last().click()
  await expect(page).toHaveURL(/data=contact/)
  const table = page.getByRole("table", { name: "Recipients" })
  // On a narrow screen the sentence stands in the folded part; here it is seen in its column.
  await expect(
    table
      .getByText(/^(Covered|Not covered) on .*/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  await noBarriers(page, "recipients")
  await page.emulateMedia({ media: "print" })
  await expect(page.getByText(/As the register said on/)).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden()
  if (process.env.ONWARD_SHOTS)
    await page.pdf({ path: `${process.env.ONWARD_SHOTS}/recipients.pdf`, preferCSSPageSize: true })
  await page.emulateMedia({ media: "screen" })

  const party = table.getByRole("rowheader").first().getByRole("link").first()
  const name = await party.innerText()
  await party.click()
  await page.getByRole("link", { name: "The complete story" }).click()
  await expect(page.getByRole("heading", { name: `The complete story of ${name}` })).toBeVisible()
  await noBarriers(page, "party-story")
  if (process.env.ONWARD_SHOTS) {
    await page.emulateMedia({ media: "print" })
    await page.pdf({ path: `${process.env.ONWARD_SHOTS}/story.pdf`, preferCSSPageSize: true })
    await page.emulateMedia({ media: "screen" })
  }
  await page.getByRole("region", { name: "Requests and decisions" }).getByRole("link").last().click()
  await expect(page.getByRole("heading", { name: /History of the decision on R-/ })).toBeVisible()
  await noBarriers(page, "decision-history")

  await page.goto("/audit/answers/sample")
  await page.getByLabel("Seed").fill("a seed")
  await page.getByRole("button", { name: "Draw" }).click()
  await expect(page.getByText("drawn from the seed “a seed”")).toBeVisible()
  await noBarriers(page, "sample-drawn")

  await page.goto("/audit/answers/completeness")
  await page.getByLabel("Names, hosts or lines").fill(`${name}\nNobody Whatsoever Ltd`)
  await page.getByRole("button", { name: "Check them" }).click()
  const result = page.getByRole("region", { name: "Result" }).first()
  await expect(result.getByRole("row", { name: new RegExp(`${name}.*Registered`) })).toBeVisible()
  await expect(result.getByRole("row", { name: /Nobody Whatsoever Ltd.*Unknown/ })).toBeVisible()
  await noBarriers(page, "completeness")
  await page.goto("/audit/answers/roles")
  await expect(page.getByRole("table", { name: "Roles in effect" })).toBeVisible()
  await page.goto("/audit/answers/closed?state=refused")
  await expect(page.getByRole("heading", { name: "Refused requests" })).toBeVisible()
})
