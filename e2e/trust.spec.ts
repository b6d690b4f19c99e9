import { expect, test, type Page } from "@playwright/test"
import { paperPdf } from "../testing/paper"
import { makeCertificate, pemOf } from "../testing/pdf/authority"
import { noBarriers } from "./axe"
import { as, freshPage, inSample, send } from "./people"
import { port } from "./start-server"

test.describe.configure({ timeout: 120_000 })

const origin = `http://127.0.0.1:${port()}`

test("an administrator loads trusted roots, a DPO confirms them, and they stand", async ({ browser }) => {
  const page = await freshPage(browser)
  await inSample(page, "administrator")
  await page.goto("/admin/trust")
  await expect(page.getByText("No list of trusted roots is in force")).toBeVisible()
  const load = async (bytes: Buffer): Promise<void> => {
    await page.getByLabel("What it is called").fill("Roots of the house")
    await page.getByLabel("Where it is from, and why it is loaded").fill("Handed over by the notary")
    await page.setInputFiles("#roots", { name: "roots.pem", mimeType: "application/x-pem-file", buffer: bytes })
    await page.getByRole("button", { name: "Propose this list" }).click()
  }
  await load(Buffer.from("no certificate at all"))
  await expect(page.locator("#roots-error")).toContainText("No certificate was found in this file")
  await expect(page.getByLabel("What it is called")).toHaveValue("Roots of the house")
  await noBarriers(page, "trust-refused")
  const root = makeCertificate({ common: "Harbour Root", organization: "Harbour Trust", ca: true })
  await load(Buffer.from(`Issued: 2026-01-15\n${pemOf(root)}`))
  const waiting = page.getByRole("region", { name: /waits to be confirmed/ })
  await expect(waiting).toContainText("1 new, 0 gone")
  await expect(waiting).toContainText("Harbour Root")
  await expect(waiting.getByRole("button", { name: "Take it back" })).toBeVisible()
  await expect(page.getByRole("button", { name: "Confirm" })).toHaveCount(0)
  await noBarriers(page, "trust-waits")

  await as(page, "DPO", "/")
  await expect(page.getByText("proposed trusted roots: they wait to be confirmed")).toBeVisible()
  await page.goto("/admin/trust")
  await page.getByRole("button", { name: "Confirm", exact: true }).click()
  await expect(page.getByRole("heading", { name: "“Roots of the house” is in force" })).toBeVisible()
  await expect(page.getByRole("region", { name: "Which list stood when" })).toContainText("confirmed by")
  await noBarriers(page, "trust-stands")
})

/** A request in review in which a confidentiality agreement is signed by hand; gives its page. */
async function byHand(page: Page): Promise<string> {
  await page.goto("/agreements")
  const other = ((await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? "").split("/").pop() ?? ""
  const upload = await page.request.post("/api/v1/files", {
    headers: { origin, "content-type": "application/octet-stream", "x-file-name": "scan.pdf" },
    data: await paperPdf(["Signed by hand"]),
  })
  const file = (await upload.json()) as { id: string; sha256: string }
  const draft = await send(page, "/api/v1/requests/of-record", { recordId: other, title: "A paper signed by hand" })
  const form = await page.request.get(`/api/v1/requests/${draft.id}`)
  const held = (await form.json()) as { proposals: { body: Record<string, unknown> }[] }
  await send(page, `/api/v1/requests/${draft.id}/proposals`, {
    ...{ recordId: other, kind: "agreement", op: "change" },
    body: {
      ...held.proposals[0]?.body,
      ...{ kind: "confidentiality", title: "Secrecy on paper", checklist: [] },
      signing: { state: "known", value: "by-hand" },
      files: [{ fileId: file.id, sha256: file.sha256, name: "scan.pdf", pages: { state: "known", value: 1 } }],
    },
  })
  await send(page, `/api/v1/requests/${draft.id}/submissions`, {})
  return `/requests/${draft.id}`
}

test("a paper signed by hand is confirmed by two people, and its finding goes", async ({ browser }) => {
  const page = await freshPage(browser)
  await inSample(page, "requester")
  const path = await byHand(page)
  const waits = "people are still to confirm that they looked at it"
  const card = page.getByRole("region", { name: "Signed by hand", exact: true })
  await page.goto(path)
  await expect(page.getByText(waits).first()).toBeVisible()
  await expect(card).toContainText("Procurement and lawyers of its company confirm it")

  await as(page, "procurement", "/")
  await page
    .getByRole("region", { name: /signed by hand/ })
    .getByRole("link", { name: "Secrecy on paper" })
    .click()
  await expect(card).toContainText("2 people still to confirm")
  await noBarriers(page, "by-hand-waits")
  await card.getByRole("button", { name: "I looked at the original" }).click()
  await expect(card).toContainText("1 person still to confirm")
  await expect(card).toContainText("looked at the original on paper")
  await expect(card.getByRole("button")).toHaveCount(0)

  await as(page, "legal", path)
  await card.getByRole("button", { name: "I looked at the scan only" }).click()
  await expect(card).toContainText("Confirmed")
  await expect(page.getByText("still to confirm that they looked at it")).toHaveCount(0)
  await noBarriers(page, "by-hand-done")
})
