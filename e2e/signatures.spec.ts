import { createHash } from "node:crypto"
import { expect, test, type Page } from "@playwright/test"
import { first } from "../testing/pdf/later"
import { AT, content } from "../testing/pdf/signed"
import { append } from "../testing/pdf/writer"
import { noBarriers } from "./axe"
import { freshPage, inSample, send } from "./people"

test.describe.configure({ timeout: 120_000 })

const SIGNED = first()
/** The signed paper, saved again with another sum on its first page. */
const ALTERED = append(SIGNED, [{ num: AT.content, body: content("9000") }])

/** A draft of the sample's requester that changes an agreement. */
async function aDraft(page: Page): Promise<{ id: string; recordId: string }> {
  await page.goto("/agreements")
  const recordId = ((await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? "").split("/").pop() ?? ""
  const draft = await send(page, "/api/v1/requests/of-record", { recordId, title: "The signed paper has come" })
  return { id: draft.id ?? "", recordId }
}

/** Sends a file by the draft's own form, and lays it on the agreement as its only one. */
async function drop(page: Page, draft: { id: string; recordId: string }, name: string, buffer: Buffer): Promise<void> {
  const { id, recordId } = draft
  await page.goto(`/requests/${id}/records/${recordId}`)
  await page.getByLabel("Add a file").setInputFiles({ name, mimeType: "application/pdf", buffer })
  await page.getByRole("button", { name: "Send the file" }).click()
  const option = page.locator('select[name="files.0.fileId"] option', { hasText: name })
  await expect(option).toBeAttached()
  const fileId = await option.getAttribute("value")
  const held = (await (await page.request.get(`/api/v1/requests/${id}`)).json()) as {
    proposals: { body: Record<string, unknown> }[]
  }
  const sha256 = createHash("sha256").update(buffer).digest("hex")
  const files = [{ fileId, sha256, name, pages: { state: "known", value: 1 } }]
  const body = { ...held.proposals[0]?.body, kind: "confidentiality", files, checklist: [], marks: [] }
  await send(page, `/api/v1/requests/${id}/proposals`, { recordId, kind: "agreement", op: "change", body })
}

test("a signed PDF is dropped on an agreement: the page says who signed and that it is whole; an altered one says what was added", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const draft = await aDraft(page)
  const request = `/requests/${draft.id}`
  await drop(page, draft, "signed.pdf", SIGNED)
  await page.goto(request)
  const signatures = page.getByRole("region", { name: "Signatures" })
  const file = signatures.getByRole("article", { name: "signed.pdf" })
  // The worker looks within seconds, and the page shows it by itself.
  await expect(file).toContainText("Intact, signer not checked against a list.", { timeout: 30_000 })
  await expect(file).toContainText("The certificate names Jane Roe")
  await expect(file).toContainText("what was signed is unaltered")
  await expect(file).toContainText("stated by the signer, not proven")
  await file.getByText("Certificate", { exact: true }).click()
  await expect(file).toContainText("Serial number")
  await noBarriers(page, "signed")

  await drop(page, draft, "altered.pdf", ALTERED)
  await page.goto(request)
  const other = signatures.getByRole("article", { name: "altered.pdf" })
  await expect(other).toContainText("Altered: something was changed after signing.", { timeout: 30_000 })
  await expect(other).toContainText("what a page says was changed")
  await expect(page.getByRole("region", { name: "What is missing" })).toContainText("was altered after signing")
  await noBarriers(page, "altered")
  // What was added leads to its page in the reader of the draft, and the same stands there.
  await other.getByRole("link", { name: "page 1" }).first().click()
  await expect(page.getByRole("article", { name: "altered.pdf" })).toContainText("Altered after signing")

  // The paper in force is another file, and says of itself that it is not signed.
  await page.goto(`/agreements/${draft.recordId}`)
  const stands = page.getByRole("region", { name: "Signatures" })
  await expect(stands).toContainText("a scanned or unsigned PDF", { timeout: 30_000 })
  await noBarriers(page, "unsigned")
})
