import { sql } from "drizzle-orm"
import { rows, type Db } from "@/db/connect"
import type { Tried } from "./acts"
import { entitled } from "./serial"
import type { World } from "./world"

/** A decision counts on the request's last revision: taken on it, or kept for it. */
const COUNTS = sql`d.request_id = r.id and (d.revision = r.revision
  or exists (select 1 from carried k where k.decision_id = d.id and k.revision = r.revision and k.fate = 'kept'))`

type Approved = {
  id: string
  revision: number
  stages: string[]
  decided: string[]
  people: string[]
  named: string[]
  authors: string[]
  fresh: boolean
}

/**
 * What must hold of a register whatever was tried, asked of its tables alone and not of the code that keeps it: every
 * sentence that does not. Nothing in force without the needed distinct people, no comment lost, no two versions in force.
 */
export async function broken(world: World, tried: readonly Tried[]): Promise<string[]> {
  return [
    ...(await withoutPeople(world)),
    ...(await seatedTwice(world.db)),
    ...(await versionsOutOfLine(world.db)),
    ...(await headsApart(world.db)),
    ...(await commentsLost(world.db, tried)),
    ...(await conditionsLost(world.db, tried)),
    ...world.caught.splice(0).map((rule) => `only the database refused by ${rule}`),
  ]
}

async function withoutPeople(world: World): Promise<string[]> {
  const said: string[] = []
  const stray = await rows<{ id: string; state: string }>(
    world.db,
    sql`select distinct r.id, r.state from versions v join requests r on r.id = v.request_id where r.state not in ('approved', 'recorded')`,
  )
  said.push(...stray.map((one) => `${one.id} is ${one.state} and has versions in force`))
  const approved = await rows<Approved>(
    world.db,
    sql`select r.id, r.revision,
      array(select s.seat || ':' || s.stage || ':' || s.entity_id from revision_stages s where s.request_id = r.id and s.n = r.revision) as stages,
      array(select d.verdict || ':' || d.stage || ':' || d.entity_id from decisions d where ${COUNTS}) as decided,
      array(select d.person_id || ':' || d.stage || ':' || d.entity_id || ':' || coalesce(d.for_person, '') from decisions d where ${COUNTS}) as people,
      array(select s.stage || ':' || s.entity_id || ':' || array_to_string(s.persons, ',') from revision_stages s
        where s.request_id = r.id and s.n = r.revision and s.persons is not null) as named,
      exists (select 1 from decisions d where d.request_id = r.id and d.revision = r.revision and d.verdict in ('approve', 'approve-with-conditions', 'agree', 'agree-with-conditions', 'advise-against')) as fresh,
      array(select a.person_id from request_authors a where a.request_id = r.id) as authors
    from requests r where r.state = 'approved'`,
  )
  for (const request of approved) {
    if (!request.fresh) said.push(`${request.id} was approved by decisions of earlier revisions alone`)
    if (request.stages.length === 0) said.push(`${request.id} was approved without a stage`)
    for (const stage of request.stages) {
      const [seat, name, entity] = stage.split(":")
      const wanted =
        seat === "decides"
          ? ["approve", "approve-with-conditions"]
          : ["agree", "agree-with-conditions", "advise-against"]
      if (!wanted.some((verdict) => request.decided.includes(`${verdict}:${name}:${entity}`)))
        said.push(`${request.id} was approved without ${stage}`)
    }
    const named = new Map(request.named.map((line) => splitAt(line)))
    for (const seat of request.people) {
      const [id, stage, entityId, absent] = seat.split(":") as [string, string, string, string]
      const both = absent === "" ? [id] : [id, absent]
      for (const one of both)
        if (request.authors.includes(one)) said.push(`${request.id} was decided by or for its author ${one}`)
      // Where a stage names persons it is the absent one who is named; whoever stands in takes that place.
      const place = absent === "" ? id : absent
      const only = named.get(`${stage}:${entityId}`)
      if (only && !only.includes(place))
        said.push(`${request.id} was decided at ${stage} by or for ${place}, who is not named`)
      if (!entitled(world, id, { stage, entityId, forPerson: absent || null }))
        said.push(`${request.id} was decided at ${stage} by ${id}${absent && ` for ${absent}`}, who may not`)
    }
    const distinct = new Set(request.people.map((seat) => seat.split(":")[0]))
    if (distinct.size !== request.stages.length)
      said.push(`${request.id} has ${request.stages.length} stages and ${distinct.size} people`)
  }
  return said
}

/** A stage of a company, and the persons that it names. */
function splitAt(line: string): [string, string[]] {
  const [stage, entity, persons = ""] = line.split(":")
  return [`${stage}:${entity}`, persons.split(",")]
}

async function seatedTwice(db: Db): Promise<string[]> {
  const twice = await rows<{ id: string; person: string }>(
    db,
    sql`select id, person from (
        select request_id as id, person_id as person, stage, entity_id from decisions
        union all select request_id, for_person, stage, entity_id from decisions where for_person is not null) s
      group by 1, 2 having count(distinct (stage, entity_id)) > 1`,
  )
  return twice.map((one) => `${one.person} sat at two stages of ${one.id}`)
}

async function versionsOutOfLine(db: Db): Promise<string[]> {
  const odd = await rows<{ id: string }>(
    db,
    sql`select record_id as id from versions group by record_id
      having min(n) <> 1 or max(n) <> count(*) or count(distinct at) <> count(*)
        or array_agg(n order by at) <> array_agg(n order by n)`,
  )
  return odd.map((one) => `the versions of ${one.id} do not follow one another`)
}

async function headsApart(db: Db): Promise<string[]> {
  const found = await rows<{ id: string; heads: number; head: number; last: number }>(
    db,
    sql`with heads as (
        select record_id, n from party_rows where until_at = 'infinity' union all
        select record_id, n from sharing_rows where until_at = 'infinity' union all
        select record_id, n from agreement_rows where until_at = 'infinity' union all
        select record_id, n from other_rows where until_at = 'infinity')
      select v.record_id as id, count(h.n)::int as heads, max(h.n) as head, v.last
      from (select record_id, max(n) as last from versions where kind not in ('entity', 'pack') group by 1) v left join heads h using (record_id)
      group by v.record_id, v.last having count(h.n) <> 1 or max(h.n) <> v.last`,
  )
  return found.map(
    (one) => `${one.id} has ${one.heads} versions in force, of which the last is ${one.head} of ${one.last}`,
  )
}

async function commentsLost(db: Db, tried: readonly Tried[]): Promise<string[]> {
  const said = tried.filter((one) => one.act === "comment" && one.outcome.ok)
  const stands = await rows<{ id: string; words: string | null; by: string }>(
    db,
    sql`select c.id, d.value as words, c.person_id as by from comments c left join disclosures d on d.commitment = c.words`,
  )
  const known = new Map(stands.map((one) => [one.id, one]))
  return said.flatMap((one) => {
    const id = one.outcome.ok ? (one.outcome.value as { id: string }).id : ""
    const stood = known.get(id)
    return stood && stood.words === one.input.words && stood.by === one.by ? [] : [`the comment ${id} is lost`]
  })
}

/** What was asked for with a decision stands beside it, word for word. */
async function conditionsLost(db: Db, tried: readonly Tried[]): Promise<string[]> {
  const asked = tried.flatMap((one) =>
    one.act === "decide" && one.outcome.ok
      ? (one.input.conditions as { words: string; ownerId: string }[]).map((line) => ({ ...line, of: one }))
      : [],
  )
  if (asked.length === 0) return []
  const stands = await rows<{ key: string }>(
    db,
    sql`select d.person_id || ':' || d.request_id || ':' || c.owner_id || ':' || coalesce(v.value, c.words) as key
      from conditions c join decisions d on d.id = c.decision_id left join disclosures v on v.commitment = c.words`,
  )
  const known = new Set(stands.map((one) => one.key))
  return asked.flatMap(({ of, ownerId, words }) =>
    known.has(`${of.by}:${of.requestId}:${ownerId}:${words}`)
      ? []
      : [`the condition "${words}" of ${of.requestId} is lost`],
  )
}
