import { expect, test, type APIResponse, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ mode: "serial" })

let page: Page

test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "requester")
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

test("a flow to a party that is restricted since is read without the party, on its page and in its request", async () => {
  const json = async (answer: Promise<APIResponse>) => (await (await answer).json()) as Record<string, never>
  const origin = new URL(page.url()).origin
  const post = (path: string, data: object) => json(page.request.post(path, { headers: { origin }, data }))
  const firstOf = async (list: string) =>
    ((await json(page.request.get(`/api/v1/register/${list}`))) as never as { rows: { id: string }[] }).rows[0]?.id ??
    ""
  const party = await firstOf("parties.json?q=polyglot")
  const flow = await firstOf(`sharings.json?f.party=${party}`)
  const { id } = await post("/api/v1/requests/of-record", { recordId: party, title: "To be kept quiet" })
  const read = async (of: string) =>
    (await json(page.request.get(`/api/v1/requests/${of}`))) as never as {
      proposals: { body: object }[]
      names: Record<string, string>
    }
  // Whoever asked for and decided another one may know it: all but the supervisor.
  const done = await read(await firstOf("../requests?state=approved"))
  const body = { ...(await read(String(id))).proposals[0]?.body, restrictedTo: Object.keys(done.names) }
  await post(`/api/v1/requests/${id}/proposals`, { recordId: party, kind: "party", op: "change", body })
  const { hash, stages } = (await post(`/api/v1/requests/${id}/submissions`, {})) as never as {
    hash: string
    stages: { stage: string; seat: string; entityId: string }[]
  }
  for (const { stage, seat, entityId } of stages) {
    await inSample(page, stage)
    const verdict = seat === "decides" ? "approve" : "agree"
    await post(`/api/v1/requests/${id}/decisions`, { hash, stage, entityId, verdict })
  }
  const html = async (): Promise<string> => (await page.request.get(`/sharings/${flow}`)).text()
  await inSample(page, "supervisor")
  expect(await html()).not.toContain(party)
  await page.goto(`/sharings/${flow}`)
  await expect(page.getByText("one that you may not read").first()).toBeVisible()
  expect((await page.request.get(`/parties/${party}`)).status()).toBe(404)
  await inSample(page, "requester")
  expect(await html()).toContain(party)
})

test("an address of the API that is not there is said in plain words to a machine", async () => {
  const answer = await page.request.get("/api/v1/nowhere")
  expect(answer.status()).toBe(404)
  expect(answer.headers()["content-type"]).toContain("application/problem+json")
  expect(((await answer.json()) as { title: string }).title).toContain("There is no such address here.")
})

test("a finding leads from the record's page to the field that mends it, which has the focus and is named", async () => {
  await page.goto("/sharings?f.findings=blocking")
  await page.locator("tbody th a").first().click()
  const missing = page.getByRole("region", { name: "What is missing" })
  await expect(missing.getByRole("button", { name: /^Mend by a request: / }).first()).toBeVisible()
  await noBarriers(page, "record-mend")
  const names = await missing
    .getByRole("button", { name: /^Mend by a request: / })
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))
  const clause = /^Mend by a request: (\S+) of/.exec(names[0] ?? "")?.[1] ?? ""
  await missing.getByRole("button", { name: names[0] ?? "", exact: true }).click()
  await expect(page).toHaveURL(/\/records\/[\w-]+\?at=[\w.]+&for=/)
  const told = page.locator("main .notice").filter({ hasText: "This form is open for:" })
  await expect(told).toContainText(clause)
  const place = (await told.getByRole("link").getAttribute("href")) ?? ""
  const focused = await page.evaluate(() => document.activeElement?.id ?? "")
  expect(`#${focused}`).toBe(place)
  await expect(page.locator(`[id="${focused}"]`)).toBeInViewport()
  await noBarriers(page, "form-opened-at")
})

test("the findings list is taken along as CSV: the same rows, by both clocks, no formula", async () => {
  await page.goto("/findings?severity=blocking")
  const n = Number(await page.locator("h1 .soft").innerText())
  const href = (await page.getByRole("link", { name: "CSV of this view" }).getAttribute("href")) ?? ""
  const answer = await page.request.get(href)
  expect(answer.headers()["content-type"]).toContain("text/csv")
  expect(Number(answer.headers()["x-onward-rows"])).toBe(n)
  const lines = (await answer.text()).trim().split("\r\n")
  expect(lines[0]).toContain("clause,title,verdict")
  expect(lines.join("\n")).not.toMatch(/(^|,|")[=+@]/m)
  const then = await page.request.get("/api/v1/findings.csv?severity=blocking&as-of=2020-01-01")
  expect(Number(then.headers()["x-onward-rows"])).toBe(0)
  const later = await page.request.get("/api/v1/findings.csv?severity=blocking&on=2031-01-01")
  expect((await later.text()).split("\r\n")[1]).toContain("2031-01-01")
})

test("cover that is missing is mended in a paper: its form opens with the flow in it", async () => {
  await page.goto("/findings?severity=blocking&f.clause=S-III.A-2")
  await page
    .getByRole("button", { name: /^Mend by a request: S-III.A-2/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/records\/new-agreement\?at=covers/)
  await expect(page.locator('[name="covers.0.sharingId"]')).not.toHaveValue("")
  await expect(page.locator('[name="partyId"]')).not.toHaveValue("")
  await expect(page.locator('fieldset[id="covers"]')).toBeFocused()
})

test("columns are chosen and ordered in the address, and the file has the same", async () => {
  await page.goto("/sharings?f.coverage=gap")
  await page.getByText("Columns", { exact: true }).click()
  const menu = page.getByRole("form", { name: "Columns of this list" })
  await noBarriers(page, "columns")
  for (const name of ["Ground", "Where"]) await menu.getByRole("checkbox", { name, exact: true }).uncheck()
  await menu.getByRole("checkbox", { name: "Data", exact: true }).check()
  await menu.getByRole("button", { name: "Show these columns" }).click()
  const heads = page.locator("thead th")
  await expect(heads).toHaveText([/Title/, "Party", "Covered today", "Data"])
  await page.getByText("Columns", { exact: true }).click()
  await page.getByRole("link", { name: "Move Data one to the front" }).click()
  await expect(page).toHaveURL("/sharings?f.coverage=gap&cols=party,data,coverage")
  await expect(heads).toHaveText([/Title/, "Party", "Data", "Covered today"])
  const file = await page.request.get(
    (await page.getByRole("link", { name: "CSV of this view" }).getAttribute("href")) ?? "",
  )
  const [head = "", first = ""] = (await file.text()).split("\r\n")
  expect(head).toContain("id,title,partyId,partyName,dataKinds,coverageOnDay")
  expect(first).toMatch(/,gap$/)
  await page.goto("/requests?cols=kind,no")
  await expect(heads).toHaveText(["About", "Kind", "No."])
  const requests = await page.request.get("/api/v1/requests.csv?cols=kind,no")
  expect((await requests.text()).split("\r\n")[0]).toContain("id,title,kind,no")
  await page.getByRole("link", { name: "Sort by No." }).click()
  await expect(page).toHaveURL("/requests?sort=no&cols=kind,no")
  await expect(page.locator("tbody td").nth(1)).toHaveText("R-1")
})

test("a row is looked at beside the list by the space bar; Escape closes the look and gives the focus back", async () => {
  await page.goto("/parties")
  const rows = page.locator("a[data-row]")
  await expect(async () => {
    await page.keyboard.press("j")
    await expect(rows.first()).toBeFocused({ timeout: 500 })
  }).toPass()
  const name = await rows.first().innerText()
  await page.keyboard.press("Space")
  const peek = page.getByRole("complementary", { name: `A look at ${name}` })
  await expect(peek).toBeFocused()
  await expect(page).toHaveURL(/peek=pty_/)
  await expect(rows.first()).toBeVisible()
  await noBarriers(page, "peek")
  await page.keyboard.press("]")
  const second = await rows.nth(1).innerText()
  await expect(page.getByRole("complementary", { name: `A look at ${second}` })).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("complementary")).toHaveCount(0)
  await expect(rows.nth(1)).toBeFocused()
  await page.getByRole("link", { name: `Look at ${name} beside the list` }).click()
  await page.setViewportSize({ width: 390, height: 800 })
  await expect(rows.first()).toBeHidden()
  await peek.getByRole("link", { name: "Close the look" }).click()
  await expect(rows.first()).toBeVisible()
  await expect(rows.first()).toBeFocused()
  await page.setViewportSize({ width: 1280, height: 900 })
})

test("a request and what is found are looked at beside their lists as well", async () => {
  for (const [path, kind, says] of [
    ["/requests?f.state=in-review", "req", "What it proposes"],
    ["/findings", "(shr|agr|pty)", "What is missing"],
  ] as const) {
    await page.goto(path)
    const first = page.locator("a[data-row]").first()
    const name = await first.innerText()
    await page
      .getByRole("link", { name: `Look at ${name} beside the list` })
      .first()
      .click()
    await expect(page).toHaveURL(new RegExp(`peek=${kind}_`))
    const peek = page.getByRole("complementary", { name: `A look at ${name}` })
    await expect(peek).toBeFocused()
    await expect(peek.getByText(says, { exact: true }).first()).toBeVisible()
    await noBarriers(page, `peek-${kind === "req" ? "request" : "finding"}`)
    await page.keyboard.press("Escape")
    await expect(first).toBeFocused()
  }
})

test("a view is kept under a name, opens by it, is renamed and let go; another person does not see the name", async ({
  browser,
}) => {
  await page.goto("/agreements?f.state=expiring&cols=ends,party")
  const views = page.getByRole("navigation", { name: "Views of this list" })
  await views.getByText("Keep this view", { exact: true }).click()
  await noBarriers(page, "view-keep")
  await views.getByLabel("Name of the view").fill("Ends soon")
  await views.getByRole("button", { name: "Keep it" }).click()
  await expect(page).toHaveURL("/agreements?f.state=expiring&cols=ends,party")
  await page.goto("/agreements")
  await views.getByRole("link", { name: "Ends soon" }).click()
  await expect(page.locator("thead th")).toHaveText([/Title/, "Last day", "Party"])
  await views.getByText("Change this view's name", { exact: true }).click()
  await views.getByLabel("Name of the view").fill("Renew these")
  await views.getByRole("button", { name: "Rename" }).click()
  await expect(views.getByRole("link", { name: "Renew these" })).toHaveAttribute("aria-current", "true")
  await noBarriers(page, "views")
  const other = await freshPage(browser)
  await other.goto("/sample")
  await other.getByRole("button", { name: "Look around as legal" }).click()
  await other.goto(page.url())
  await expect(other.locator("thead th")).toHaveText([/Title/, "Last day", "Party"])
  await expect(other.getByRole("link", { name: "Renew these" })).toHaveCount(0)
  await other.context().close()
  await views.getByText("Change this view's name", { exact: true }).click()
  await views.getByRole("button", { name: "Let this view go: Renew these" }).click()
  await expect(views.getByRole("link", { name: "Renew these" })).toHaveCount(0)
})

test("wrong cells of an import are typed over where they are told, without script, and taken into its one request", async ({
  browser,
}) => {
  await page.goto("/")
  await page.getByRole("button", { name: "procurement", exact: true }).click()
  const bare = await browser.newContext({ javaScriptEnabled: false })
  await bare.addCookies(await page.context().cookies())
  const still = await bare.newPage()
  await still.goto("/imports")
  await still.setInputFiles("#file", {
    name: "to-mend.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      "Vendor name,Country\nTypeover Ltd,Narnia\nFine Ltd,IE\nLeft Wrong Ltd,Atlantis\nComma, Inc,FR\nFine Ltd,IE\n",
    ),
  })
  await still.getByRole("button", { name: "Look into the file" }).click()
  await still.getByRole("button", { name: "Try it: nothing is changed" }).click()
  const tried = still.getByText("5 rows were read")
  await expect(tried).toBeVisible({ timeout: 30_000 })
  await page.goto(still.url())
  await noBarriers(page, "import-mend")
  await still.getByRole("textbox", { name: "Row 2, Country" }).fill("Ireland")
  await still.getByText("Type row 5 anew").click()
  await still.getByRole("textbox", { name: "Row 5, Vendor name" }).fill("Comma, Inc")
  await still.getByRole("textbox", { name: "Row 5, Country" }).fill("FR")
  await still.getByRole("textbox", { name: "Row 5, cell 3, beyond the last column" }).fill("")
  await still.getByRole("checkbox", { name: "Leave out row 6" }).check()
  await still.getByRole("button", { name: "Try again with this" }).click()
  await expect(still.getByText(/3 can be taken.*1 have to be mended.*1 is left out by choice/)).toBeVisible({
    timeout: 30_000,
  })
  await expect(still.getByRole("textbox", { name: "Row 2, Country" })).toHaveCount(0)
  await expect(still.getByRole("textbox", { name: "Row 4, Country" })).toHaveValue("Atlantis")
  await still.getByText("1 row is left out by choice").click()
  await expect(still.getByText(/Row 6, left out by /)).toBeVisible()
  await still.getByText("2 rows were mended here").click()
  await expect(still.getByText(/Country: “Ireland”, typed by /)).toBeVisible()
  await still.getByRole("button", { name: /Make one request of 3 rows/ }).click()
  await expect(still.getByRole("link", { name: "To the request" })).toBeVisible({ timeout: 30_000 })
  await page.goto(still.url())
  await noBarriers(page, "import-mended")
  await bare.close()
})
