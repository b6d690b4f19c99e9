import { z } from "zod"
import { papersWithWords } from "@/db/statements/papers"
import { proposalsById } from "@/db/statements/parts"
import { carryMarks, type Carried } from "@/domain/clauses/carry"
import { linesOf, withCarried, withMark, withMarksOf, withoutMark } from "@/domain/clauses/marks"
import { findIn } from "@/domain/clauses/find"
import type { PageText } from "@/domain/clauses/words"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import { agreementShape } from "@/domain/records/agreement"
import { idOf, text } from "@/domain/records/parts"
import type { Tx } from "@/db/connect"
import { withoutAdvice } from "@/usecases/files/advice"
import { readFile } from "@/usecases/files/read-file"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { editable, putProposal } from "@/usecases/requests/draft-request"
import { openDrafts } from "@/usecases/requests/revision"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { paperText } from "./paper-text"

const place = {
  requestId: idOf("request"),
  recordId: idOf("agreement"),
}
type Place = { requestId: Id<"request">; recordId: Id<"agreement"> }

const markInput = z.strictObject({
  ...place,
  item: text(40),
  verdict: z.enum(["there", "partly", "missing"]),
  fileId: idOf("file").optional(),
  page: z.int("invalid.page").min(1, "invalid.page").max(100_000, "invalid.page").optional(),
  quote: text(2000).default(""),
  area: agreementShape.shape.marks.unwrap().element.shape.area.default(null),
})
type MarkInput = z.output<typeof markInput>

export type Marked = { recordId: string; item: string }

/**
 * Ties a clause of a paper to a place in one of its files, or says that it stands nowhere in it. It is a change of the draft, as if
 * typed into its form: who does it becomes an author, and it comes into force with the request.
 */
export async function markClause(scene: Scene, raw: unknown): Promise<Outcome<Marked>> {
  const parsed = markInput.safeParse(raw)
  const { fileId, quote, page } = parsed.success ? parsed.data : {}
  if (fileId) {
    const file = await readFile(scene, { id: fileId })
    if (!file.ok) return file
  }
  // Words are held against the file's own text: a quote that is not on that page ties a clause to nothing.
  if (fileId && quote) {
    const found = await paperText(scene, { fileId })
    if (!found.ok) return found
    // Looked for from its page on: a search ends after so many places, and common words fill it long before a late page.
    const from = found.value.pages.filter((one) => one.page >= (page ?? 1))
    if (!findIn(from, quote).some((at) => at.page === page))
      return refuse("invalid", "invalid.quote", { fields: [{ path: "quote", says: "invalid.quote" }] })
  }
  return putMark(scene, raw)
}
markClause.actName = "request.draft" as const

const putMark = jot<MarkInput, Marked>({
  name: "request.draft",
  input: markInput as unknown as z.ZodType<MarkInput>,
  run: async (tx, { input, actor, scene }) => {
    const { item, verdict, fileId, page, quote, area } = input
    return changePaper(tx, { input, actor, scene }, (body) => {
      if (!linesOf(body).some((line) => line.item === item))
        return refuse("invalid", "invalid.clause", { fields: [{ path: "item", says: "invalid.clause" }] })
      if (verdict === "missing") return good(withoutMark(body, item))
      if (!fileId || !body.files.some((file) => file.fileId === fileId))
        return refuse("invalid", "invalid.file-of-paper", {
          fields: [{ path: "fileId", says: "invalid.file-of-paper" }],
        })
      const pages = body.files.find((file) => file.fileId === fileId)?.pages
      if (!page || (pages?.state === "known" && page > pages.value))
        return refuse("invalid", "invalid.page", { fields: [{ path: "page", says: "invalid.page" }] })
      return good(withMark(body, { item, fileId, page, quote, area }, verdict))
    })
  },
})

/** Changes the paper as the draft has it, or as it is in force: then it is proposed to change. */
export async function changePaper(
  tx: Tx,
  { input, actor, scene }: { input: Place; actor: Actor; scene: Scene },
  to: (body: Agreement) => Outcome<Agreement>,
): Promise<Outcome<{ recordId: string; item: string }>> {
  const request = await editable(tx, input.requestId, actor)
  if (!request.ok) return request
  const held = await standingPaper(tx, input, actor)
  if (!held) return refuse("not-found", "not-found")
  const changed = to(held.body)
  if (!changed.ok) return changed
  const { op } = held
  const put = {
    requestId: input.requestId,
    recordId: input.recordId,
    kind: "agreement" as const,
    op,
    discovered: false,
  }
  const done = await putProposal(tx, { input: { ...put, body: changed.value }, actor, scene })
  return done.ok ? good({ recordId: input.recordId, item: (input as Partial<MarkInput>).item ?? "" }) : done
}

/** The paper as the draft has it, else as it is in force; null: there is none that one may read. */
export async function standingPaper(
  tx: Tx,
  { requestId, recordId }: Place,
  actor: Actor,
): Promise<{ op: "create" | "change" | "end"; body: Agreement } | null> {
  const [draft] = openDrafts(await proposalsById(tx, requestId, 0, [recordId]))
  if (draft?.kind === "agreement") return { op: draft.op, body: draft.body as Agreement }
  const [record] = await loadRecords(tx, [recordId], null)
  if (record?.kind !== "agreement" || !readable(record, scopeOf(actor))) return null
  return { op: "change", body: record.body }
}

export type CarriedOver = { recordId: string; carried: Carried[] }

const carryInput = z.strictObject({ ...place, from: idOf("file"), to: idOf("file") })
type CarryInput = z.output<typeof carryInput>

/**
 * Carries the marks of a paper from one of its files to another, newer one: those whose words stand there unchanged go along, the
 * others fall to "look again" and evidence nothing until somebody did.
 */
export async function carryOver(scene: Scene, raw: unknown): Promise<Outcome<CarriedOver>> {
  const parsed = carryInput.safeParse(raw)
  if (!parsed.success) return putCarried(scene, { input: raw, texts: null })
  const [before, after] = [
    await paperText(scene, { fileId: parsed.data.from }),
    await paperText(scene, { fileId: parsed.data.to }),
  ]
  if (!before.ok) return before
  if (!after.ok) return after
  return putCarried(scene, { input: parsed.data, texts: [before.value.pages, after.value.pages] })
}
carryOver.actName = "request.draft" as const

type Texts = readonly [PageText[], PageText[]]
const texts = z.custom<Texts>((value) => Array.isArray(value) && value.length === 2)

const putCarried = jot<{ input: CarryInput; texts: Texts }, CarriedOver>({
  name: "request.draft",
  input: z.strictObject({ input: carryInput, texts }) as unknown as z.ZodType<{ input: CarryInput; texts: Texts }>,
  run: async (tx, { input: asked, actor, scene }) => {
    const { from, to } = asked.input as { from: Id<"file">; to: Id<"file"> }
    let carried: Carried[] = []
    const done = await changePaper(tx, { input: asked.input as Place, actor, scene }, (body) => {
      if (from === to || !body.files.some((file) => file.fileId === to))
        return refuse("invalid", "invalid.file-of-paper", { fields: [{ path: "to", says: "invalid.file-of-paper" }] })
      carried = carryMarks(
        body.marks.filter((mark) => mark.fileId === from),
        ...asked.texts,
      )
      return good(withCarried(body, from, to, carried))
    })
    return done.ok ? good({ recordId: done.value.recordId, carried }) : done
  },
})

const takeInput = z.strictObject({ ...place, fileId: idOf("file"), of: idOf("agreement") })
type TakeInput = z.output<typeof takeInput>

/** Takes over the marks that another paper of the same words has, where this one has none yet. */
export async function takeMarks(scene: Scene, raw: unknown): Promise<Outcome<CarriedOver>> {
  const parsed = takeInput.safeParse(raw)
  const mine = parsed.success ? await paperText(scene, { fileId: parsed.data.fileId }) : null
  if (mine && !mine.ok) return mine
  return putTaken(scene, { input: raw, words: mine?.value.words ?? null, pages: mine?.value.pages ?? [] })
}
takeMarks.actName = "request.draft" as const

type Taken = { input: TakeInput; words: string | null; pages: PageText[] }

const putTaken = jot<Taken, CarriedOver>({
  name: "request.draft",
  input: z.strictObject({
    input: takeInput,
    words: z.string().nullable(),
    pages: z.custom<PageText[]>(Array.isArray),
  }) as unknown as z.ZodType<Taken>,
  run: async (tx, { input: asked, actor, scene }) => {
    const { recordId, fileId, of } = asked.input as Place & { fileId: Id<"file">; of: Id<"agreement"> }
    const alike = asked.words ? await papersWithWords(tx, asked.words, recordId) : []
    const same = alike.find((paper) => paper.recordId === of)
    const held = same ? await loadRecords(tx, [of], null) : []
    // Of a paper's legal advice nobody else has the marks, as they do not have its words.
    const [other] = await withoutAdvice(tx, held, scopeOf(actor))
    if (!same || other?.kind !== "agreement" || !readable(other, scopeOf(actor)))
      return refuse("not-found", "not-found")
    const carried = carryMarks(
      other.body.marks.filter((mark) => mark.fileId !== null && same.fileIds.includes(mark.fileId)),
      asked.pages,
      asked.pages,
    )
    const done = await changePaper(tx, { input: asked.input as Place, actor, scene }, (body) =>
      body.files.some((file) => file.fileId === fileId)
        ? good(withMarksOf(body, fileId, other.body, carried))
        : refuse("invalid", "invalid.file-of-paper", { fields: [{ path: "fileId", says: "invalid.file-of-paper" }] }),
    )
    return done.ok ? good({ recordId, carried }) : done
  },
})
