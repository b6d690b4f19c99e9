import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test, type Page } from "@playwright/test"
import { strFromU8, unzipSync } from "fflate"
import { CHECKLISTS } from "../domain/vocabulary/checklists"
import { noBarriers } from "./axe"
import { PASSWORD, entered, fillRecord, freshPage } from "./people"
import { setUpLink } from "./start-server"

const ITEMS = CHECKLISTS.processing ?? []

test.describe.configure({ mode: "serial" })

let administrator: Page
let requester: Page
let procurement: Page
let legal: Page
let dpo: Page
let request = ""

test("first run: the printed link makes the first administrator, once", async ({ browser }) => {
  administrator = await freshPage(browser)
  await administrator.goto(setUpLink())
  await noBarriers(administrator, "set-up")
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill("short")
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("alert").filter({ hasText: "15 characters" })).toBeVisible()
  await administrator.getByLabel("Your name").fill("Ada Admin")
  await administrator.getByLabel("E-mail address").fill("ada@example.test")
  await administrator.getByLabel("Password").fill(PASSWORD)
  await administrator.getByRole("button", { name: "Make the account" }).click()
  await expect(administrator.getByRole("heading", { name: "The register is yours" })).toBeVisible()
  await noBarriers(administrator, "welcome")
  const second = await freshPage(browser)
  await second.goto(setUpLink())
  await expect(second.getByText("This link was used already, or is over.")).toBeVisible()
})

test("the administrator adds the first company and lets four people in", async ({ browser }) => {
  await administrator.getByRole("link", { name: "Start our register" }).click()
  await expect(administrator.getByRole("heading", { name: "Companies", level: 1 })).toBeVisible()
  await noBarriers(administrator, "entities")
  await administrator.getByLabel("Legal name").fill("Lumen Cameras GmbH")
  await administrator.getByLabel(/^Country/).fill("DE")
  await administrator.getByLabel("Time zone").fill("Europe/Berlin")
  await administrator.getByRole("checkbox", { name: "EU" }).check()
  await administrator.getByRole("button", { name: "Save the company" }).click()
  await expect(administrator.getByText("Lumen Cameras GmbH").first()).toBeVisible()
  // Without a fresh page the form of another company keeps nothing of the one before.
  await administrator.getByRole("link", { name: /Lumen Cameras GmbH/ }).click()
  await expect(administrator.getByLabel("Legal name")).toHaveValue("Lumen Cameras GmbH")
  await expect(administrator.getByRole("checkbox", { name: "EU" })).toBeChecked()
  requester = await entered(browser, administrator, "Rina Request", "rina@example.test", ["requester"])
  procurement = await entered(browser, administrator, "Paul Purchase", "paul@example.test", ["procurement"])
  legal = await entered(browser, administrator, "Lena Law", "lena@example.test", ["legal"])
  dpo = await entered(browser, administrator, "Dora Officer", "dora@example.test", ["DPO"])
  await administrator.goto("/admin/people")
  await noBarriers(administrator, "people")
  await noBarriers(requester, "home-requester")
})

test("a requester proposes party, sharing, paper and vetting in one request", async () => {
  await requester.getByRole("link", { name: "New request" }).first().click()
  await requester.getByLabel("What is it about, in one sentence?").fill("Parcels to customers by Fleet Parcel")
  await noBarriers(requester, "request-new")
  await requester.getByRole("button", { name: "Begin the request" }).click()
  await expect(requester.getByRole("heading", { name: /R-\d+ Parcels to customers/ })).toBeVisible()
  request = new URL(requester.url()).pathname
  await requester.goto(`${request}/records/new-party`)
  await noBarriers(requester, "party-form")
  await fillRecord(requester, { legalName: "" })
  await expect(requester.locator("#legalName-error")).toBeVisible()
  await fillRecord(
    requester,
    {
      legalName: "Fleet Parcel B.V.",
      "country.value": "NL",
      "kinds.0.kind": "processor",
      dataDecision: "receives-data",
    },
    ["kinds"],
  )
  await expect(requester.getByText("Fleet Parcel B.V.").first()).toBeVisible()
  await requester.goto(`${request}/records/new-sharing`)
  await noBarriers(requester, "sharing-form")
  await fillRecord(
    requester,
    {
      entityId: "Lumen Cameras GmbH",
      partyId: "Fleet Parcel B.V.",
      mode: "entrust",
      title: "Parcel labels",
      "role.value": "processor",
      "purposes.value": ["order.deliver"],
      "purposeText.value": "The parcel reaches the person who ordered it.",
      "ownPurpose.value": "no",
      "dataLines.value.0.kind": "contact.address",
      "dataLines.value.0.necessity.value": "Without the address no parcel arrives.",
      "subjects.value": ["customer"],
      "destinations.value.0.country": "NL",
      "destinations.value.0.kind": "storage",
      "measures.value": ["transit.encryption", "storage.protection", "access.control"],
      "retention.value.days.value": "30",
      "retention.value.trigger.value": "delivery",
      "retention.value.deletion.value": "erased by the party",
      "startsOn.value": "2026-01-01",
      "endsOn.state": "not-applicable",
      "inferable.value": "no",
    },
    ["dataLines.value", "destinations.value"],
  )
  await expect(requester.getByText("Parcel labels").first()).toBeVisible()
})

test("a draft is saved as one types, once and not twice", async () => {
  await requester.goto(`${request}/records/new-party`)
  await requester.getByLabel("Legal name").fill("Typed and forgotten Ltd")
  await expect(requester.getByText(/Saved at/)).toBeVisible()
  await requester.getByLabel("Legal name").fill("")
  await expect(requester.getByText(/Not saved yet/)).toBeVisible()
  await requester.getByLabel("Legal name").fill("Typed, then forgotten Ltd")
  await expect(requester.getByText(/Saved at/)).toBeVisible()
  await requester.goto(request)
  const typed = requester.locator("details").filter({ hasText: "forgotten Ltd" })
  await expect(typed).toHaveCount(1)
  await typed.getByRole("button", { name: "Take out" }).click()
  await expect(requester.getByText("forgotten Ltd")).toHaveCount(0)
})

test("what is missing is said at once, with the clause it comes from", async () => {
  await expect(requester.getByText("S-III.A-2", { exact: true })).toBeVisible()
  await expect(requester.getByText("The party has not been vetted.").first()).toBeVisible()
  await noBarriers(requester, "request-draft")
})

test("with paper and vetting nothing blocks, and it is submitted", async () => {
  await requester.goto(`${request}/records/new-agreement`)
  await requester.setInputFiles("#file", {
    name: "clauses.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
  })
  await requester.getByRole("button", { name: "Send the file" }).click()
  await expect(requester).not.toHaveURL(/refused/)
  await fillRecord(
    requester,
    {
      entityId: "Lumen Cameras GmbH",
      partyId: "Fleet Parcel B.V.",
      kind: "processing",
      title: "Processing clauses with Fleet Parcel",
      knownHow: "document-seen",
      "files.0.fileId": "clauses.pdf",
      "effectOn.value": "2025-12-01",
      "endsOn.state": "not-applicable",
      "covers.0.sharingId": "Parcel labels",
      ...Object.fromEntries(
        (["entity", "party"] as const).flatMap((side, i) => [
          [`signatories.${i}.side`, side],
          [`signatories.${i}.name`, `Signer ${i}`],
          [`signatories.${i}.signedOn.value`, "2025-12-01"],
          [`signatories.${i}.how`, "signed"],
          [`signatories.${i}.knownHow`, "document-seen"],
        ]),
      ),
      ...Object.fromEntries(
        ITEMS.flatMap((_item, i) => [
          [`checklist.${i}.fileId`, "clauses.pdf"],
          [`checklist.${i}.page.value`, String(i + 1)],
          [`checklist.${i}.verdict`, "there"],
        ]),
      ),
    },
    ["files", "covers", "signatories", "checklist"],
    { kind: "processing" },
  )
  await expect(requester.getByText("Processing clauses with Fleet Parcel").first()).toBeVisible()
  await requester.goto(`${request}/records/new-assessment`)
  await fillRecord(requester, {
    kind: "due-diligence",
    partyId: "Fleet Parcel B.V.",
    title: "Due diligence on Fleet Parcel",
    "outcome.value": "passed",
    "doneOn.value": "2025-11-01",
    "validUntil.state": "not-applicable",
  })
  await expect(requester.getByText("S-III.A-2")).toHaveCount(0)
  expect(await requester.locator(".finding.blocking").allInnerTexts()).toEqual([])
  await requester.getByRole("button", { name: "Submit" }).click()
  await expect(requester.getByText("In review").first()).toBeVisible()
})

test("nobody decides their own request, not through HTTP either", async () => {
  await expect(requester.getByRole("button", { name: "Approve" })).toHaveCount(0)
  // The first page of whoever may decide leads there, and that of whoever asked says at whom it stands.
  await requester.goto("/")
  await expect(requester.getByRole("region", { name: "You wait for" })).toContainText("Lena Law")
  await legal.goto("/")
  await expect(legal.getByRole("link", { name: "1 thing waits for you" })).toBeVisible()
  await noBarriers(legal, "home-legal")
  await legal.getByRole("region", { name: "Yours to decide" }).getByRole("link").click()
  await legal.waitForURL(`**${request}`)
  const box = legal.getByRole("region", { name: "Decide" })
  const hash = await box.locator('[name="hash"]').inputValue()
  const entityId = await box.locator('[name="entityId"]').inputValue()
  const tried = await decideByHttp(requester, request, { hash, stage: "legal", entityId, verdict: "approve" })
  expect(tried.status).toBe(403)
})

test("three others decide, none of them twice; then all of it is in force at once", async () => {
  await noBarriers(legal, "request-decide")
  const box = legal.getByRole("region", { name: "Decide" })
  const hash = await box.locator('[name="hash"]').inputValue()
  const entityId = await box.locator('[name="entityId"]').inputValue()
  await legal.getByRole("button", { name: "Approve" }).click()
  await expect(legal.getByRole("button", { name: "Approve" })).toHaveCount(0)
  const again = await decideByHttp(legal, request, { hash, stage: "procurement", entityId, verdict: "approve" })
  expect(again.status).toBe(403)
  await procurement.goto(request)
  await procurement.getByRole("button", { name: "Approve" }).click()
  await dpo.goto(request)
  await noBarriers(dpo, "request-advise")
  await dpo.getByRole("button", { name: "Agree", exact: true }).click()
  await expect(dpo.getByText("Approved").first()).toBeVisible()
  await procurement.goto("/parties")
  await noBarriers(procurement, "parties")
  await procurement.getByRole("link", { name: "Fleet Parcel B.V.", exact: true }).click()
  await expect(procurement.getByRole("heading", { name: "Fleet Parcel B.V." })).toBeVisible()
  await expect(procurement.getByRole("cell", { name: "Covered today", exact: true })).toBeVisible()
  await noBarriers(procurement, "party")
  await procurement.getByRole("link", { name: "Parcel labels", exact: true }).first().click()
  await expect(procurement.getByText(/Covered on all its days/)).toBeVisible()
  await noBarriers(procurement, "sharing")
  await procurement.goto("/agreements")
  await noBarriers(procurement, "agreements")
  await procurement.getByRole("link", { name: "Processing clauses with Fleet Parcel", exact: true }).click()
  await expect(procurement.getByText(`${ITEMS.length} of ${ITEMS.length} clauses are pointed to a page.`)).toBeVisible()
  const file = procurement.waitForEvent("download")
  await procurement.getByRole("link", { name: "Download clauses.pdf" }).click()
  expect((await file).suggestedFilename()).toBe("clauses.pdf")
  await noBarriers(procurement, "agreement")
  await procurement.goto("/evidence")
  await noBarriers(procurement, "evidence")
  await procurement.goto("/findings")
  await noBarriers(procurement, "findings")
})

test("the log shows every step, and yesterday's register does not have it", async () => {
  await legal.goto("/audit/events")
  await noBarriers(legal, "log")
  await expect(legal.getByRole("link", { name: "Fleet Parcel B.V." }).first()).toBeVisible()
  await legal.goto("/parties?as-of=2020-01-01")
  await expect(legal.getByRole("note")).toContainText("The register as it stood on")
  await expect(legal.getByRole("link", { name: "Fleet Parcel B.V." })).toHaveCount(0)
  await noBarriers(legal, "parties-as-of")
})

test("the supervisor takes the register away as a package that names its own sums", async ({ browser }) => {
  const supervisor = await entered(browser, administrator, "Sven Supervisor", "sven@example.test", ["supervisor"])
  await supervisor.goto("/audit/exports")
  await noBarriers(supervisor, "exports")
  await supervisor.getByRole("button", { name: "Make the package" }).click()
  const ready = supervisor.getByRole("link", { name: /^Download the package/ })
  await expect(ready).toBeVisible({ timeout: 30_000 })
  await noBarriers(supervisor, "export")
  const download = supervisor.waitForEvent("download")
  await ready.click()
  const path = await (await download).path()
  const entries = unzipSync(readFileSync(path))
  const manifest = JSON.parse(strFromU8(entries["manifest.json"] as Uint8Array)) as {
    records: Record<string, number>
    watermark: { name: string } | null
    files: { name: string; sha256: string }[]
  }
  const { entity: _ours, ...kinds } = manifest.records
  expect(Object.values(kinds).reduce((sum, n) => sum + n, 0)).toBe(4)
  expect(manifest.watermark).toMatchObject({ name: "Sven Supervisor" })
  for (const file of manifest.files)
    expect(
      createHash("sha256")
        .update(entries[file.name] as Uint8Array)
        .digest("hex"),
      file.name,
    ).toBe(file.sha256)
  expect(strFromU8(entries["csv/party.csv"] as Uint8Array)).toContain("Fleet Parcel B.V.")
  await administrator.goto("/audit/refusals")
  await expect(administrator.getByText("Decided").first()).toBeVisible()
  await noBarriers(administrator, "refusals")
})

/** Sends a decision past the page, with the person's own session. */
async function decideByHttp(page: Page, of: string, data: Record<string, string>): Promise<{ status: number }> {
  const answer = await page.request.post(`/api/v1${of}/decisions`, {
    data,
    headers: { origin: new URL(page.url()).origin },
  })
  return { status: answer.status() }
}

test("of two requests on one record the second is told, lays itself on top, and is decided anew", async () => {
  const propose = async (website: string): Promise<string> => {
    await requester.goto("/parties")
    await requester.getByRole("link", { name: "Fleet Parcel B.V.", exact: true }).click()
    await requester.getByRole("button", { name: "Propose a change" }).click()
    await requester.waitForURL(/\/requests\/req_/)
    const path = /\/requests\/req_[0-9a-z]+/.exec(requester.url())?.[0] ?? ""
    if (!requester.url().includes("/records/")) await requester.getByRole("link", { name: "Edit" }).click()
    await fillRecord(requester, website.startsWith("https") ? { "website.value": website } : { "notes.value": website })
    await requester.goto(path)
    await requester.getByRole("button", { name: "Submit" }).click()
    await expect(requester.getByText("In review").first()).toBeVisible()
    return path
  }
  const first = await propose("https://fleet-parcel.example")
  const second = await propose("Asked for a new contact.")
  await procurement.goto(first)
  await procurement.getByRole("button", { name: "Approve" }).click()
  await expect(procurement.getByText("Approved").first()).toBeVisible()
  await procurement.goto(second)
  await expect(procurement.getByText("version 1 became version 2")).toBeVisible()
  await noBarriers(procurement, "request-moved")
  await requester.goto(second)
  await requester.getByRole("button", { name: "Take back into the draft" }).click()
  await requester.getByRole("button", { name: "Lay this proposal on top of it" }).click()
  await expect(requester.getByText("version 1 became version 2")).toHaveCount(0)
  await requester.getByRole("button", { name: "Submit" }).click()
  await procurement.goto(second)
  await procurement.getByRole("button", { name: "Approve" }).click()
  await expect(procurement.getByText("Approved").first()).toBeVisible()
  await procurement.goto("/parties")
  await procurement.getByRole("link", { name: "Fleet Parcel B.V.", exact: true }).click()
  await expect(procurement.getByText("https://fleet-parcel.example").first()).toBeVisible()
  await expect(procurement.getByText("Asked for a new contact.").first()).toBeVisible()
  // What waits goes out by mail; the administrators' story looks for it.
  await propose("Left to be decided after its mail.")
})
