import { expect, test, type Page } from "@playwright/test"
import { paperPdf } from "../testing/paper"
import { noBarriers } from "./axe"
import { freshPage, inSample, send } from "./people"
import { port } from "./start-server"

test.describe.configure({ timeout: 120_000 })

const SECRET = "The Recipient keeps all personal data secret, and its staff too, also after the end of this contract."
const PAGES = [
  "Confidentiality agreement between Lumen and the Recipient. The parties agree as follows, in good faith.",
  `1. Secrecy. ${SECRET}`,
  "2. Return. At the end the Recipient will return or delete all copies within 30 days. 3. Audit. Auditors may inspect.",
  "",
]
const origin = `http://127.0.0.1:${port()}`

/** A draft of the sample's requester that holds a new confidentiality agreement with a PDF of four pages. */
async function aDraft(page: Page): Promise<{ requestId: string; recordId: string }> {
  await page.goto("/agreements")
  const secrecy = page.locator("tbody a[data-row]").filter({ hasText: /^Confidentiality agreement with/ })
  const other = ((await secrecy.first().getAttribute("href")) ?? "").split("/").pop() ?? ""
  const upload = await page.request.post("/api/v1/files", {
    headers: { origin, "content-type": "application/octet-stream", "x-file-name": "secrecy.pdf" },
    data: await paperPdf(PAGES),
  })
  expect(upload.ok(), await upload.text()).toBe(true)
  const file = (await upload.json()) as { id: string; sha256: string }
  const draft = await send(page, "/api/v1/requests/of-record", { recordId: other, title: "A paper to mark" })
  const form = await page.request.get(`/api/v1/requests/${draft.id}`)
  const held = (await form.json()) as { proposals: { body: Record<string, unknown> }[] }
  await send(page, `/api/v1/requests/${draft.id}/proposals`, {
    recordId: other,
    kind: "agreement",
    op: "change",
    body: {
      ...held.proposals[0]?.body,
      kind: "confidentiality",
      files: [{ fileId: file.id, sha256: file.sha256, name: "secrecy.pdf", pages: { state: "known", value: 4 } }],
      checklist: [],
    },
  })
  return { requestId: draft.id ?? "", recordId: other }
}

test("a clause is marked on the page where it stands, by its words, and another as it is suggested", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const { requestId, recordId } = await aDraft(page)
  // What the paper is not known to say blocks, sharing by sharing.
  await page.goto(`/requests/${requestId}`)
  const lacks = (what: string) =>
    page.locator(".finding.blocking").filter({ hasText: `covering paper does not point to a page for “${what}` })
  await expect(lacks("Keep secret")).not.toHaveCount(0)
  await page.goto(`/requests/${requestId}/records/${recordId}`)
  await page.getByRole("link", { name: "Mark clauses in the file" }).click()
  await expect(page.getByRole("heading", { name: /^Clauses in / })).toBeVisible()
  const clauses = page.getByRole("region", { name: "What this kind of paper has to say" })
  await expect(clauses).toContainText("0 of 9 marked")
  const form = page.getByRole("form", { name: "Where does the paper say this?" })
  await clauses.getByRole("link", { name: "Mark: Keep secret, staff bound, survives the end" }).click()
  await expect(form).toContainText("Keep secret")
  // The words are found, and selected on the page as it looks.
  await page.getByLabel("Find words in the file").fill("personal data secret")
  await page.getByRole("button", { name: "Go" }).first().click()
  await page.getByRole("link", { name: "page 2" }).click()
  const sheet = page.getByRole("img", { name: "Page 2 as it looks" })
  await expect(sheet.locator(".sheet-mark.found")).not.toHaveCount(0)
  await expect(page.getByLabel("Find words in the file")).toHaveValue("personal data secret")
  await noBarriers(page, "paper-mark")
  await page.setViewportSize({ width: 1280, height: 900 })
  await expect(sheet.locator(".sheet-words span").first()).toBeAttached()
  await sheet.locator(".sheet-words").evaluate((layer) => {
    const range = document.createRange()
    const spans = [...layer.querySelectorAll("span")].filter((one) => one.firstChild)
    range.setStart(spans[0]?.firstChild as Node, 13)
    range.setEnd(spans[0]?.firstChild as Node, 40)
    document.getSelection()?.removeAllRanges()
    document.getSelection()?.addRange(range)
  })
  await expect(page.getByLabel("Words in the paper")).toHaveValue("The Recipient keeps all personal")
  await page.getByRole("button", { name: "It says so here" }).first().click()
  await expect(page.getByText("is marked in this draft")).toBeVisible()
  await expect(clauses).toContainText("1 of 9 marked")
  await expect(clauses.getByRole("link", { name: "secrecy.pdf, page 2" })).toBeVisible()

  // Another as it is suggested, read on its page first.
  await clauses.getByRole("link", { name: "Mark: Return or delete" }).click()
  await expect(form).toContainText("Return or delete")
  const maybe = page.getByRole("region", { name: "It may stand here" })
  await expect(maybe).toContainText("return or delete")
  await maybe.getByRole("link", { name: "Show page 3" }).first().click()
  await expect(page.getByRole("img", { name: "Page 3 as it looks" })).toHaveAttribute("data-state", "drawn")
  await page
    .getByRole("region", { name: "It may stand here" })
    .getByRole("button", { name: "It says so here" })
    .first()
    .click()
  await expect(clauses).toContainText("2 of 9 marked")

  // Words that stand elsewhere are refused where they were typed.
  await clauses.getByRole("link", { name: "Mark: Audit and appraisal right" }).click()
  await expect(form).toContainText("Audit and appraisal right")
  await page.getByLabel("Words in the paper").fill("nothing of the kind")
  await page.getByRole("button", { name: "It says so here" }).first().click()
  await expect(page.locator("#mark-wrong")).toContainText("do not stand on that page")
  await expect(page.getByLabel("Words in the paper")).toHaveValue("nothing of the kind")

  // What was marked is found no longer; what was not, still is.
  await page.goto(`/requests/${requestId}`)
  await expect(lacks("Security measures")).not.toHaveCount(0)
  await expect(lacks("Keep secret")).toHaveCount(0)
})
