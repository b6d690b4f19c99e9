import { z } from "zod"
import { decidersNow } from "@/db/statements/tellings"
import {
  dropDisclosures,
  dropKept,
  erasedCommitments,
  erasureRows,
  holdErasures,
  insertErasure,
  insertErasureDecision,
  putWords,
  valuesHolding,
  valuesOf,
  type ErasureRow,
  type HeldValue,
} from "@/db/statements/erasures"
import { holdOver } from "@/db/statements/holds"
import { disclosed, insertDisclosures, versionsOf } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { ID_PREFIX } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { rowTable } from "@/domain/records/project"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { look } from "@/usecases/look"
import { isRecordKind, openVersions } from "@/usecases/register/records"
import { listRow } from "@/usecases/requests/in-force"
import { scopeOf } from "@/usecases/scope"
import { newId, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { titlesOf } from "./readable"
import { hiddenOwners } from "./value-owners"

/** On what ground in law something is erased. */
export const ERASE_GROUNDS = ["GDPR-17", "PIPL-47", "order", "mistake"] as const

const MOST_FOUND = 100
const PAGE = 200
const commitment = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * Values that hold these words and belong to something that the reader may know, with what that is called. What they may not know fills
 * no page and is not counted: it is read on until enough is found.
 */
export const findValues = look<{ words: string }, { found: (HeldValue & { title: string })[]; more: boolean }>({
  name: "disclosure.find",
  input: z.strictObject({ words: z.string().trim().min(3, "invalid.erase-words").max(200) }),
  run: async (tx, { input: { words }, scope }) => {
    const known: HeldValue[] = []
    for (let after: HeldValue | null = null; known.length <= MOST_FOUND;) {
      const page: HeldValue[] = await valuesHolding(tx, words, { after, limit: PAGE })
      const hidden = await hiddenOwners(tx, ownerIds(page), scope)
      known.push(...page.filter((one) => !hidden.has(one.ownerId)))
      after = page[PAGE - 1] ?? null
      if (after === null) break
    }
    const found = known.slice(0, MOST_FOUND)
    const titles = await titlesOf(tx, ownerIds(found))
    return good({
      found: found.map((one) => ({ ...one, title: titles[one.ownerId] ?? "" })),
      more: known.length > MOST_FOUND,
    })
  },
})

type Propose = { commitments: string[]; ground: (typeof ERASE_GROUNDS)[number]; reason: string }

/** A DPO proposes that values are erased, on a ground in law. Nothing goes before a second DPO confirmed it. */
export const proposeErasure = act<Propose, { values: HeldValue[]; to: string[] }, { id: string }>({
  name: "disclosure.propose",
  input: z.strictObject({
    commitments: z.array(commitment).min(1, "invalid.erase-none").max(200),
    ground: z.enum(ERASE_GROUNDS),
    reason: text(2000).refine((value) => value.trim().length > 0, "invalid.reason"),
  }) as unknown as z.ZodType<Propose>,
  load: async (tx, { commitments }, scene) => {
    await holdErasures(tx)
    const values = await knownValues(tx, commitments, scene.actor)
    return values && { values, to: await eraseDeciders(tx, scene.now) }
  },
  may: (_actor, { values }, { commitments }) =>
    values.length === new Set(commitments).size ? good({}) : refuse("conflict", "conflict.erased"),
  run: async (_tx, { input, loaded: { values, to }, actor, scene }) => {
    const id = newId(scene, "erasure")
    const why = commitText(input.reason.trim(), id)
    const commitments = values.map((one) => one.commitment)
    return done({
      value: { id },
      events: [
        {
          act: "disclosure.propose",
          objects: [{ type: "erasure", id }, ...ownersOf(values)],
          after: { commitments, ground: input.ground },
          reason: { $c: why.commitment },
        },
      ],
      tell: [{ kind: "log", to, clause: id, what: "erase" }],
      write: async (tx, place) => {
        await insertDisclosures(tx, [why])
        await insertErasure(tx, {
          ...{ id, commitments, ground: input.ground, reason: why.commitment, byPerson: actor.id },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

type Decided = { row: ErasureRow; values: HeldValue[]; held: number | null }
type Decide = { id: string; verdict: "approve" | "refuse" }

/** A second DPO confirms or refuses. Confirmed, the values and their salts are deleted with it; the log keeps their commitments. */
export const decideErasure = act<Decide, Decided, { erased: number }>({
  name: "disclosure.erase",
  input: z.strictObject({
    id: idOf("erasure"),
    verdict: z.enum(["approve", "refuse"]),
  }) as unknown as z.ZodType<Decide>,
  load: async (tx, { id }, scene) => {
    await holdErasures(tx)
    const [row] = await erasureRows(tx, id)
    const values = row ? await knownValues(tx, row.commitments, scene.actor) : null
    return row && values ? { row, values, held: await holdOver(tx, ownerIds(values)) } : null
  },
  may: (actor, { row, values, held }, { verdict }) => {
    if (row.byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-erasure")
    if (row.verdict !== null) return refuse("conflict", "conflict.erasure-decided")
    if (verdict === "approve" && held !== null) return refuse("conflict", "conflict.held-by", { params: { no: held } })
    return verdict === "refuse" || values.length > 0 ? good({}) : refuse("conflict", "conflict.erased")
  },
  run: async (_tx, { input, loaded: { row, values }, actor }) => {
    const erases = input.verdict === "approve"
    const verdict = erases ? ("approved" as const) : ("refused" as const)
    const commitments = values.map((one) => one.commitment)
    return done({
      value: { erased: erases ? values.length : 0 },
      events: [
        {
          act: erases ? "disclosure.erase" : "disclosure.keep",
          objects: [{ type: "erasure", id: row.id }, ...ownersOf(values)],
          after: { commitments, ground: row.ground },
        },
      ],
      tell: [{ kind: "log", to: [row.byPerson], clause: row.id, what: erases ? "erased" : "kept" }],
      write: async (tx, place) => {
        const at = { at: place.at, logIndex: place.indexOf(0) }
        await insertErasureDecision(tx, { erasureId: row.id, verdict, byPerson: actor.id, ...at })
        if (erases) await eraseCommitments(tx, commitments, at)
      },
    })
  },
})

/**
 * Deletes values with their salts, and what was made of them: what is listed and searched, and forms that were sent back with them. Drafts,
 * requests, the desk and mails hold commitments or ids and look the words up. The one place where a value goes: whatever keeps one from
 * being erased is asked here.
 */
export async function eraseCommitments(
  tx: Tx,
  commitments: readonly string[],
  place: { at: Instant; logIndex: number },
): Promise<void> {
  const values = await valuesOf(tx, commitments)
  await dropDisclosures(tx, commitments, place)
  await dropKept(
    tx,
    values.map((one) => one.value),
  )
  for (const id of new Set(values.map((one) => one.ownerId))) {
    const versions = (await versionsOf(tx, id, null)).filter((one) => isRecordKind(one.kind))
    for (const { kind, version, standing, body } of await openVersions(tx, versions)) {
      const { title, fold, search } = listRow(kind, id, version, standing, body)
      await putWords(tx, rowTable(kind), { recordId: id, n: version, title, fold, search })
    }
  }
}

const replay = act<{ commitments: string[] }, { values: HeldValue[] }, { erased: number }>({
  name: "disclosure.replay",
  input: z.strictObject({ commitments: z.array(commitment).min(1).max(200) }),
  load: async (tx, { commitments }) => {
    await holdErasures(tx)
    const values = await valuesOf(tx, commitments)
    return values.length > 0 ? { values } : null
  },
  may: () => good({}),
  run: async (_tx, { loaded: { values } }) => {
    const commitments = values.map((one) => one.commitment)
    return done({
      value: { erased: commitments.length },
      events: [{ act: "disclosure.erase", objects: ownersOf(values), after: { commitments, replayed: true } }],
      write: (tx, place) => eraseCommitments(tx, commitments, { at: place.at, logIndex: place.indexOf(0) }),
    })
  },
})

/** After a restore: erases again what was erased since the backup was made, as the list beside the log's key says. Gives how many values that were. */
export async function replayErasures(scene: Scene, commitments: readonly string[]): Promise<number> {
  const known = new Set(await erasedCommitments(scene.db))
  const left = commitments.filter((one) => /^[0-9a-f]{64}$/.test(one) && !known.has(one))
  let again = 0
  for (let from = 0; from < left.length; from += 200) {
    const part = left.slice(from, from + 200)
    const made = await replay({ ...scene, actor: OPERATOR }, { commitments: part })
    if (made.ok) again += made.value.erased
    else if (made.code !== "not-found") throw new Error(made.says)
  }
  return again
}

export type ErasuresPage = {
  lines: (ErasureRow & { reasonText: string | null; values: HeldValue[]; held: number | null; may: boolean })[]
}

/**
 * What was proposed to be erased, with the values that still stand, for DPOs. An erasure of what the reader may not know does not exist
 * for them, whatever came of it: whose values they were stands in the log, also once they are gone.
 */
export const readErasures = look<Record<string, never>, ErasuresPage>({
  name: "disclosure.find",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scope }) => {
    const proposed = await erasureRows(tx)
    const hidden = await hiddenOwners(
      tx,
      proposed.map((one) => one.id),
      scope,
    )
    const all = proposed.filter((one) => !hidden.has(one.id))
    const words = await disclosed(
      tx,
      all.map((one) => one.reason),
    )
    const lines: ErasuresPage["lines"] = []
    for (const row of all) {
      const values = row.verdict === null ? await knownValues(tx, row.commitments, actor) : []
      if (values)
        lines.push({
          ...{ ...row, reasonText: words.get(row.reason) ?? null, values },
          held: await holdOver(tx, ownerIds(values)),
          may: row.verdict === null && row.byPerson !== actor.id,
        })
    }
    return good({ lines })
  },
})

/** The values that still stand; null: one of them belongs to something that the person may not know. */
export async function knownValues(
  tx: Tx,
  commitments: readonly string[],
  actor: Actor | null,
): Promise<HeldValue[] | null> {
  if (!actor) return null
  const values = await valuesOf(tx, commitments)
  return (await hiddenOwners(tx, ownerIds(values), scopeOf(actor))).size > 0 ? null : values
}

const ownerIds = (values: readonly HeldValue[]): string[] => [...new Set(values.map((one) => one.ownerId))]

function ownersOf(values: readonly HeldValue[]): { type: string; id: string }[] {
  return ownerIds(values).map((id) => ({ type: kindOf(id), id }))
}

async function eraseDeciders(tx: Tx, now: Instant): Promise<string[]> {
  return (await decidersNow(tx, now))
    .filter(({ held }) => mayAct("disclosure.erase", { kind: "person", held }).ok)
    .map(({ id }) => id)
}

const kindOf = (id: string): string =>
  Object.entries(ID_PREFIX).find(([kind, prefix]) => isRecordKind(kind) && id.startsWith(`${prefix}_`))?.[0] ?? "value"
