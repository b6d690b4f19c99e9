import { expect, test, type Browser, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { setUpLink } from "./start-server"

test.describe.configure({ mode: "serial" })

const PASSWORD = "harbour kettle ninety moss"
let administrator: Page

/** A page of its own, with nobody signed in. */
async function freshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

/** Invites a person from the people page and lets them enter by their link; gives their signed-in page. */
async function entered(browser: Browser, name: string, email: string, roles: string[]): Promise<Page> {
  await administrator.goto("/admin/people")
  const form = administrator.getByRole("form", { name: "Invite somebody" })
  await form.getByLabel("Your name").or(form.getByLabel("Name")).fill(name)
  await form.getByLabel("E-mail address").fill(email)
  for (const role of roles) await form.getByRole("checkbox", { name: role }).check()
  await form.getByRole("button", { name: "Invite" }).click()
  const link = await administrator
    .getByTestId("one-time-link")
    .or(administrator.locator("code", { hasText: "/invitation/" }))
    .first()
    .innerText()
  const page = await freshPage(browser)
  await page.goto(new URL(link, "http://127.0.0.1").pathname)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Set the password" }).click()
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
  return page
}

test("first run: the printed link makes the first administrator, once", async ({ browser }) => {
  administrator = await freshPage(browser)
  await administrator.goto(setUpLink())
  await noBarriers(administrator, "set-up")
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill("short")
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("alert").filter({ hasText: "15 characters" })).toBeVisible()
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill(PASSWORD)
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("heading", { name: "The register is yours" })).toBeVisible()
  await noBarriers(administrator, "welcome")
  const second = await freshPage(browser)
  await second.goto(setUpLink())
  await expect(second.getByText("This link was used already, or is over.")).toBeVisible()
})

test("the administrator adds the first company", async () => {
  await administrator.getByRole("link", { name: "Start our register" }).click()
  await noBarriers(administrator, "entities")
  await administrator.getByLabel("Legal name").fill("Lumen Cameras GmbH")
  await administrator.getByLabel(/^Country/).fill("DE")
  await administrator.getByLabel("Time zone").fill("Europe/Berlin")
  await administrator.getByRole("checkbox", { name: "EU" }).check()
  await administrator.getByRole("button", { name: "Save the company" }).click()
  await expect(administrator.getByText("Lumen Cameras GmbH").first()).toBeVisible()
})
