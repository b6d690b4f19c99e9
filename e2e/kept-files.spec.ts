import { createHash, randomBytes } from "node:crypto"
import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { largePaper } from "../testing/large-paper"
import { freshPage, inSample, send } from "./people"

test.describe.configure({ mode: "serial", timeout: 120_000 })

let page: Page
let origin: string

test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "legal")
  origin = new URL(page.url()).origin
})

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex")

test("a paper of twelve megabytes comes back whole, and in parts, by form and by machine", async () => {
  // More than the framework holds of a body that passes its proxy: what is behind that was once lost without a word.
  const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(12 * 1024 * 1024)])
  const put = await page.request.post("/api/v1/files", {
    headers: { origin, "x-file-name": "large.pdf", "content-type": "application/octet-stream" },
    data: bytes,
  })
  expect(put.status()).toBe(201)
  const kept = (await put.json()) as { id: string; sha256: string; held: boolean }
  expect(kept).toMatchObject({ sha256: hashOf(bytes), sizeBytes: bytes.length, held: false })
  const whole = await page.request.get(`/api/v1/files/${kept.id}`)
  expect(whole.headers()["accept-ranges"]).toBe("bytes")
  expect(hashOf(await whole.body())).toBe(kept.sha256)
  const part = await page.request.get(`/api/v1/files/${kept.id}`, { headers: { range: "bytes=65530-131080" } })
  expect([part.status(), part.headers()["content-range"]]).toEqual([206, `bytes 65530-131080/${bytes.length}`])
  expect((await part.body()).equals(bytes.subarray(65_530, 131_081))).toBe(true)
  const beyond = await page.request.get(`/api/v1/files/${kept.id}`, { headers: { range: `bytes=${bytes.length}-` } })
  expect(beyond.status()).toBe(416)
  const form = await page.request.post("/api/v1/files", {
    headers: { origin, referer: `${origin}/requests` },
    multipart: {
      file: { name: "again.pdf", mimeType: "application/pdf", buffer: bytes },
      // Behind the file, as a box that stands below it in the form.
      legalAdvice: "yes",
    },
    maxRedirects: 0,
  })
  expect([form.status(), form.headers().location]).toEqual([303, "/requests"])
  const large = Buffer.concat([bytes, Buffer.alloc(39 * 1024 * 1024)])
  const refused = await page.request.post("/api/v1/files", {
    headers: { origin, "x-file-name": "larger.pdf", "content-type": "application/octet-stream" },
    data: large,
  })
  expect([refused.status(), (await refused.json()).type]).toEqual([422, "/problems/invalid.file-too-large"])
})

test("the first page of a large paper is drawn from a small part of its file", async () => {
  await inSample(page, "requester")
  const bytes = largePaper(12)
  const upload = await page.request.post("/api/v1/files", {
    headers: { origin, "content-type": "application/octet-stream", "x-file-name": "scanned.pdf" },
    data: bytes,
  })
  const file = (await upload.json()) as { id: string; sha256: string }
  await page.goto("/agreements")
  const recordId = ((await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? "").split("/").pop() ?? ""
  const draft = await send(page, "/api/v1/requests/of-record", { recordId, title: "A scanned paper" })
  const held = (await (await page.request.get(`/api/v1/requests/${draft.id}`)).json()) as {
    proposals: { body: Record<string, unknown> }[]
  }
  const files = [{ fileId: file.id, sha256: file.sha256, name: "scanned.pdf", pages: { state: "known", value: 12 } }]
  await send(page, `/api/v1/requests/${draft.id}/proposals`, {
    ...{ recordId, kind: "agreement", op: "change" },
    body: { ...held.proposals[0]?.body, files, checklist: [] },
  })
  let given = 0
  page.on("response", (answer) => {
    if (answer.url().endsWith(`/api/v1/files/${file.id}`)) given += Number(answer.headers()["content-length"] ?? 0)
  })
  await page.goto(`/requests/${draft.id}/clauses/${recordId}`)
  const sheet = page.getByRole("img", { name: "Page 1 as it looks" })
  await expect(sheet).toHaveAttribute("data-state", "drawn")
  // Its own picture of a megabyte, and a piece for each other page.
  expect(given).toBeGreaterThan(1024 * 1024)
  expect(given).toBeLessThan(bytes.length / 4)
})

test("an administrator sees whether every file is what it was", async () => {
  await inSample(page, "administrator")
  await page.goto("/admin/files")
  await expect(page.getByRole("heading", { name: "Files", level: 1 })).toBeVisible()
  await expect(page.getByText("Every file is what it was.")).toBeVisible()
  await expect(page.getByText("No virus scanner is named")).toBeVisible()
  await noBarriers(page, "files")
})
