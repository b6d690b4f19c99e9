import { expect, test } from "@playwright/test"
import { paperPdf } from "../testing/paper"
import { noBarriers } from "./axe"
import { as, freshPage, inSample, send } from "./people"
import { port } from "./start-server"

test.describe.configure({ timeout: 180_000 })

const origin = `http://127.0.0.1:${port()}`
const TEXT = `# Confidentiality
Between {entities} and {parties}. The law of {agreement.governingLaw} applies.
+ [CONFID] The Recipient keeps all personal data secret, also after the end.
+ [RETURN] At the end it returns or deletes all copies within 30 days.`

test("a template is approved by another, its paper made, and the copy that comes back changed is told, clause by clause", async ({
  browser,
}) => {
  const page = await freshPage(browser)
  await inSample(page, "legal")
  await page.goto("/templates/new")
  await page.getByLabel("Kind of agreement").selectOption("confidentiality")
  await page.getByLabel("Title of the paper").fill("Our confidentiality agreement")
  // What cannot be read is told with its line, and nothing that was typed is lost.
  await page.getByLabel("Text", { exact: true }).fill(`${TEXT}\nHello {party.shoeSize}.`)
  await page.getByRole("button", { name: "Propose it" }).click()
  await expect(page.getByRole("link", { name: "Line 5: there is no field party.shoeSize." })).toBeVisible()
  await expect(page.getByLabel("Title of the paper")).toHaveValue("Our confidentiality agreement")
  await noBarriers(page, "template-editor")
  await page.getByLabel("Text", { exact: true }).fill(TEXT)
  await page.getByRole("button", { name: "Propose it" }).click()
  await expect(page.getByRole("heading", { name: /^Version 1, proposed by .* waits to be approved$/ })).toBeVisible()
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0)
  const path = new URL(page.url()).pathname

  await as(page, "DPO", path)
  await page.getByRole("button", { name: "Show" }).click()
  await expect(page.getByRole("heading", { name: /^With the data of / })).toBeVisible()
  await noBarriers(page, "template")
  await page.getByRole("button", { name: "Approve" }).click()
  await expect(page.getByText("Version 1 is in use")).toBeVisible()

  await as(page, "requester", "/templates")
  await expect(page.getByRole("link", { name: "Our confidentiality agreement" })).toBeVisible()
  await noBarriers(page, "templates")
  await page.goto("/agreements?f.kind=confidentiality")
  const recordId = ((await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? "").split("/").pop() ?? ""
  await page.goto(`/agreements/${recordId}`)
  await page.getByRole("link", { name: "Make the paper" }).click()
  await expect(page.getByRole("heading", { name: "Make the paper from our template" })).toBeVisible()
  await expect(page.getByText("1. The Recipient keeps all personal data secret")).toBeVisible()
  await noBarriers(page, "make-paper")
  await page.getByRole("button", { name: "Make the PDF" }).click()
  const sent = page.getByRole("region", { name: "Papers made from our templates" })
  await expect(sent).toContainText("Nothing came back yet.")
  const opens = (await sent.getByRole("link", { name: /^Open / }).getAttribute("href")) ?? ""
  const made = await page.request.get(opens)
  expect((await made.body()).subarray(0, 5).toString()).toBe("%PDF-")

  // The signed copy comes back with another number in it.
  await page.goto(`/papers/make?agreement=${recordId}`)
  const lines = await page.getByRole("region", { name: "The text" }).locator("p").allInnerTexts()
  const upload = await page.request.post("/api/v1/files", {
    headers: { origin, "content-type": "application/octet-stream", "x-file-name": "signed.pdf" },
    data: await paperPdf([lines.join("\n").replace("within 30 days", "within 90 days")]),
  })
  expect(upload.ok(), await upload.text()).toBe(true)
  const file = (await upload.json()) as { id: string; sha256: string }
  const draft = await send(page, "/api/v1/requests/of-record", { recordId, title: "The signed copy" })
  const form = await page.request.get(`/api/v1/requests/${draft.id}`)
  const held = (await form.json()) as { proposals: { body: { files: object[] } }[] }
  const body = held.proposals[0]?.body
  await send(page, `/api/v1/requests/${draft.id}/proposals`, {
    ...{ recordId, kind: "agreement", op: "change" },
    body: {
      ...body,
      files: [
        ...(body?.files ?? []),
        { fileId: file.id, sha256: file.sha256, name: "signed.pdf", pages: { state: "known", value: 1 } },
      ],
    },
  })
  await page.goto(`/requests/${draft.id}`)
  await expect(sent).toContainText("The text is not what we sent: 1 change.")
  await expect(sent).toContainText("Nobody recorded having looked at the differences.")
  await sent.getByRole("link", { name: "See the differences" }).click()
  const changes = page.getByRole("region", { name: "Changes, by clause" })
  await expect(changes).toContainText("Clause 2, Confidentiality (says RETURN): gone 30 new 90")
  await noBarriers(page, "came-back")

  await page.goto(`/requests/${draft.id}`)
  await sent.getByRole("button", { name: "Mark the clauses that our template names" }).click()
  const finding = "What came back has other words than the paper that was made from our template"
  await expect(page.getByText(finding).first()).toBeVisible()
  await noBarriers(page, "came-back-request")
  await sent.getByRole("button", { name: "I looked at the differences" }).click()
  await expect(sent).toContainText(/Differences looked at on /)
  await expect(page.getByText(finding)).toHaveCount(0)
})
