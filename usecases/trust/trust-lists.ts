import { createHash } from "node:crypto"
import { z } from "zod"
import type { Tx } from "@/db/connect"
import { listEntityIds } from "@/db/statements/entities"
import { decidersNow } from "@/db/statements/tellings"
import {
  holdTrust,
  insertTrustDecision,
  insertTrustList,
  trustListRow,
  trustListRows,
  type TrustListRow,
} from "@/db/statements/trust"
import { insertDisclosures } from "@/db/statements/versions"
import { dayIn, type Day } from "@/domain/core/day"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { standings, type TrustFacts } from "@/domain/signatures/trust-list"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { checkList } from "@/usecases/signatures/check-list"
import { confirmedOf, standingOf } from "@/usecases/signatures/current-trust"

const source = text(2000).refine((value) => value.trim().length > 0, "invalid.trust-source")
const name = text(200).refine((value) => value.trim().length > 0, "invalid.required")

/** A file of roots that a reader apart has read: never made of what was sent. */
type ReadList = { bytes: Uint8Array; facts: TrustFacts }
const readList = z.custom<ReadList>(
  (value) => typeof value === "object" && value !== null && "bytes" in value && "facts" in value,
)

type Propose = { op: "load" | "withdraw"; name: string; source: string; fromOn: Day; list: ReadList | null }
type Proposing = {
  standing: TrustListRow | null
  last: TrustListRow | null
  /** The list that stands, or is to stand: what a withdrawal takes away. */
  coming: TrustListRow | null
  deciders: string[]
}

/** Proposes to trust a list from a day on, or that the list in force is withdrawn: it stands nowhere until somebody else confirmed it. */
const propose = act<Propose, Proposing, { id: string }>({
  name: "trust.propose",
  input: z.strictObject({
    op: z.enum(["load", "withdraw"]),
    ...{ name, source, fromOn: dayShape },
    list: readList.nullable(),
  }) as unknown as z.ZodType<Propose>,
  load: async (tx, _input, scene) => {
    await holdTrust(tx)
    const all = await trustListRows(tx)
    const standing = standingOf(all, scene.now)
    const [next] = standings(confirmedOf(all))
    const coming = standing ?? (next?.one.op === "load" ? next.one : null)
    return { standing, last: all[0] ?? null, coming, deciders: await whoMayConfirm(tx, scene) }
  },
  may: (_actor, { standing, last, coming }, { op, fromOn, list }, scene) => {
    if (last && last.verdict === null) return refuse("conflict", "conflict.trust-waits")
    if (fromOn < dayIn("UTC", scene.now)) return wrong("fromOn", "invalid.trust-past")
    if (op === "withdraw") return coming ? good({}) : refuse("conflict", "conflict.trust-none")
    if (!list) return wrong("file", "trust.refused.no-file")
    return hashOf(list.bytes) === standing?.sha256 ? refuse("conflict", "conflict.trust-same") : good({})
  },
  run: async (_tx, { input, loaded: { standing, last, coming, deciders }, actor, scene }) => {
    const id = newId(scene, "trustList")
    const why = commitText(input.source.trim(), id)
    const { op, fromOn, list } = input
    const facts = list?.facts ?? null
    const what = {
      ...{
        n: (last?.n ?? 0) + 1,
        op,
        name: (list ? input.name : (coming?.name ?? "")).trim(),
        sha256: list ? hashOf(list.bytes) : null,
        fromOn,
      },
      ...{ issuedOn: facts?.issuedOn ?? null, nextUpdateOn: facts?.nextUpdateOn ?? null },
      ...{ roots: facts?.roots.length ?? 0, unreadable: facts?.unreadable ?? 0 },
    }
    return done({
      value: { id },
      events: [
        {
          act: "trust.propose",
          objects: [{ type: "trust-list", id, version: what.n }],
          before: standing ? { id: standing.id, sha256: standing.sha256 } : null,
          after: { ...what, kind: facts?.kind ?? null },
          reason: { $c: why.commitment },
        },
      ],
      tell: [{ kind: "trust", to: deciders, clause: id, what: "waits" }],
      write: async (tx, place) => {
        await insertDisclosures(tx, [why])
        await insertTrustList(tx, {
          ...{ id, ...what, byPerson: actor.id, source: why.commitment, at: place.at, logIndex: place.indexOf(0) },
          file: list && { bytes: list.bytes, facts: JSON.stringify(list.facts) },
        })
      },
    })
  },
})

type Load = { name: string; source: string; fromOn: string; bytes: Uint8Array | null }

/** An administrator proposes a file of trusted roots. It is read apart from the server before anything else is looked at. */
export async function proposeTrustList(scene: Scene, { bytes, ...asked }: Load): Promise<Outcome<{ id: string }>> {
  const may = scene.actor ? mayAct("trust.propose", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return may
  if (!bytes) return wrong("file", "trust.refused.no-file")
  const facts = await checkList(bytes)
  if (!facts.ok) return wrong("file", facts.says)
  return propose(scene, { op: "load", ...asked, list: { bytes, facts: facts.value } })
}

/** An administrator proposes that the list in force is withdrawn: from that day on signatures are checked against none. */
export const proposeWithdrawal = Object.assign(
  (scene: Scene, asked: unknown): Promise<Outcome<{ id: string }>> =>
    propose(scene, { ...(asked as object), op: "withdraw", name: "-", list: null }),
  { actName: propose.actName },
)

type Decide = { id: string; verdict: "approve" | "refuse"; reason: string }
type Deciding = { row: TrustListRow; standing: TrustListRow | null; entityIds: string[] }

/**
 * A DPO or lawyer of every company confirms or refuses what waits, and never whoever proposed it. Confirmed, it stands from its
 * day on, and from this instant at the earliest.
 */
export const decideTrustList = act<Decide, Deciding, { id: string; state: "approved" | "refused" }>({
  name: "trust.decide",
  input: z.strictObject({
    id: idOf("trustList"),
    verdict: z.enum(["approve", "refuse"]),
    reason: text(4000).default(""),
  }) as unknown as z.ZodType<Decide>,
  load: async (tx, { id }, scene) => {
    const found = await held(tx, id, scene)
    return found && { ...found, entityIds: await listEntityIds(tx) }
  },
  may: (actor, { row, entityIds }, { verdict, reason }) => {
    if (row.byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-trust")
    if (row.verdict !== null) return refuse("conflict", "conflict.trust-decided")
    if (!confirmsFor(actor, entityIds)) return refuse("not-allowed", "not-allowed.trust-everywhere")
    return verdict === "refuse" && reason.trim() === "" ? wrong("reason", "invalid.reason") : good({})
  },
  run: async (_tx, { input: { verdict, reason }, loaded, actor }) =>
    decided(loaded, actor, {
      ...{ act: "trust.decide", verdict: verdict === "approve" ? ("approved" as const) : ("refused" as const), reason },
    }),
})

/** Whoever proposed takes it back while nobody decided on it. */
export const takeTrustListBack = act<{ id: string }, Omit<Deciding, "entityIds">, object>({
  name: "trust.propose",
  input: z.strictObject({ id: idOf("trustList") }) as unknown as z.ZodType<{ id: string }>,
  load: (tx, { id }, scene) => held(tx, id, scene),
  may: (actor, { row }) => {
    if (row.byPerson !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    return row.verdict === null ? good({}) : refuse("conflict", "conflict.trust-decided")
  },
  run: async (_tx, { loaded, actor }) =>
    decided(loaded, actor, { act: "trust.take-back", verdict: "withdrawn", reason: "" }),
})

async function held(tx: Tx, id: string, scene: Scene): Promise<Omit<Deciding, "entityIds"> | null> {
  await holdTrust(tx)
  const row = await trustListRow(tx, id)
  return row && { row, standing: standingOf(await trustListRows(tx), scene.now) }
}

function decided<V extends "approved" | "refused" | "withdrawn">(
  { row, standing }: Omit<Deciding, "entityIds">,
  actor: Actor,
  what: { act: string; verdict: V; reason: string },
) {
  const why = what.reason.trim() === "" ? null : commitText(what.reason.trim(), row.id)
  const { id, n, op, sha256, fromOn, roots } = row
  return done<{ id: string; state: V }>({
    value: { id, state: what.verdict },
    events: [
      {
        act: what.act,
        objects: [{ type: "trust-list", id, version: n }],
        before: standing ? { id: standing.id, sha256: standing.sha256 } : null,
        after: { op, name: row.name, sha256, fromOn, roots, verdict: what.verdict },
        ...(why ? { reason: { $c: why.commitment } } : {}),
      },
    ],
    tell: what.verdict === "withdrawn" ? [] : [{ kind: "trust", to: [row.byPerson], clause: id, what: what.verdict }],
    write: async (tx, place) => {
      if (why) await insertDisclosures(tx, [why])
      await insertTrustDecision(tx, {
        ...{ listId: id, verdict: what.verdict, byPerson: actor.id, reason: why?.commitment ?? null },
        ...{ at: place.at, logIndex: place.indexOf(0) },
      })
    },
  })
}

/** What signatures are trusted by holds in every company: so whoever confirms it decides in each of them. */
export function confirmsFor(asker: Pick<Actor, "held" | "kind">, entityIds: readonly string[]): boolean {
  const person = { kind: "person" as const, held: asker.held }
  return entityIds.every((id) => holdsRole(person, "dpo", id) || holdsRole(person, "legal", id))
}

async function whoMayConfirm(tx: Tx, scene: Scene): Promise<string[]> {
  const entityIds = await listEntityIds(tx)
  const holders = (await decidersNow(tx, scene.now)).filter(
    ({ held: roles }) =>
      mayAct("trust.decide", { kind: "person", held: roles }).ok &&
      confirmsFor({ kind: "person", held: roles as Actor["held"] }, entityIds),
  )
  return holders.map(({ id }) => id)
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const wrong = (path: string, says: string) => refuse("invalid", "invalid.form", { fields: [{ path, says }] })
