import { expect, test } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test("a supervisor asks about a record, the company answers, and what was looked at is sealed", async ({ browser }) => {
  const supervisor = await freshPage(browser)
  await inSample(supervisor, "supervisor")
  await expect(supervisor.getByText(/^Read only: .*Looks are logged\.$/)).toBeVisible()
  await supervisor.goto("/sharings")
  await supervisor.locator("table.list tbody th a").first().click()
  await supervisor.getByLabel("Ask the company").fill("Why do you keep this for so long?")
  await supervisor.getByRole("button", { name: "Ask", exact: true }).click()
  await expect(supervisor.getByText("Why do you keep this for so long?")).toBeVisible()
  await noBarriers(supervisor, "question")

  const dpo = await freshPage(browser)
  await inSample(dpo, "dpo")
  await dpo.getByRole("link", { name: /question of a supervisor waits/ }).click()
  await dpo.getByRole("link", { name: "Why do you keep this for so long?" }).click()
  await dpo.getByLabel("Answer", { exact: true }).fill("The contract asks for it.")
  await dpo.getByRole("button", { name: "Answer", exact: true }).click()
  await expect(dpo.getByText("The contract asks for it.")).toBeVisible()

  await supervisor.reload()
  await expect(supervisor.getByText("The contract asks for it.")).toBeVisible()
  await supervisor.emulateMedia({ media: "print" })
  await expect(supervisor.getByText(/^Seen by .* within all companies$/)).toBeVisible()
  await supervisor.emulateMedia({ media: "screen" })
  await supervisor.goto("/audit/changed?since=2020-01-01")
  await noBarriers(supervisor, "changed")
  await dpo.goto("/audit/looks")
  await noBarriers(dpo, "looks")
  await expect(dpo.getByText("Sealed", { exact: true }).first()).toBeVisible()
  await dpo.goto("/audit/questions")
  await noBarriers(dpo, "questions")
})
