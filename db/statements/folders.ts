import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Candidate, Verdict } from "@/domain/matching/match"
import { textArray } from "./log"

export type FolderRow = { id: string; at: Instant; touchedAt: Instant }
export type FolderState = "waiting" | "reading" | "read" | "refused" | "twice"
export type FolderChoice = "open" | "confirmed" | "aside"
export type FolderLine = {
  line: number
  name: string
  fileId: string | null
  sha256: string | null
  state: FolderState
  says: string | null
  pages: number | null
  verdict: Verdict | null
  candidates: Candidate[]
  bestId: string | null
  choice: FolderChoice
  agreementId: string | null
  requestId: string | null
  /** That request was refused or withdrawn: the line can be opened again. */
  over: boolean
}

const COLUMNS = sql`f.line, f.name, f.file_id as "fileId", f.sha256, f.state, f.says, f.pages, f.verdict, f.candidates,
  f.best_id as "bestId", f.choice, f.agreement_id as "agreementId", f.request_id as "requestId",
  exists (select 1 from requests q where q.id = f.request_id and q.state in ('refused', 'withdrawn')) as over`

/** Puts down a new folder of a person. */
export async function insertFolder(tx: Tx, of: { id: string; byPerson: string; at: Instant }): Promise<void> {
  await tx.execute(sql`insert into folders (id, by_person, at, touched_at)
    values (${of.id}, ${of.byPerson}, ${of.at}::timestamptz, ${of.at}::timestamptz)`)
}

/** A folder of this person; with `touch` nobody else changes it meanwhile, and it is kept for its whole time again. */
export async function ownFolder(
  tx: Db | Tx,
  id: string,
  personId: string,
  touch: Instant | null = null,
): Promise<FolderRow | null> {
  return touch
    ? row<FolderRow>(
        tx,
        sql`update folders set touched_at = greatest(touched_at, ${touch}::timestamptz) where id = ${id} and by_person = ${personId}
          returning id, at, touched_at as "touchedAt"`,
      )
    : row<FolderRow>(
        tx,
        sql`select id, at, touched_at as "touchedAt" from folders where id = ${id} and by_person = ${personId}`,
      )
}

export type FolderSums = {
  files: number
  waiting: number
  sure: number
  likely: number
  nothing: number
  confirmed: number
  aside: number
  proposed: number
  refused: number
}

const SUMS = sql`count(*)::int as files, count(*) filter (where f.state in ('waiting', 'reading'))::int as waiting,
  count(*) filter (where f.choice = 'open' and f.verdict = 'sure')::int as sure,
  count(*) filter (where f.choice = 'open' and f.verdict = 'likely')::int as likely,
  count(*) filter (where f.choice = 'open' and f.verdict = 'nothing')::int as nothing,
  count(*) filter (where f.choice = 'confirmed' and f.request_id is null)::int as confirmed,
  count(*) filter (where f.choice = 'aside')::int as aside,
  count(*) filter (where f.request_id is not null)::int as proposed,
  count(*) filter (where f.state in ('refused', 'twice'))::int as refused`

/** The newest folders of a person, each with how its files stand. */
export async function foldersOf(tx: Db | Tx, personId: string, most: number): Promise<(FolderRow & FolderSums)[]> {
  return rows(
    tx,
    sql`select o.id, o.at, o.touched_at as "touchedAt", s.* from folders o cross join lateral (
        select ${SUMS} from folder_files f where f.folder_id = o.id) s
      where o.by_person = ${personId} order by o.touched_at desc, o.id desc limit ${most}`,
  )
}

/** How the files of a folder stand. */
export async function folderSums(tx: Db | Tx, folderId: string): Promise<FolderSums> {
  const found = await row<FolderSums>(tx, sql`select ${SUMS} from folder_files f where f.folder_id = ${folderId}`)
  return found as FolderSums
}

/** What a page of a folder shows. */
export const FOLDER_VIEWS = ["all", "sure", "likely", "nothing", "confirmed", "aside", "proposed", "refused"] as const
export type FolderView = (typeof FOLDER_VIEWS)[number]

const SHOWS: Record<FolderView, SQL> = {
  all: sql`true`,
  sure: sql`f.choice = 'open' and f.verdict = 'sure'`,
  likely: sql`f.choice = 'open' and f.verdict = 'likely'`,
  nothing: sql`f.choice = 'open' and f.verdict = 'nothing'`,
  confirmed: sql`f.choice = 'confirmed' and f.request_id is null`,
  aside: sql`f.choice = 'aside'`,
  proposed: sql`f.request_id is not null`,
  refused: sql`f.state in ('refused', 'twice')`,
}

/** Files of a folder behind a line. */
export async function folderLines(
  tx: Db | Tx,
  folderId: string,
  of: { view: FolderView; after: number; limit: number },
): Promise<FolderLine[]> {
  return rows(
    tx,
    sql`select ${COLUMNS} from folder_files f where f.folder_id = ${folderId} and ${SHOWS[of.view]} and f.line > ${of.after}
      order by f.line limit ${of.limit}`,
  )
}

/** One line; with `lock` nobody else changes it meanwhile. */
export async function folderLine(
  tx: Db | Tx,
  folderId: string,
  line: number,
  lock = false,
): Promise<FolderLine | null> {
  return row(
    tx,
    sql`select ${COLUMNS} from folder_files f where f.folder_id = ${folderId} and f.line = ${line} ${lock ? sql`for update` : sql``}`,
  )
}

/** For every line where it goes: what was confirmed, else the best it has. Few words, for all lines of a folder. */
export async function folderPlaces(
  tx: Db | Tx,
  folderId: string,
): Promise<{ line: number; name: string; to: string | null; requestId: string | null }[]> {
  return rows(
    tx,
    sql`select f.line, f.name, coalesce(f.agreement_id, f.best_id) as to, f.request_id as "requestId" from folder_files f
      where f.folder_id = ${folderId} and f.state = 'read' and f.choice <> 'aside' order by f.line`,
  )
}

/** The line of a folder that holds these bytes already. */
export async function lineOfBytes(tx: Db | Tx, folderId: string, sha256: string): Promise<number | null> {
  const found = await row<{ line: number }>(
    tx,
    sql`select line from folder_files where folder_id = ${folderId} and sha256 = ${sha256} and file_id is not null`,
  )
  return found?.line ?? null
}

/** How many lines a folder has. */
export async function linesIn(tx: Db | Tx, folderId: string): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from folder_files where folder_id = ${folderId}`,
  )
  return found?.n ?? 0
}

/** Adds a file behind the last one of a folder whose row is locked; gives its line. */
export async function addFolderFile(
  tx: Tx,
  folderId: string,
  of: Pick<FolderLine, "name" | "fileId" | "sha256" | "state" | "says">,
): Promise<number> {
  const found = await row<{ line: number }>(
    tx,
    sql`insert into folder_files (folder_id, line, name, file_id, sha256, state, says)
      select ${folderId}, coalesce(max(line), 0) + 1, ${of.name}, ${of.fileId}, ${of.sha256}, ${of.state}, ${of.says}
        from folder_files where folder_id = ${folderId} returning line`,
  )
  return found?.line ?? 0
}

export type ToRead = { folderId: string; line: number; name: string; fileId: string; sha256: string; byPerson: string }

/** Takes files that wait to be read, of one folder, for a while; of several who try each gets others. */
export async function claimFolderFiles(tx: Db | Tx, now: Instant, most: number): Promise<ToRead[]> {
  return rows(
    tx,
    sql`with next as (select f.folder_id, f.line from folder_files f where f.folder_id = (
          select w.folder_id from folder_files w where (w.state = 'waiting' and (w.tried_at is null or w.tried_at < ${now}::timestamptz))
              or (w.state = 'reading' and w.tried_at < ${now}::timestamptz - interval '10 minutes') order by w.folder_id, w.line limit 1)
        and ((f.state = 'waiting' and (f.tried_at is null or f.tried_at < ${now}::timestamptz))
          or (f.state = 'reading' and f.tried_at < ${now}::timestamptz - interval '10 minutes'))
        order by f.line limit ${most} for update skip locked)
      update folder_files f set state = 'reading', tried_at = ${now}::timestamptz from next n, folders o
      where f.folder_id = n.folder_id and f.line = n.line and o.id = f.folder_id
      returning f.folder_id as "folderId", f.line, f.name, f.file_id as "fileId", f.sha256, o.by_person as "byPerson"`,
  )
}

/** Lets files wait again that a worker had taken and left when it fell. */
export async function releaseFolderFiles(db: Db | Tx): Promise<void> {
  await db.execute(sql`update folder_files set state = 'waiting', tried_at = null where state = 'reading'`)
}

/** Lets a file wait until then: the virus scanner has not answered, or something broke on the way. */
export async function waitAgain(tx: Db | Tx, of: ToRead, until: Instant): Promise<void> {
  await tx.execute(sql`update folder_files set state = 'waiting', tried_at = ${until}::timestamptz
    where folder_id = ${of.folderId} and line = ${of.line} and state = 'reading'`)
}

/** Notes what was found of a file, unless somebody else did. */
export async function noteMatched(
  tx: Db | Tx,
  of: ToRead,
  found: { says: string | null; pages: number | null; verdict: Verdict; candidates: readonly Candidate[] },
): Promise<void> {
  await tx.execute(sql`update folder_files set state = 'read', says = ${found.says}, pages = ${found.pages}, verdict = ${found.verdict},
      candidates = ${JSON.stringify(found.candidates)}::jsonb, best_id = ${found.verdict === "nothing" ? null : (found.candidates[0]?.id ?? null)}
    where folder_id = ${of.folderId} and line = ${of.line} and state = 'reading'`)
}

/** What the person says of lines that stand in no draft yet; gives how many it was said of. */
export async function chooseLines(
  tx: Tx,
  folderId: string,
  said: readonly { line: number; choice: FolderChoice; agreementId: string | null }[],
): Promise<number> {
  if (said.length === 0) return 0
  const done = await tx.execute(sql`update folder_files f set choice = s.choice, agreement_id = s."agreementId"
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s(line int, choice text, "agreementId" text)
    where f.folder_id = ${folderId} and f.line = s.line and f.state = 'read' and f.request_id is null`)
  return done.rowCount ?? 0
}

/** Notes in which draft lines are; or why one is in none, and it is put aside. */
export async function linesInDraft(
  tx: Tx,
  folderId: string,
  lines: readonly number[],
  requestId: string,
): Promise<void> {
  await tx.execute(sql`update folder_files set request_id = ${requestId}
    where folder_id = ${folderId} and line = any(${sql.param(lines as unknown as string)}::int[])`)
}

/** Puts a line aside with the reason why nothing comes of it. */
export async function setAside(tx: Tx, folderId: string, line: number, says: string): Promise<void> {
  await tx.execute(sql`update folder_files set choice = 'aside', agreement_id = null, says = ${says}
    where folder_id = ${folderId} and line = ${line} and request_id is null`)
}

/** Frees a line whose draft was refused or withdrawn; false: it stands in one that is under way, or was approved. */
export async function freeLine(tx: Tx, folderId: string, line: number): Promise<boolean> {
  const done =
    await tx.execute(sql`update folder_files f set request_id = null where f.folder_id = ${folderId} and f.line = ${line}
    and not exists (select 1 from requests r where r.id = f.request_id and r.state not in ('refused', 'withdrawn'))`)
  return (done.rowCount ?? 0) > 0
}

/** Takes a folder away; the files stay as any others that somebody sent. */
export async function deleteFolder(tx: Tx, id: string, personId: string): Promise<boolean> {
  const done = await tx.execute(sql`delete from folders where id = ${id} and by_person = ${personId}`)
  return (done.rowCount ?? 0) > 0
}

/** Takes away the folders that nobody has touched for so many days. */
export async function sweepFolders(db: Db | Tx, now: Instant, days: number): Promise<void> {
  await db.execute(sql`delete from folders where touched_at < ${now}::timestamptz - make_interval(days => ${days})`)
}

export type PaperKnown = {
  id: string
  title: string
  reference: string | null
  entityIds: string[]
  partyIds: string[]
  effectOn: Day | null
  signedOn: Day[]
  ended: boolean
}

/** Every agreement in force or ended that this reader may know (a condition on `r`), with what a file may be known by. */
export async function papersToMatch(tx: Db | Tx, readable: SQL): Promise<PaperKnown[]> {
  return rows(
    tx,
    sql`select r.record_id as id, r.title, case when b.j #>> '{reference,state}' = 'known' then b.j #>> '{reference,value}' end as reference,
        array[r.entity_id] || array(select jsonb_array_elements_text(coalesce(b.j -> 'furtherEntities', '[]'))) as "entityIds",
        array[r.party_id] || array(select jsonb_array_elements_text(coalesce(b.j -> 'furtherParties', '[]'))) as "partyIds",
        r.effect_on as "effectOn", array(select jsonb_array_elements_text(jsonb_path_query_array(b.j, '$.signatories[*].signedOn.value'))) as "signedOn",
        r.standing = 'ended' as ended
      from agreement_rows r join versions v on v.record_id = r.record_id and v.n = r.n cross join lateral (select v.body::jsonb as j) b
      where r.until_at = 'infinity' and ${readable}`,
  )
}

/** Names of parties in force of which this reader may know (a condition on `r`), in each script they are written in. */
export async function partyNames(tx: Db | Tx, readable: SQL): Promise<{ id: string; names: string[] }[]> {
  return rows(
    tx,
    sql`select r.record_id as id, array_prepend(r.title, array_agg(distinct k.key)) as names from party_keys k join party_rows r on r.record_id = k.record_id
        and r.until_at = 'infinity' where k.kind in ('name', 'other-name') and ${readable} group by r.record_id, r.title`,
  )
}

/** Agreements of which a file has these bytes, or these words; never by legal advice that is not this reader's. */
export async function papersWithFile(
  tx: Db | Tx,
  of: { sha256: string; words: string | null; reader: string; legalAdvice: boolean },
): Promise<{ id: string; sameBytes: boolean }[]> {
  const advice = of.legalAdvice ? sql`true` : sql`(not f.legal_advice or f.by_person = ${of.reader})`
  return rows(
    tx,
    sql`select h.record_id as id, bool_or(f.sha256 = ${of.sha256}) as "sameBytes" from files f join record_files h on h.file_id = f.id
      where (f.sha256 = ${of.sha256} or f.sha256 in (select t.sha256 from file_texts t where t.words = ${of.words})) and ${advice}
        and h.record_id like 'agr\\_%' group by h.record_id limit 200`,
  )
}

export type OpenElsewhere = { recordId: string; id: string; no: number | null; title: string }

/** Requests under way that change one of these records, of those that the reader may know (a condition on `r`). */
export async function openElsewhere(tx: Db | Tx, recordIds: readonly string[], scope: SQL): Promise<OpenElsewhere[]> {
  if (recordIds.length === 0) return []
  return rows(
    tx,
    sql`select distinct on (p.record_id) p.record_id as "recordId", r.id, r.no, r.title from proposals p join requests r on r.id = p.request_id
      where p.record_id = any(${textArray(recordIds)}::text[]) and r.state in ('draft', 'in-review', 'changes-requested') and ${scope}
      order by p.record_id, r.moved_at desc`,
  )
}
