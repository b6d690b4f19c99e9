import { expect, type Browser, type Page } from "@playwright/test"
import { port } from "./start-server"

export const PASSWORD = "harbour kettle ninety moss"

/** A page of its own, with nobody signed in. */
export async function freshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

/** Sits down in a seat of the sample company, whose story the start of the server has told; the page is at its home. */
export async function inSample(page: Page, role: string): Promise<void> {
  const origin = `http://127.0.0.1:${port()}`
  const answer = await page.request.post("/api/v1/sample", { headers: { origin }, data: { role } })
  expect(answer.ok()).toBe(true)
  await page.goto("/")
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
}

/** The administrator invites a person, who enters by the link with a password of their own; gives their page. */
export async function entered(
  browser: Browser,
  administrator: Page,
  name: string,
  email: string,
  roles: readonly string[],
): Promise<Page> {
  await administrator.goto("/admin/people")
  await administrator.getByLabel("Name", { exact: true }).fill(name)
  await administrator.getByLabel("E-mail address").fill(email)
  for (const role of roles) await administrator.getByRole("checkbox", { name: role, exact: true }).check()
  await administrator.getByRole("button", { name: "Invite", exact: true }).click()
  const link = await administrator.locator("code", { hasText: "/invitation/" }).innerText()
  const page = await freshPage(browser)
  await page.goto(new URL(link).pathname)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Set the password" }).click()
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
  return page
}

/** Fills a record's form by the names of its fields; `first` is chosen before `add`
 * adds lines by their buttons, as without script. */
export async function fillRecord(
  page: Page,
  fields: Record<string, string | readonly string[]>,
  add: readonly string[] = [],
  first: Record<string, string> = {},
): Promise<void> {
  for (const [name, value] of Object.entries(first)) await page.locator(`[name="${name}"]`).selectOption(value)
  for (const path of add) await page.locator(`button[name="_add"][value="${path}"]`).click()
  await page.locator("main details").evaluateAll((all) => {
    for (const one of all) one.setAttribute("open", "")
  })
  for (const [name, value] of Object.entries(fields)) {
    const control = page.locator(`[name="${name}"]`)
    if (typeof value !== "string") {
      for (const one of value) await page.locator(`[name="${name}"][value="${one}"]`).check()
    } else if ((await control.evaluate((node) => node.tagName)) === "SELECT") {
      const byCode = await control.locator(`option[value="${value}"]`).count()
      await control.selectOption(byCode ? value : { label: value })
    } else await control.fill(value)
  }
  await page.getByRole("button", { name: "Save" }).last().click()
}

/** Somebody who has an account signs in; gives their page. */
export async function signedIn(browser: Browser, email: string): Promise<Page> {
  const page = await freshPage(browser)
  await page.goto("/sign-in")
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
  return page
}
