import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { inSpan } from "./lists"
import { textArray } from "./log"
import { ofParties } from "./sides"

type Part = { partyId: string; at: Instant | null; limit: number }
type Titled = { id: string; title: string; kind: string }

/** A page of the party's sharings, of whatever standing, by name: their ids. */
export async function sharingsOfParty(
  tx: Tx,
  of: Part & { after: { fold: string; id: string } | null },
  scope: SQL,
): Promise<{ id: string; fold: string }[]> {
  const after = of.after ? sql`(r.fold, r.record_id) > (${of.after.fold}, ${of.after.id})` : sql`true`
  return rows(
    tx,
    sql`select r.record_id as id, r.fold from sharing_rows r where r.party_id = ${of.partyId} and ${inSpan(of.at)} and ${scope} and ${after}
      order by r.fold, r.record_id limit ${of.limit}`,
  )
}

/** The papers with the party, of whatever standing, by name. */
export async function papersOfParty(tx: Tx, of: Part, scope: SQL): Promise<string[]> {
  return ids(
    tx,
    sql`select r.record_id as id from agreement_rows r where ${ofParties("r", [of.partyId], of.at)} and ${inSpan(of.at)} and ${scope}
      order by r.fold, r.record_id limit ${of.limit}`,
  )
}

/** What was looked at and asked of the party, and the chains of its flows: assessments, consents, demands, sub-processors. */
export async function evidenceOfParty(
  tx: Tx,
  of: Part & { sharingIds: readonly string[] },
  scope: SQL,
): Promise<Titled[]> {
  const one = (
    where: SQL,
  ): SQL => sql`select r.record_id as id, r.title, r.record_kind as kind, r.fold from other_rows r
    where ${where} and r.record_kind <> 'pack' and ${inSpan(of.at)} and ${scope}`
  return rows(
    tx,
    sql`select t.id, t.title, t.kind from (${one(sql`r.party_id = ${of.partyId}`)}
      union ${one(sql`r.sharing_id = any(${textArray(of.sharingIds)}::text[])`)}) t order by t.kind, t.fold, t.id limit ${of.limit}`,
  )
}

/** Flows of the sub-processors that act under these flows. */
export async function flowsUnder(
  tx: Tx,
  of: Omit<Part, "partyId"> & { sharingIds: readonly string[] },
  scope: SQL,
): Promise<Titled[]> {
  return rows(
    tx,
    sql`select distinct r.record_id as id, r.title, r.mode as kind from version_refs f join sharing_rows r on r.record_id = f.record_id and r.n = f.n
      where f.target_id = any(${textArray(of.sharingIds)}::text[]) and f.path = 'parentId' and ${inSpan(of.at)} and ${scope} order by r.title, r.record_id limit ${of.limit}`,
  )
}

/** Parties that went into this one. */
export async function mergedIn(tx: Tx, of: Part, scope: SQL): Promise<Titled[]> {
  return rows(
    tx,
    sql`select r.record_id as id, r.title, 'party' as kind from version_refs f join party_rows r on r.record_id = f.record_id and r.n = f.n
      where f.target_id = ${of.partyId} and f.path = 'mergedInto' and ${inSpan(of.at)} and ${scope} order by r.fold, r.record_id limit ${of.limit}`,
  )
}

export type FindingSpan = {
  recordId: string
  clause: string
  pack: string
  severity: string
  verdict: string
  says: string
  params: string
  firstOn: Day | null
  untilOn: Day | null
  fromAt: Instant
  /** When the register no longer said so; null: it does. */
  goneAt: Instant | null
}

/** What the checks found of these records over time, what they say now first, then the latest. */
export async function findingSpans(
  tx: Tx,
  of: { ids: readonly string[]; at: Instant | null; limit: number },
): Promise<FindingSpan[]> {
  const until = of.at === null ? sql`'infinity'::timestamptz` : sql`${of.at}::timestamptz`
  const gone = sql`case when f.until_at > ${until} or f.until_at = 'infinity' then null else f.until_at end`
  return rows(
    tx,
    sql`select f.record_id as "recordId", f.clause, f.pack, f.severity, f.verdict, f.says, f.params, f.first_on as "firstOn", f.until_on as "untilOn",
        f.from_at as "fromAt", ${gone} as "goneAt"
      from findings f where f.record_id = any(${textArray(of.ids)}::text[]) and f.from_at <= ${until}
      order by (${gone}) is not null, f.from_at desc, f.record_id, f.key limit ${of.limit}`,
  )
}

export type RequestAbout = {
  id: string
  no: number
  title: string
  kind: string
  state: string
  createdAt: Instant
  movedAt: Instant
  byName: string
}

/** The requests about these records that the reader may know of (`scope` is a condition on `r`), the latest first. */
export async function requestsAbout(
  tx: Tx,
  of: { ids: readonly string[]; at: Instant | null; limit: number },
  scope: SQL,
): Promise<RequestAbout[]> {
  const then = of.at === null ? sql`true` : sql`v.at <= ${of.at}::timestamptz`
  return rows(
    tx,
    sql`select r.id, r.no, r.title, r.kind, case when ${of.at === null ? sql`true` : sql`r.moved_at <= ${of.at}::timestamptz`} then r.state else 'in-review' end as state,
        r.created_at as "createdAt", r.moved_at as "movedAt", p.name as "byName"
      from (select distinct v.request_id from revision_proposals q join revisions v on v.request_id = q.request_id and v.n = q.n
        where q.record_id = any(${textArray(of.ids)}::text[]) and ${then}) a
      join requests r on r.id = a.request_id join people p on p.id = r.created_by
      where ${scope} order by r.created_at desc, r.id desc limit ${of.limit}`,
  )
}

export type DecisionAbout = {
  requestId: string
  revision: number
  stage: string
  entityId: string
  verdict: string
  personName: string
  forName: string | null
  at: Instant
}

/** The decisions on these requests, oldest first. */
export async function decisionsAbout(
  tx: Tx,
  of: { requestIds: readonly string[]; at: Instant | null },
): Promise<DecisionAbout[]> {
  const then = of.at === null ? sql`true` : sql`d.at <= ${of.at}::timestamptz`
  return rows(
    tx,
    sql`select d.request_id as "requestId", d.revision, d.stage, d.entity_id as "entityId", d.verdict, p.name as "personName", b.name as "forName", d.at
      from decisions d join people p on p.id = d.person_id left join people b on b.id = d.for_person
      where d.request_id = any(${textArray(of.requestIds)}::text[]) and ${then} order by d.at, d.id limit 1000`,
  )
}

export type LetterAbout = {
  id: string
  agreementId: string
  kind: string
  way: string
  sentOn: Day
  receivedOn: Day | null
  effectOn: Day | null
  byName: string
  at: Instant
}

/** Letters that went out under these papers, newest first. */
export async function lettersUnder(
  tx: Tx,
  of: { ids: readonly string[]; at: Instant | null; limit: number },
): Promise<LetterAbout[]> {
  const then = of.at === null ? sql`true` : sql`l.at <= ${of.at}::timestamptz`
  return rows(
    tx,
    sql`select l.id, l.agreement_id as "agreementId", l.kind, l.way, l.sent_on as "sentOn", l.received_on as "receivedOn",
        l.effect_on as "effectOn", p.name as "byName", l.at
      from letters l join people p on p.id = l.by_person where l.agreement_id = any(${textArray(of.ids)}::text[]) and ${then}
      order by l.log_index desc limit ${of.limit}`,
  )
}

/** What was judged of these sharings at the instant, as it is stored. */
export async function coverageOfMany(
  tx: Tx,
  of: { ids: readonly string[]; at: Instant | null },
): Promise<Map<string, string>> {
  const span =
    of.at === null
      ? sql`j.until_at = 'infinity'`
      : sql`j.from_at <= ${of.at}::timestamptz and j.until_at > ${of.at}::timestamptz`
  const found = await rows<{ id: string; coverage: string }>(
    tx,
    sql`select j.record_id as id, j.coverage from judgements j where j.record_id = any(${textArray(of.ids)}::text[]) and ${span} and j.coverage is not null`,
  )
  return new Map(found.map((one) => [one.id, one.coverage]))
}

async function ids(tx: Tx, statement: SQL): Promise<string[]> {
  return (await rows<{ id: string }>(tx, statement)).map((one) => one.id)
}
