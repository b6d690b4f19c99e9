import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"
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
  for (const n of [1, 2, 3]) await renewal(requester, String(papers[n]?.id), n)
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
