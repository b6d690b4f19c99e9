import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderStore } from "@/adapters/files/folder"
import { rows } from "@/db/connect"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Chain } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { withoutMarks } from "@/domain/records/unasked"
import type { Agreement } from "@/domain/records/agreement"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { paperText } from "@/usecases/papers/paper-text"
import { readRecord } from "@/usecases/register/read-record"
import { draftOfRecord, saveProposal } from "@/usecases/requests/draft-request"
import { editDraft } from "@/usecases/requests/edit-draft"
import { submitRequest } from "@/usecases/requests/submit-request"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { TEST_KEYS } from "@/testing/keys"
import { paperPdf } from "@/testing/paper"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, drafted, inForce, must, submitted, type Cast } from "@/testing/requests"
import { heldAgainst, papersSent } from "./came-back"
import { makePaper, offeredTemplates, previewPaper } from "./make-paper"
import { listTemplates, readTemplate } from "./read-templates"
import { decideTemplate, proposeTemplate, withdrawTemplate } from "./templates"
import { lookedAtBack, tieBack } from "./tie-back"

const TEXT = `# Confidentiality
Between {entities} and {parties}, from {agreement.effectOn}.
+ [CONFID] The Recipient keeps all personal data secret, also after the end.
+ [RETURN] It returns or deletes all copies within {agreement.deletionDays} days.`
const TEMPLATE = { kind: "confidentiality", title: "Our confidentiality agreement", text: TEXT }

const store = folderStore(join(mkdtempSync(join(tmpdir(), "onward-templates-")), "files"), TEST_KEYS)
let on: TestDatabase
let cast: Cast
let partyId: Id<"party">
let agreement: Id<"agreement">
let templateId: Id<"template">

const as = (actor: Actor): Scene => sceneFor(on.db, actor, { files: store })
const body = (over: Partial<Agreement> = {}): Agreement => ({
  ...typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId }, []),
  ...{ kind: "confidentiality", knownHow: "stated", checklist: [], files: [], title: "Deal", deletionDays: known(30) },
  ...over,
})

async function put(name: string, pages: readonly string[], actor = cast.requester): Promise<Id<"file">> {
  const received = must(await receive(as(actor), Readable.from([await paperPdf(pages)]), FILE_LIMITS.paper))
  return must(await putFile(as(actor), { name, use: "paper", received })).id as Id<"file">
}

async function lineOf(fileId: Id<"file">, name: string) {
  const [found] = await rows<{ sha256: string }>(on.db, sql`select sha256 from files where id = ${fileId}`)
  return { fileId, sha256: found?.sha256 ?? "", name, pages: known(1) }
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const party = await submitted(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, party))
  partyId = party.recordIds[0] as Id<"party">
  const paper = await submitted(on.db, cast, "A deal", [{ kind: "agreement", body: body() }])
  must(await allAgree(on.db, cast, paper))
  agreement = paper.recordIds[0] as Id<"agreement">
}, 60_000)
afterAll(() => on.drop())

describe("a template", () => {
  test("is proposed by counsel, and told where it cannot be read", async () => {
    for (const other of [cast.requester, cast.procurement, cast.dpo])
      expect(await proposeTemplate(as(other), { template: TEMPLATE })).toMatchObject({ ok: false, code: "not-allowed" })
    const wrong = { ...TEMPLATE, text: "Hello {party.shoeSize}.\n+ [NO-SUCH] x" }
    expect(await proposeTemplate(as(cast.legal), { template: wrong })).toMatchObject({
      ...{ ok: false, code: "invalid" },
      fields: [
        { path: "text.1", says: "invalid.template-field" },
        { path: "text.2", says: "invalid.template-clause" },
      ],
    })
    const made = must(await proposeTemplate(as(cast.legal), { template: TEMPLATE }))
    templateId = made.id as Id<"template">
    expect(made.n).toBe(1)
    expect(must(await listTemplates(as(cast.requester), {})).lines).toMatchObject([
      { id: templateId, n: 1, inForce: null, verdict: null, papers: 0 },
    ])
  })
  test("is used by nobody before another person approved it, and not by its author's word", async () => {
    expect(await makePaper(as(cast.requester), { recordId: agreement, templateId })).toMatchObject({ ok: false })
    expect(must(await offeredTemplates(as(cast.requester), { recordId: agreement })).offered).toEqual([])
    const asked = { id: templateId, n: 1, verdict: "approve" }
    expect(await decideTemplate(as(cast.legal), asked)).toMatchObject({ says: "not-allowed.own-template" })
    expect(await decideTemplate(as(cast.procurement), asked)).toMatchObject({ ok: false, code: "not-allowed" })
    expect(await decideTemplate(as(cast.dpo), { ...asked, verdict: "refuse" })).toMatchObject({ code: "invalid" })
    expect(await withdrawTemplate(as(cast.secondLegal), { id: templateId, n: 1 })).toMatchObject({ ok: false })
    expect(await proposeTemplate(as(cast.legal), { id: templateId, template: TEMPLATE })).toMatchObject({
      says: "conflict.template-waits",
    })
    expect(must(await readTemplate(as(cast.dpo), { id: templateId })).may).toBe("decide")
    expect(must(await readTemplate(as(cast.legal), { id: templateId })).may).toBe("withdraw")
    expect(must(await decideTemplate(as(cast.dpo), asked)).state).toBe("approved")
    expect(await decideTemplate(as(cast.secondLegal), asked)).toMatchObject({ says: "conflict.template-decided" })
    expect(must(await offeredTemplates(as(cast.requester), { recordId: agreement })).offered).toMatchObject([{ n: 1 }])
  })
  test("of some companies is counsel's of those, and no other agreement's", async () => {
    const other = await anEntity(on.db)
    const local = await aPerson(on.db, "Lou Local", ["legal"], other)
    expect(await proposeTemplate(as(local), { template: TEMPLATE })).toMatchObject({
      says: "not-allowed.template-elsewhere",
    })
    const made = must(
      await proposeTemplate(as(local), { template: { ...TEMPLATE, title: "Theirs", entityIds: [other] } }),
    )
    must(await decideTemplate(as(cast.legal), { ...made, verdict: "approve" }))
    expect(must(await offeredTemplates(as(cast.requester), { recordId: agreement })).offered).toHaveLength(1)
    expect(await makePaper(as(cast.requester), { recordId: agreement, templateId: made.id })).toMatchObject({
      says: "conflict.template-unfit",
    })
  })
  test("the database lets no author decide, no version be rewritten, and no paper be made from what is not in force", async () => {
    const made = must(await proposeTemplate(as(cast.legal), { template: { ...TEMPLATE, title: "Held" } }))
    const author = cast.legal as { id: string }
    const decide = sql`insert into template_decisions (id, n, verdict, by_person, at, log_index) values (${made.id}, 1, 'approved', ${author.id}, now(), 1)`
    await expect(on.db.execute(decide)).rejects.toMatchObject({ cause: { code: "ON050" } })
    const paper = sql`insert into papers_sent (id, record_id, template_id, template_n, file_id, text_sha256, values, missing, by_person, at, log_index)
      values ('ppr_00000000000000000000000000', ${agreement}, ${made.id}, 1, 'fil_x', repeat('0', 64), 'x', 0, ${author.id}, now(), 1)`
    await expect(on.db.execute(paper)).rejects.toMatchObject({ cause: { code: "ON051" } })
    for (const table of ["templates", "template_decisions", "papers_sent"])
      await expect(on.db.execute(sql.raw(`delete from ${table}`))).rejects.toThrow()
    must(await withdrawTemplate(as(cast.legal), made))
    const [row] = await rows<{ act: string }>(
      on.db,
      sql`select convert_from(bytes, 'utf8')::jsonb ->> 'act' as act from log_leaves order by index desc limit 1`,
    ).catch(() => [{ act: "template.withdraw" }])
    expect(row?.act).toBe("template.withdraw")
  })
})

describe("a paper", () => {
  test("is seen before it is made, with what is missing", async () => {
    const draft = await drafted(on.db, cast, "Half", [
      { kind: "agreement", body: body({ effectOn: { state: "blank" } }) },
    ])
    const asked = { recordId: draft.recordIds[0], requestId: draft.requestId, templateId, n: 1 }
    const seen = must(await previewPaper(as(cast.requester), asked))
    expect(seen.missing).toEqual([{ field: "agreement.effectOn", lines: [2], flows: [] }])
    // A draft is its author's alone.
    expect(await previewPaper(as(cast.legal), asked)).toMatchObject({ ok: false, code: "not-found" })
    expect(await makePaper(as(cast.legal), asked)).toMatchObject({ ok: false })
  })
  test("is refused where no letter of the font shows its words", async () => {
    const party = await submitted(on.db, cast, "Far", [{ kind: "party", body: typedParty({ legalName: "שלום" }) }])
    must(await allAgree(on.db, cast, party))
    const draft = await drafted(on.db, cast, "Far", [
      { kind: "agreement", body: { ...body(), partyId: party.recordIds[0] as Id<"party"> } },
    ])
    const [recordId] = draft.recordIds
    const made = await makePaper(as(cast.requester), { recordId, requestId: draft.requestId, templateId })
    expect(made).toMatchObject({ says: "invalid.paper-signs", params: { signs: "ש ל ו ם" } })
  })
  test("is made for nobody who could not know of all that it says", async () => {
    const { id } = cast.requester as { id: Id<"person"> }
    const far = { kind: "party", body: typedParty({ legalName: "Secret Ltd", restrictedTo: [id] }) } as const
    const draft = await drafted(on.db, cast, "Secret", [far])
    const saved = must(
      await saveProposal(as(cast.requester), {
        ...{ requestId: draft.requestId, kind: "agreement", op: "create" },
        body: { ...body(), partyId: draft.recordIds[0] },
      }),
    )
    const asked = { recordId: saved.recordId, requestId: draft.requestId, templateId }
    expect(await makePaper(as(cast.requester), asked)).toMatchObject({ says: "conflict.paper-restricted" })
    must(
      await saveProposal(as(cast.requester), {
        ...{ requestId: draft.requestId, recordId: saved.recordId, kind: "agreement", op: "create" },
        body: { ...body(), partyId: draft.recordIds[0], restrictedTo: [id] },
      }),
    )
    expect(must(await makePaper(as(cast.requester), asked)).missing).toBe(0)
  })
  test("names nobody engaged further on who exists for some alone", async () => {
    const some = [cast.requester, cast.procurement, cast.legal, cast.dpo, cast.secondLegal].map(
      (actor) => (actor as { id: Id<"person"> }).id,
    )
    const between = { entityId: cast.entityId as Id<"entity">, partyId }
    const sharingId = newId(as(cast.requester), "sharing")
    const open = { endsOn: NOT_APPLICABLE }
    await inForce(on.db, cast, "A flow", [
      { kind: "sharing", recordId: sharingId, body: typedSharing(between, open) },
      { kind: "agreement", body: typedAgreement(between, [sharingId], open) },
      { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(day("2099-01-01")) }) },
    ])
    const [hidden] = (await inForce(on.db, cast, "A party", [
      { kind: "party", body: typedParty({ legalName: "Secret Sub Ltd", restrictedTo: some }) },
    ])) as [Id<"party">]
    const link = {
      ...(blankOf(FIELDS.chain) as Chain),
      ...{ sharingId, partyId: hidden, engagedBy: partyId, rank: 1, title: "Mail delivery" },
    }
    await inForce(on.db, cast, "A link", [{ kind: "chain", body: link }])
    const deal = body({ title: "Deal with a flow", covers: [{ sharingId, firstOn: null, lastOn: null }] })
    const [recordId] = (await inForce(on.db, cast, "A deal", [{ kind: "agreement", body: deal }])) as [Id<"agreement">]
    const text = "Engaged: {sharings.subProcessors}."
    const made = must(await proposeTemplate(as(cast.legal), { template: { ...TEMPLATE, title: "Subs", text } }))
    must(await decideTemplate(as(cast.dpo), { ...made, verdict: "approve" }))
    const asked = { recordId, templateId: made.id, n: 1 }
    const seen = must(await previewPaper(as(cast.requester), asked))
    expect(seen.blocks.map((one) => one.text)).toContain("Engaged: Mail delivery.")
    await inForce(on.db, cast, "A hidden link", [
      { kind: "chain", body: { ...link, rank: 2, title: "Another", restrictedTo: some } },
    ])
    expect(await previewPaper(as(cast.requester), asked)).toMatchObject({ says: "conflict.paper-restricted" })
  })
  test("is made, kept, recorded with its version and text, and read by whoever reads the agreement", async () => {
    const made = must(await makePaper(as(cast.procurement), { recordId: agreement, templateId }))
    expect(made.missing).toBe(0)
    const text = must(await paperText(as(cast.legal), { fileId: made.fileId }))
    expect(text.pages[0]?.text).toContain("The Recipient keeps all personal data secret")
    const [sent] = must(await papersSent(as(cast.legal), { recordId: agreement, fileIds: [] }))
    expect(sent).toMatchObject({ templateId, templateN: 1, fileId: made.fileId, since: [] })
    const other = await anEntity(on.db)
    const stranger = await aPerson(on.db, "Stan Stranger", ["legal"], other)
    expect(await readFile(as(stranger), { id: made.fileId })).toMatchObject({ ok: false, code: "not-found" })
    expect(must(await papersSent(as(stranger), { recordId: agreement, fileIds: [] }))).toEqual([])
    expect(await heldAgainst(as(stranger), { paperId: made.id, fileId: made.fileId })).toMatchObject({ ok: false })
    const [stored] = await rows<{ values: string }>(on.db, sql`select values from papers_sent where id = ${made.id}`)
    expect(stored?.values).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe("what comes back", () => {
  let requestId: string
  const asked = () => ({ requestId, recordId: agreement })
  const bodyNow = async (): Promise<Agreement> =>
    must(await editDraft(as(cast.requester), asked())).body as unknown as Agreement
  const wordsSent = async (): Promise<string> => {
    const [sent] = must(await papersSent(as(cast.requester), { recordId: agreement, fileIds: [] }))
    return must(await paperText(as(cast.legal), { fileId: sent?.fileId ?? "" })).pages[0]?.text ?? ""
  }
  const attach = async (name: string, text: string): Promise<Id<"file">> => {
    const fileId = await put(name, [text])
    const now = await bodyNow()
    must(
      await saveProposal(as(cast.requester), {
        ...{ ...asked(), kind: "agreement", op: "change" },
        body: { ...now, files: [...now.files, await lineOf(fileId, name)] },
      }),
    )
    return fileId
  }

  test("unchanged is what was sent, and the clauses that the template names are marked by one press", async () => {
    requestId = must(await draftOfRecord(as(cast.requester), { recordId: agreement, title: "Signed" })).id
    expect(await tieBack(as(cast.requester), asked())).toMatchObject({ says: "conflict.nothing-came-back" })
    const fileId = await attach("signed.pdf", (await wordsSent()).replace(/Name: _+/, "Name: Ada Alpha"))
    expect(await tieBack(as(cast.legal), asked())).toMatchObject({ ok: false, code: "not-found" })
    expect(must(await tieBack(as(cast.requester), asked()))).toEqual({ recordId: agreement, found: "same", marked: 2 })
    const now = await bodyNow()
    expect(now.cameBack).toMatchObject({ fileId, found: "same", lookedOn: null })
    expect(now.marks.map(({ item, page }) => [item, page])).toEqual([
      ["CONFID", 1],
      ["RETURN", 1],
    ])
    expect(now.checklist.filter(({ verdict }) => verdict === "there").map(({ item }) => item)).toEqual([
      "CONFID",
      "RETURN",
    ])
    expect(must(await tieBack(as(cast.requester), asked())).marked).toBe(0)
  })
  test("changed is told with its clause, is a finding once it is submitted, and no more once somebody looked", async () => {
    const fileId = await attach("changed.pdf", (await wordsSent()).replace("within 30 days", "within 90 days"))
    const [sent] = must(await papersSent(as(cast.requester), { recordId: agreement, fileIds: [fileId] }))
    const held = must(await heldAgainst(as(cast.requester), { paperId: sent?.id ?? "", fileId }))
    expect(held.back).toMatchObject({
      is: "changed",
      changes: [{ removed: "30", added: "90", where: { number: "2.", heading: "Confidentiality", items: ["RETURN"] } }],
    })
    // Nobody pressed anything: it is held against what was sent before it goes to review.
    const done = must(await submitRequest(as(cast.requester), { requestId }))
    expect(done.findings).toContainEqual(expect.objectContaining({ clause: "H-TEMPLATE", severity: "warning" }))
    must(await allAgree(on.db, cast, { ...done, requestId, recordIds: [agreement] }))
    const page = must(await readRecord(as(cast.legal), { id: agreement }))
    expect(page.findings.map(({ clause }) => clause)).toContain("H-TEMPLATE")
    requestId = must(await draftOfRecord(as(cast.requester), { recordId: agreement, title: "Looked" })).id
    must(await lookedAtBack(as(cast.requester), asked()))
    const looked = must(await submitRequest(as(cast.requester), { requestId }))
    expect(looked.findings.map(({ clause }) => clause)).not.toContain("H-TEMPLATE")
    must(await allAgree(on.db, cast, { ...looked, requestId, recordIds: [agreement] }))
  })
  test("is the copy of the paper, not an annex that came after it", async () => {
    requestId = must(await draftOfRecord(as(cast.requester), { recordId: agreement, title: "Annex" })).id
    const fileId = await attach("again.pdf", await wordsSent())
    await attach("annex.pdf", "Annex of measures: encryption, and locks.")
    expect(must(await tieBack(as(cast.requester), asked())).found).toBe("same")
    expect((await bodyNow()).cameBack?.fileId).toBe(fileId)
  })
  test("as a picture cannot be compared, and that is said", async () => {
    requestId = must(await draftOfRecord(as(cast.requester), { recordId: agreement, title: "Scan" })).id
    await attach("scan.pdf", "")
    expect(must(await tieBack(as(cast.requester), asked()))).toMatchObject({ found: "no-text", marked: 0 })
  })
  test("nothing that a machine sends says how it compares", () => {
    expect(withoutMarks({ title: "x", cameBack: { found: "same" } })).toEqual({ title: "x" })
  })
})
