import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type InquiryRow = {
  id: string
  /** Null: it was erased. */
  authority: string | null
  reference: string | null
  before: string | null
  receivedOn: Day
  dueOn: Day | null
  entityIds: string[]
  instant: Instant
  responsible: string
  responsibleName: string
  logIndex: number
  byName: string
  at: Instant
  questions: number
  answered: number
  releasedAt: Instant | null
  releasedBy: string | null
  releaseIndex: number | null
  /** The released answers are the last ones. */
  released: boolean
}

export type InquiryQuestionRow = {
  place: number
  n: number
  number: string
  depth: number
  textCommitment: string
  text: string | null
  prose: string | null
  query: string | null
  fileIds: string[]
  byPerson: string
  byName: string
  at: Instant
}

const mine = (entities: readonly string[] | null): SQL =>
  entities === null ? sql`true` : sql`i.entity_ids <@ ${textArray(entities)}::text[]`

/** Letters to companies all of which the reader reads, newest first; `id`: that one. */
export async function inquiryRows(
  tx: Db | Tx,
  on: { entities: readonly string[] | null; id?: string; before?: number | null; limit: number },
): Promise<InquiryRow[]> {
  return rows(
    tx,
    sql`select i.id, a.value as authority, f.value as reference, b.value as before, i.received_on as "receivedOn", i.due_on as "dueOn",
        i.entity_ids as "entityIds", i.instant, i.responsible, p.name as "responsibleName", m.name as "byName", i.at, i.log_index::int as "logIndex",
        (select count(distinct place)::int from inquiry_questions q where q.inquiry_id = i.id) as questions,
        (select count(distinct place)::int from inquiry_questions q where q.inquiry_id = i.id and q.prose is not null) as answered,
        r.at as "releasedAt", w.name as "releasedBy", r.log_index::int as "releaseIndex",
        coalesce(r.log_index > (select max(log_index) from inquiry_questions q where q.inquiry_id = i.id), false) as released
      from inquiries i join people p on p.id = i.responsible join people m on m.id = i.by_person
      left join disclosures a on a.commitment = i.authority left join disclosures f on f.commitment = i.reference
      left join disclosures b on b.commitment = i.before
      left join lateral (select * from inquiry_releases x where x.inquiry_id = i.id order by n desc limit 1) r on true
      left join people w on w.id = r.by_person
      where ${mine(on.entities)} and ${on.id ? sql`i.id = ${on.id}` : sql`true`}
        and ${on.before ? sql`i.log_index < ${on.before}` : sql`true`}
      order by i.log_index desc limit ${on.limit}`,
  )
}

/** Letters that are due in these days and whose answers are not released as they stand. */
export async function inquiriesDue(
  tx: Tx,
  on: { from: Day; until: Day },
): Promise<Pick<InquiryRow, "id" | "entityIds" | "dueOn" | "responsible">[]> {
  return rows(
    tx,
    sql`select i.id, i.entity_ids as "entityIds", i.due_on as "dueOn", i.responsible from inquiries i
      where i.due_on between ${on.from}::date and ${on.until}::date
        and not coalesce((select max(r.log_index) from inquiry_releases r where r.inquiry_id = i.id)
          > (select max(q.log_index) from inquiry_questions q where q.inquiry_id = i.id), false)
      order by i.due_on, i.id limit 1000`,
  )
}

/** The questions of a letter in its order, each as last said. */
export async function questionsOf(tx: Db | Tx, inquiryId: string): Promise<InquiryQuestionRow[]> {
  return rows(
    tx,
    sql`select q.place, q.n, q.number, q.depth, q.text as "textCommitment", t.value as text, s.value as prose, q.query, q.file_ids as "fileIds",
        q.by_person as "byPerson", p.name as "byName", q.at
      from (select distinct on (place) * from inquiry_questions where inquiry_id = ${inquiryId} order by place, n desc) q
      join people p on p.id = q.by_person left join disclosures t on t.commitment = q.text left join disclosures s on s.commitment = q.prose
      order by q.place`,
  )
}

export type LetterProof = {
  /** Entries of the log that keep the letter, each answer as it stands, and release them, in their order. */
  entries: { index: number; bytes: string }[]
  /** Place of the entry that keeps the letter, and of those that answer, by place of the question. */
  keptIndex: number
  answers: Map<number, number>
  /** What is committed to in them; without salt what was erased. */
  committed: { path: string; commitment: string; salt: Buffer | null }[]
}

/** What of a letter whose answers were released stands in the log: by which entries, and under which commitments. */
export async function letterProof(tx: Tx, inquiryId: string, releaseIndex: number): Promise<LetterProof> {
  const texts = await rows<{
    path: string
    commitment: string
    salt: Buffer | null
    index: number
    place: number | null
  }>(
    tx,
    sql`select w.path, w.commitment, d.salt, w.index, w.place from (
        select 'authority' as path, authority as commitment, log_index::int as index, null::int as place from inquiries where id = ${inquiryId}
        union all select 'answers.' || q.place || '.question', q.text, i.log_index::int, null from (
          select distinct place, text from inquiry_questions where inquiry_id = ${inquiryId}) q join inquiries i on i.id = ${inquiryId}
        union all select 'answers.' || a.place || '.answer', a.prose, a.log_index::int, a.place from (
          select distinct on (place) * from inquiry_questions where inquiry_id = ${inquiryId} order by place, n desc) a) w
      left join disclosures d on d.commitment = w.commitment order by w.path collate "C"`,
  )
  const indexes = [...new Set([...texts.map((one) => one.index), releaseIndex])]
  const entries = await rows<{ index: number; bytes: string }>(
    tx,
    sql`select index, bytes from log_leaves where index = any(${`{${indexes.join(",")}}`}::bigint[]) order by index`,
  )
  return {
    entries,
    keptIndex: texts.find((one) => one.path === "authority")?.index ?? 0,
    answers: new Map(texts.flatMap(({ place, index }) => (place === null ? [] : [[place, index]]))),
    committed: texts.map(({ path, commitment, salt }) => ({ path, commitment, salt })),
  }
}

/** Whoever wrote any answer to this letter. */
export async function authorsOf(tx: Tx, inquiryId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct by_person as id from inquiry_questions where inquiry_id = ${inquiryId}
      and (prose is not null or query is not null or file_ids <> '{}')`,
  )
  return found.map((one) => one.id)
}

/** Whether an answer to a letter that this reader knows names the file. */
export async function inLetterOf(tx: Tx, fileId: string, entities: readonly string[] | null): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from inquiry_questions q join inquiries i on i.id = q.inquiry_id
      where ${fileId} = any(q.file_ids) and ${mine(entities)} limit 1`,
  )
  return found.length > 0
}

/** Holds a letter until commit: it is answered and released one after another. */
export async function holdInquiry(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`inquiry:${id}`}, 0))`)
}

type Place = { at: Instant; logIndex: number; byPerson: string }

/** Writes a letter; who asks, how they call it and what stands before are commitments. */
export async function insertInquiry(
  tx: Tx,
  one: Pick<InquiryRow, "id" | "receivedOn" | "dueOn" | "entityIds" | "instant" | "responsible"> &
    Place & { authority: string; reference: string | null; before: string | null },
): Promise<void> {
  await tx.execute(sql`insert into inquiries (id, authority, reference, before, received_on, due_on, entity_ids, instant, responsible, by_person, at, log_index)
    values (${one.id}, ${one.authority}, ${one.reference}, ${one.before}, ${one.receivedOn}, ${one.dueOn}, ${textArray(one.entityIds)}::text[],
      ${one.instant}::timestamptz, ${one.responsible}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

export type NewQuestion = Pick<InquiryQuestionRow, "place" | "n" | "number" | "depth" | "query" | "fileIds"> & {
  text: string
  prose: string | null
}

/** Writes versions of questions; what is asked and answered are commitments. */
export async function insertQuestions(
  tx: Tx,
  inquiryId: string,
  list: readonly NewQuestion[],
  place: Place,
): Promise<void> {
  await tx.execute(sql`insert into inquiry_questions (inquiry_id, place, n, number, depth, text, prose, query, file_ids, by_person, at, log_index)
    select ${inquiryId}, q.place, q.n, q.number, q.depth, q.text, q.prose, q.query, array(select jsonb_array_elements_text(q.files)),
      ${place.byPerson}, ${place.at}::timestamptz, ${place.logIndex}
    from jsonb_to_recordset(${JSON.stringify(list.map(({ fileIds, ...one }) => ({ ...one, files: fileIds })))}::jsonb)
      as q(place int, n int, number text, depth smallint, text text, prose text, query text, files jsonb)`)
}

/** Writes that the answers as they stand were released. */
export async function insertRelease(tx: Tx, inquiryId: string, place: Place): Promise<void> {
  await tx.execute(sql`insert into inquiry_releases (inquiry_id, n, by_person, at, log_index)
    values (${inquiryId}, (select coalesce(max(n), 0) + 1 from inquiry_releases where inquiry_id = ${inquiryId}),
      ${place.byPerson}, ${place.at}::timestamptz, ${place.logIndex})`)
}
