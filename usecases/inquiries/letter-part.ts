import { filesById } from "@/db/statements/files"
import { letterProof, questionsOf, type InquiryQuestionRow, type InquiryRow } from "@/db/statements/inquiries"
import { keptFiles } from "@/db/statements/packed"
import type { Db, Tx } from "@/db/connect"
import { canonical, type Json } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { ID_PREFIX } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { extensionOf, whyNot, type Why } from "@/domain/exports/files"
import { narrowed, type PackageOrder } from "@/domain/exports/scope"
import {
  letterJson,
  letterText,
  type LetterAnswer,
  type LetterFile,
  type LetterRecord,
  type LetterTold,
} from "@/domain/inquiries/letter"
import { queryShape, type InquiryQuery } from "@/domain/inquiries/query"
import { mayAct } from "@/domain/people/permissions"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { once, type PackageContext, type PackagePart } from "@/usecases/exports/context"
import { bytesOf, faultOf } from "@/usecases/exports/packed-bytes"
import { recordsOf, titleIn } from "@/usecases/exports/records-in"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownInquiry } from "./inquiries"
import { resultOf } from "./results"

const JSON_FILE = "questions/letter.json"
const ENTRIES_FILE = "questions/entries.jsonl"
/** The file with which whoever gets the package begins. */
export const LETTER_FILE = "questions/letter.txt"
/** So many records stand in an answer; of more the package's own records are the list. */
const MOST_IDS = 5_000

/** A letter whose answers were released as they stand. */
export type Released = InquiryRow & { releasedAt: Instant; releaseIndex: number }

/** An order of a package that names a letter; `asOf` null: the letter's own instant. */
export type LetterAsked = Pick<PackageOrder, "scope"> & { inquiry: string; asOf: Instant | null }

/**
 * The letter that a package answers: known to whoever takes it, its answers released as they stand, of its instant, and none of the companies
 * that it is about left out. What it says holds both where the package is ordered and where it is made.
 */
export async function letterAsked(tx: Tx, asked: LetterAsked, actor: Actor): Promise<Outcome<Released>> {
  const inquiry = mayAct("inquiry.read", actor).ok ? await knownInquiry(tx, asked.inquiry, actor) : null
  if (!inquiry) return refuse("not-found", "not-found")
  const { releasedAt, releaseIndex } = inquiry
  if (!inquiry.released || releasedAt === null || releaseIndex === null)
    return refuse("conflict", "conflict.inquiry-unreleased")
  if (asked.asOf !== null && asked.asOf !== inquiry.instant)
    return refuse("invalid", "invalid.form", { fields: [{ path: "asOf", says: "invalid.export-inquiry-instant" }] })
  const entities = narrowed(asked.scope, scopeOf(actor).entities)?.entities ?? null
  if (entities !== null && inquiry.entityIds.some((id) => !(entities as string[]).includes(id)))
    return refuse("invalid", "invalid.form", {
      fields: [{ path: "scope.entities", says: "invalid.export-inquiry-companies" }],
    })
  return good({ ...inquiry, releasedAt, releaseIndex })
}

/**
 * What opens the package of a letter: each question with its answer, the records that it rests on with the entries that put them in force, and
 * its files. Records that the package does not hold are counted, and those left out by choice named.
 */
export function letterPart(inquiry: Released, db: Db): PackagePart {
  return async function* (on) {
    const packed = new Map<string, { name: string; sha256: string }>()
    const proof = await letterProof(on.tx, inquiry.id, inquiry.releaseIndex)
    const answers: LetterAnswer[] = []
    for (const row of await questionsOf(on.tx, inquiry.id)) {
      const query = row.query === null ? null : queryShape.parse(JSON.parse(row.query))
      answers.push({
        ...{ number: row.number, depth: row.depth, question: row.text, answer: row.prose },
        // As it was kept: its entry of the log says it so.
        query: row.query === null ? null : (JSON.parse(row.query) as InquiryQuery),
        ...(await recordsFor(on, query, inquiry, db)),
        files: await filesFor(on, row, inquiry.id, packed),
        index: proof.answers.get(row.place) ?? 0,
      })
    }
    const companies = await recordsOf(on, "entity", inquiry.entityIds)
    const told: LetterTold = {
      names: Object.fromEntries(companies.map(({ id, body }) => [id, titleIn("entity", body)])),
      ...{ authority: inquiry.authority, reference: inquiry.reference, before: inquiry.before },
      ...{ receivedOn: inquiry.receivedOn, dueOn: inquiry.dueOn, entities: inquiry.entityIds, asOf: inquiry.instant },
      ...{ id: inquiry.id, releasedAt: inquiry.releasedAt, releaseIndex: inquiry.releaseIndex, answers },
      keptIndex: proof.keptIndex,
      committed: proof.committed.map((one) => ({ ...one, salt: one.salt?.toString("base64") ?? null })),
    }
    on.count.letter.told = told
    yield { name: JSON_FILE, text: once(`${canonical(letterJson(told) as unknown as Json)}\n`) }
    yield { name: LETTER_FILE, text: once(letterText(told)) }
    yield { name: ENTRIES_FILE, text: once(proof.entries.map(({ bytes }) => `${bytes}\n`).join("")) }
    for (const { name, sha256 } of packed.values()) yield { name, bytes: bytesOf(on, sha256) }
  }
}

type Rests = Pick<LetterAnswer, "count" | "more" | "records" | "redacted" | "outside">

/** What the register answered as of the letter's instant to whoever takes the package, and which of it the package holds. */
async function recordsFor(
  on: PackageContext,
  query: InquiryQuery | null,
  { instant, entityIds: companies }: Pick<InquiryRow, "instant" | "entityIds">,
  db: Db,
): Promise<Rests> {
  // A record is one, however often it is found.
  const found = new Set<string>()
  let [count, more, after]: [number, boolean, string | null] = [0, false, query ? "" : null]
  while (query && after !== null && found.size < MOST_IDS) {
    const page = await resultOf(on.tx, query, { db, scope: on.scope, companies, instant, after, size: 200 })
    if (after === "") [count, more] = [page.count, page.more]
    for (const { id } of page.first) found.add(id)
    after = page.next
    on.step(0)
  }
  const ids = [...found]
  const inScope: LetterRecord[] = []
  // With what was left out by choice, to tell it from what the scope does not hold.
  const within = { ...on, redactions: on.redactions.filter(({ path }) => path !== null) }
  for (const kind of ["entity", ...RECORD_KINDS] as const) {
    const some = ids.filter((id) => id.startsWith(`${ID_PREFIX[kind]}_`))
    for (let from = 0; from < some.length; from += 500)
      for (const { id, version, index, body } of await recordsOf(within, kind, some.slice(from, from + 500)))
        inScope.push({ id, kind, version, index, title: titleIn(kind, body) })
  }
  inScope.sort((a, b) => (a.id < b.id ? -1 : 1))
  const left = new Set(on.redactions.flatMap((one) => (one.path === null ? [one.record] : [])))
  const records = inScope.filter(({ id }) => !left.has(id))
  const redacted = inScope.flatMap(({ id }) => (left.has(id) ? [id] : []))
  const outside = ids.length - inScope.length
  return { ...(after === null ? { count: ids.length, more: false } : { count, more }), records, redacted, outside }
}

/** The files of an answer; what goes in is put into `packed`. Legal advice is none of them, whatever it was when it was added. */
async function filesFor(
  on: PackageContext,
  row: InquiryQuestionRow,
  inquiryId: string,
  packed: Map<string, { name: string; sha256: string }>,
): Promise<LetterFile[]> {
  const names = await filesById(on.tx, row.fileIds)
  const kept = await keptFiles(on.tx, row.fileIds)
  const out: LetterFile[] = []
  for (const id of [...new Set(row.fileIds)].sort()) {
    const [file, name] = [kept.get(id), names.get(id)?.name]
    if (!file || name === undefined) continue
    if (file.advice) {
      on.count.advice.add(id)
      continue
    }
    const { sha256, type, bytes } = file
    const why: Why | null = whyNot(file, "all") ?? (await faultOf(on, sha256))
    const known = packed.get(sha256)?.name ?? `files/${sha256}.${extensionOf(name, type)}`
    if (why === null) {
      packed.set(sha256, { name: known, sha256 })
      on.count.letter.packed.set(sha256, known)
    }
    const place = why === null ? known : null
    out.push({ id, name, sha256, packed: place, why })
    on.count.letter.files.push({
      record: inquiryId,
      kind: "inquiry",
      file: id,
      name,
      sha256,
      type,
      bytes,
      packed: place,
      why,
    })
  }
  return out
}
