import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { entered, freshPage, PASSWORD, signedIn } from "./people"
import { mailsGot } from "./start-server"

test.describe.configure({ mode: "serial" })

const NEW = "another kettle of ninety fish"
let ada: Page
let bo: Page
let lola: Page

const signIn = async (page: Page, password: string): Promise<void> => {
  await page.getByLabel("E-mail address").fill("lola@example.test")
  await page.getByLabel("Password").fill(password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
}

test("a new password for a lawyer takes a link of one administrator and a code of another", async ({ browser }) => {
  ada = await signedIn(browser, "ada@example.test")
  bo = await entered(browser, ada, "Bo Second", "bo@example.test", ["administrator"])
  lola = await entered(browser, ada, "Lola Law", "lola@example.test", ["legal"])
  await bo.goto("/admin/people")
  await bo.getByRole("button", { name: /Confirm legal for Lola Law/ }).click()

  await ada.goto("/admin/people")
  await ada.getByRole("button", { name: /New password link for Lola Law/ }).click()
  await expect(ada.getByText("only with the code that another administrator is given")).toBeVisible()
  const link = await ada.locator("code", { hasText: "/invitation/" }).innerText()
  await expect(ada.getByRole("button", { name: "Confirm new password for Lola Law" })).toHaveCount(0)
  await expect(ada.getByText("New password asked for by Ada Admin")).toBeVisible()

  await bo.goto("/admin/people")
  await noBarriers(bo, "people-reset-waits")
  await bo.getByRole("button", { name: "Confirm new password for Lola Law" }).click()
  await expect(bo.getByText("Give this code to the person yourself")).toBeVisible()
  await noBarriers(bo, "people-code")
  const code = await bo.locator(".notice code").innerText()

  lola = await freshPage(browser)
  await lola.goto(new URL(link).pathname)
  await noBarriers(lola, "invitation-with-code")
  await lola.getByLabel("Code of the second administrator").fill("a guess")
  await lola.getByLabel("Password").fill(NEW)
  await lola.getByRole("button", { name: "Set the password" }).click()
  await expect(lola.getByText("That is not the code of the second administrator")).toBeVisible()
  await lola.getByLabel("Code of the second administrator").fill(code)
  await lola.getByLabel("Password").fill(NEW)
  await lola.getByRole("button", { name: "Set the password" }).click()
  await signIn(lola, NEW)
})

test("whose password was set anew is told by whom, on every page, until they say it was them", async () => {
  for (const path of ["/", "/parties"]) {
    await lola.goto(path)
    await expect(lola.getByText("Ada Admin made the link. Bo Second confirmed it.")).toBeVisible()
  }
  await noBarriers(lola, "told-of-reset")
  await lola.getByRole("button", { name: "It was me" }).click()
  await expect(lola.getByText("Ada Admin made the link")).toHaveCount(0)
  expect(new URL(lola.url()).pathname).toBe("/parties")
})

test("one changes one's own password, and is told what is wrong with it", async () => {
  await lola.goto("/account")
  await noBarriers(lola, "account-password")
  const change = async (old: string, password: string): Promise<void> => {
    await lola.getByLabel("Password until now").fill(old)
    await lola.getByLabel("New password").fill(password)
    await lola.getByRole("button", { name: "Change the password" }).click()
  }
  await change("not the one at all", PASSWORD)
  await expect(lola.getByText("That is not your password.").first()).toBeVisible()
  await change(NEW, "short")
  await expect(lola.getByRole("alert").filter({ hasText: "15 characters" })).toBeVisible()
  await change(NEW, PASSWORD)
  await expect(lola.getByText("Your password is changed.")).toBeVisible()
})

test("who had which role is asked for any day", async () => {
  await ada.goto("/admin/people")
  await ada.getByRole("link", { name: "Who had which role, on any day" }).click()
  await expect(ada.getByRole("row", { name: /Lola Law.*legal.*In effect, confirmed.*Bo Second/ })).toBeVisible()
  await noBarriers(ada, "roles")
  await ada.getByLabel("On a day or at an instant").fill("2001-01-01")
  await ada.getByRole("button", { name: "Show", exact: true }).click()
  await expect(ada.getByText("Nobody had a role.")).toBeVisible()
  await expect(ada.getByText("The register begins on")).toBeVisible()
  await noBarriers(ada, "roles-then")
})

test("what waits was mailed once to whoever may decide it, the outbox says so, and the link opens the page", async ({
  browser,
}) => {
  // What waits is told alone, or with what else came within half a minute.
  const asking = () => mailsGot().filter((mail) => mail.to[0] === "paul@example.test")
  const paul = await signedIn(browser, "paul@example.test")
  // What happens within half a minute is told together: then it goes out.
  // Of what he was mailed other stories have decided some meanwhile; one at least still waits for him.
  const opened = async (): Promise<number> => {
    const links = asking().flatMap((mail) => mail.text?.match(/http:\/\/\S+\/requests\/req_[0-9a-z]+/g) ?? [])
    for (const link of new Set(links.reverse())) {
      await paul.goto(link)
      if (await paul.getByRole("button", { name: "Approve" }).count()) return 1
    }
    return 0
  }
  await expect.poll(opened, { timeout: 60_000 }).toBe(1)
  const names = mailsGot().map((mail) => mail.headers["message-id"])
  expect(new Set(names).size).toBe(names.length)
  await ada.goto("/")
  await ada.getByRole("navigation").getByRole("link", { name: "Mail", exact: true }).click()
  // Other stories decided what waited for him before a mail of it went out: of those nothing was left to tell.
  await expect(ada.getByRole("row", { name: /Paul Purchase.*Handed over/ }).first()).toBeVisible()
  await noBarriers(ada, "mail")
  await ada.goto("/admin/entities")
  await noBarriers(ada, "escalation")
})
