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
  const visit = roles.includes("supervisor")
  await administrator.goto(visit ? "/admin/people/visit" : "/admin/people")
  await administrator.getByLabel("Name", { exact: true }).fill(name)
  await administrator.getByLabel("E-mail address").fill(email)
  if (visit) {
    for (const all of [/^All companies/, "All kinds"]) await administrator.getByRole("checkbox", { name: all }).check()
    await administrator.getByLabel("Last day of the account").fill("2199-12-31")
    await administrator.getByRole("button", { name: "Invite the supervisor" }).click()
  } else {
    for (const role of roles) await administrator.getByRole("checkbox", { name: role, exact: true }).check()
    await administrator.getByRole("button", { name: "Invite", exact: true }).click()
  }
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
  for (const path of add) await addedLine(page, path)
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
  await page.locator(".form-foot").getByRole("button", { name: "Save" }).click()
}

/** Presses a list's button for one more line, and waits until the line stands: the form comes back as a page of its own,
 * and whatever is opened or typed before it has come is gone with the page it was on. */
async function addedLine(page: Page, path: string): Promise<void> {
  const lines = Number(await page.locator(`[name="${path}.count"]`).inputValue())
  await page.locator(`button[name="_add"][value="${path}"]`).click()
  await expect(page.locator(`[id="${path}.${lines}"]`)).toBeVisible()
  await page.waitForLoadState("domcontentloaded")
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

/** The same visitor of the sample company in another seat, by its button; then at the path. */
export async function as(page: Page, role: string, path: string): Promise<void> {
  await page.getByRole("button", { name: role, exact: true }).click()
  await page.goto(path)
}

/** Submits the request that is open and has procurement and the DPO say yes, as they do on its page. */
export async function throughItsStages(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(page.getByText("In review").first()).toBeVisible()
  const path = new URL(page.url()).pathname
  await as(page, "procurement", path)
  await page.getByRole("button", { name: "Approve" }).click()
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0)
  await as(page, "DPO", path)
  await page.getByRole("button", { name: "Agree", exact: true }).click()
  await expect(page.getByText("Approved").first()).toBeVisible()
}

type Stage = { stage: string; entityId: string; seat: string; decided: unknown }

/** The same for the request that is open, whatever its stages, by HTTP: quick, for stories about something else. */
export async function agreedByHttp(page: Page): Promise<void> {
  const id = new URL(page.url()).pathname.split("/")[2] ?? ""
  const headers = { origin: `http://127.0.0.1:${port()}` }
  const post = async (path: string, data: object): Promise<void> => {
    const answer = await page.request.post(path, { headers, data })
    expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
  }
  await post(`/api/v1/requests/${id}/submissions`, {})
  for (let turn = 0; turn < 6; turn += 1) {
    const answer = await page.request.get(`/api/v1/requests/${id}`)
    const { request, stages, hash } = (await answer.json()) as {
      request: { state: string }
      stages: (Stage & { state: { asks: boolean; after: string[] } })[]
      hash: string
    }
    const next = stages.find((one) => one.state.asks && one.state.after.length === 0)
    if (request.state !== "in-review" || !next) break
    await post("/api/v1/sample", { role: next.stage })
    const { stage, entityId } = next
    const verdict = next.seat === "decides" ? "approve" : "agree"
    await post(`/api/v1/requests/${id}/decisions`, { hash, stage, entityId, verdict })
  }
  await page.reload()
  await expect(page.getByText("Approved").first()).toBeVisible()
}

/** Sends what a form would, as a machine does; gives the answer's value. */
export async function send(page: Page, path: string, data: object): Promise<Record<string, string>> {
  const answer = await page.request.post(path, { headers: { origin: `http://127.0.0.1:${port()}` }, data })
  expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
  return (await answer.json()) as Record<string, string>
}
