import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { agreedByHttp, freshPage, inSample } from "./people"
import { port } from "./start-server"

test.describe.configure({ mode: "serial" })

let buyer: Page
let lawyer: Page

/** Brings a request that moves nothing of a paper but its end; gives its title. */
async function renewal(page: Page, recordId: string, n: number): Promise<string> {
  const headers = { origin: `http://127.0.0.1:${port()}` }
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { headers, data })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer.json()
  }
  const title = `Renewed for a year ${n}`
  const draft = (await post("/api/v1/requests/of-record", { recordId, title })) as { id: string }
  const read = await (await page.request.get(`/api/v1/requests/${draft.id}`)).json()
  const { body } = read.proposals[0] as { body: { endsOn: object } }
  const later = { ...body, endsOn: { state: "known", value: `209${n}-12-31` } }
  await post(`/api/v1/requests/${draft.id}/proposals`, {
    recordId,
    kind: "agreement",
    op: "change",
    body: later,
  })
  await post(`/api/v1/requests/${draft.id}/submissions`, {})
  return title
}

test.beforeAll(async ({ browser }) => {
  const requester = await freshPage(browser)
  await inSample(requester, "requester")
  const list = await (await requester.request.get("/api/v1/register/agreements.json?size=50")).json()
  const papers = (list.rows as { id: string; standing: string }[]).filter((row) => row.standing === "approved")
  for (const n of [1, 2, 3, 4, 5]) await renewal(requester, String(papers[n]?.id), n)
  await requester.context().close()
  buyer = await freshPage(browser)
  await inSample(buyer, "procurement")
  lawyer = await freshPage(browser)
  await inSample(lawyer, "legal")
})

test("a buyer goes away and names a lawyer, who decides on their behalf and says so", async () => {
  await buyer.getByRole("link", { name: "Away", exact: true }).click()
  await buyer.getByLabel("Last day away").fill(new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10))
  const who = buyer.getByLabel(/Who stands in for you as procurement/i).first()
  await noBarriers(buyer, "away")
  const name = await lawyer.locator('.shell-who a[href="/account"]').innerText()
  await who.selectOption(String(await who.locator("option", { hasText: name }).getAttribute("value")))
  await buyer.getByRole("button", { name: "Set this absence" }).click()
  await expect(buyer.getByText("Your absence is set.")).toBeVisible()
  await expect(buyer.getByText(`${name} stands in as`)).toBeVisible()
  await noBarriers(buyer, "away-set")

  await lawyer.goto("/?part=decide")
  const row = lawyer.getByRole("row").filter({ hasText: "Renewed for a year 1" })
  await expect(row).toContainText("for ")
  await row.getByRole("link").click()
  await lawyer.getByLabel("Reason").fill("The term is longer than the budget.")
  await expect(lawyer.getByRole("heading", { name: /on behalf of/ })).toBeVisible()
  await noBarriers(lawyer, "decide-for")
  await lawyer.getByRole("button", { name: "Refuse" }).click()
  await lawyer.getByRole("link", { name: "Decision card, to print" }).click()
  await expect(lawyer.getByText("The term is longer than the budget.")).toBeVisible()
  await expect(lawyer.getByText(/on behalf of/)).toBeVisible()
  await noBarriers(lawyer, "request-card")
})

test("back again, two renewals are decided together, each with what came of it", async () => {
  await buyer.goto("/account/away")
  await buyer.getByRole("button", { name: "I am back" }).click()
  await expect(buyer.getByText("Your absence has ended.")).toBeVisible()
  await buyer.goto("/requests")
  await buyer.getByRole("link", { name: /renewals and ends together/ }).click()
  for (const n of [2, 3]) await buyer.getByRole("checkbox", { name: new RegExp(`Renewed for a year ${n}`) }).check()
  await noBarriers(buyer, "together")
  await buyer.getByRole("button", { name: "Refuse" }).click()
  await expect(buyer.getByText("Say why.").first()).toBeVisible()
  await expect(buyer.getByRole("checkbox", { name: /Renewed for a year 2/ })).toBeChecked()
  await buyer.getByLabel("One reason for all").fill("Both go to another supplier.")
  await buyer.getByRole("button", { name: "Refuse" }).click()
  await expect(buyer.getByText("2 decided, 0 not decided, of 2.")).toBeVisible()
  await buyer.reload()
  await expect(buyer.getByRole("row").filter({ hasText: "Renewed for a year 3" })).toContainText("Decided")
  await noBarriers(buyer, "together-results")
  // And the same yes for two others, each held by its own checks: the papers run on at once.
  await buyer.goto("/requests")
  await buyer.getByRole("link", { name: /renewals and ends together/ }).click()
  for (const n of [4, 5]) await buyer.getByRole("checkbox", { name: new RegExp(`Renewed for a year ${n}`) }).check()
  await buyer.getByRole("button", { name: "Approve" }).click()
  await expect(buyer.getByText("2 decided, 0 not decided, of 2.")).toBeVisible()
  await buyer.getByRole("link", { name: "Renewed for a year 4" }).click()
  await expect(buyer.getByText("Approved").first()).toBeVisible()
})

test("an approved sharing has a card to print", async () => {
  await lawyer.goto("/sharings")
  const list = await (await lawyer.request.get("/api/v1/register/sharings.json?size=50")).json()
  const approved = (list.rows as { id: string; standing: string }[]).find((row) => row.standing === "approved")
  await lawyer.goto(`/sharings/${approved?.id}/decision`)
  await expect(lawyer.getByRole("heading", { name: "Why it is necessary, and why not less" })).toBeVisible()
  await expect(lawyer.getByText("SHA-256 of what was decided upon")).toBeVisible()
  await noBarriers(lawyer, "sharing-card")
  await lawyer.emulateMedia({ media: "print" })
  await expect(lawyer.getByRole("navigation").first()).toBeHidden()
  // One sheet of A4 holds it.
  const pdf = await lawyer.pdf({ format: "A4", preferCSSPageSize: true })
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
})

test("a conflict is brought up to date field by field: what both changed is chosen, the rest comes along", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const headers = { origin: `http://127.0.0.1:${port()}` }
  const list = await (await page.request.get("/api/v1/register/agreements.json?size=50")).json()
  const papers = (list.rows as { id: string; standing: string }[]).filter((row) => row.standing === "approved")
  const recordId = String(papers[6]?.id)
  const drafted = async (title: string, over: object): Promise<string> => {
    const begun = await page.request.post("/api/v1/requests/of-record", { headers, data: { recordId, title } })
    const { id } = (await begun.json()) as { id: string }
    const { proposals } = await (await page.request.get(`/api/v1/requests/${id}`)).json()
    const data = { recordId, kind: "agreement", op: "change", body: { ...proposals[0].body, ...over } }
    const saved = await page.request.post(`/api/v1/requests/${id}/proposals`, { headers, data })
    expect(saved.ok(), await saved.text()).toBe(true)
    return id
  }
  const known = (value: string) => ({ state: "known", value })
  const slow = await drafted("The slow one", { reference: known("SLOW-2"), title: "A title of the slow one" })
  const quick = await drafted("The quick one", { reference: known("QUICK-1"), notes: known("Seen by the quick one") })
  await page.goto(`/requests/${quick}`)
  await agreedByHttp(page)
  await inSample(page, "requester")
  await page.goto(`/requests/${slow}`)
  const reference = page.getByRole("group", { name: "Reference" })
  await expect(reference.getByLabel("As proposed: SLOW-2")).toBeChecked()
  await noBarriers(page, "conflict")
  await reference.getByLabel("As in force now: QUICK-1").check()
  await page.getByRole("button", { name: "Lay this proposal on top of it" }).click()
  await expect(page.getByRole("button", { name: "Lay this proposal on top of it" })).toHaveCount(0)
  const after = await (await page.request.get(`/api/v1/requests/${slow}`)).json()
  expect(after.proposals[0].body).toMatchObject({
    ...{ reference: known("QUICK-1"), notes: known("Seen by the quick one"), title: "A title of the slow one" },
  })
})
