import { z } from "zod"
import { disclosed, insertDisclosures } from "@/db/statements/versions"
import { listEntityIds } from "@/db/statements/entities"
import {
  holdRules,
  insertStageRules,
  insertStageRulesDecision,
  stageRulesRow,
  stageRulesRows,
  type StageRulesRow,
} from "@/db/statements/stage-rules"
import { decidersNow } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole, isDecider } from "@/domain/people/permissions"
import { text } from "@/domain/records/parts"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import {
  partShape,
  rulesDiffer,
  rulesStand,
  SHIPPED_VERSION,
  STAGES,
  withPart,
  type Around,
  type RulesPart,
  type StageRules,
} from "@/domain/requests/stage-rules"
import type { Holder } from "@/domain/told/who"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { look, readingInstant } from "@/usecases/look"
import { holdersAt } from "@/usecases/people/list-away"
import type { Actor, Scene } from "@/usecases/scene"
import { asOfInput } from "@/usecases/register/as-of"
import { namesOf } from "./named-by"
import { rulesInForce, type RulesInForce } from "./rules-in-force"
import { sha256 } from "./revision"

const reason = text(4000).refine((value) => value.trim().length > 0, "invalid.reason")
type Propose = RulesPart & { reason: string }

type Proposing = { now: RulesInForce; next: StageRules; last: StageRulesRow | null; stands: Outcome<object> }

/** An administrator proposes the next version of the stage rules, with a reason. It holds nowhere until a DPO approved it. */
export const proposeRules = act<Propose, Proposing, { version: number }>({
  name: "stages.propose",
  input: z.preprocess(splitReason, z.strictObject({ part: partShape, reason })).transform(({ part, reason: why }) => ({
    ...part,
    reason: why,
  })) as unknown as z.ZodType<Propose>,
  load: async (tx, input, scene) => {
    await holdRules(tx, "one")
    const now = await rulesInForce(tx, null)
    const next = withPart(now.rules, input)
    const [last] = await stageRulesRows(tx, 1)
    return {
      now,
      next,
      last: last ?? null,
      stands: rulesStand(next, await around(tx, scene.actor?.id ?? "", scene.now)),
    }
  },
  may: (_actor, { now, next, last, stands }) => {
    if (last && last.verdict === null) return refuse("conflict", "conflict.rules-wait")
    if (rulesDiffer(now.rules, next).length === 0) return refuse("conflict", "conflict.rules-same")
    return stands
  },
  run: async (_tx, { input, loaded: { now, next, last }, actor }) => {
    const version = (last?.version ?? SHIPPED_VERSION) + 1
    const body = canonical(next)
    const why = commitText(input.reason.trim(), "stage-rules")
    return done({
      value: { version },
      events: [
        {
          act: "stages.propose",
          objects: [{ type: "stage-rules", id: "stage-rules", version }],
          before: { version: now.version, sha256: sha256(canonical(now.rules)) },
          after: { version, sha256: sha256(body) },
          reason: { $c: why.commitment },
        },
      ],
      write: async (writing, place) => {
        await insertDisclosures(writing, [why])
        await insertStageRules(writing, {
          ...{ version, body, byPerson: actor.id, reason: why.commitment, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

/** The part and its reason are sent beside each other. */
function splitReason(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw
  const { reason: why, ...part } = raw as Record<string, unknown>
  return { part, reason: why }
}

type Decide = { version: number; verdict: "approve" | "refuse"; reason: string }
type Deciding = { row: StageRulesRow; now: RulesInForce; entityIds: string[]; stands: Outcome<object> }

/**
 * A DPO approves or refuses the version that waits: one who is DPO of every company that it touches, and never whoever
 * proposed it. Approved, it holds for what is submitted from that instant on.
 */
export const decideRules = act<Decide, Deciding, { version: number; state: "approved" | "refused" }>({
  name: "stages.decide",
  input: z.strictObject({
    version: z.coerce.number().int().min(2).max(1_000_000),
    verdict: z.enum(["approve", "refuse"]),
    reason: text(4000).default(""),
  }) as unknown as z.ZodType<Decide>,
  load: async (tx, input, scene) => {
    await holdRules(tx, "one")
    const row = await stageRulesRow(tx, input.version)
    if (!row) return null
    const entityIds = await listEntityIds(tx)
    return {
      ...{ row, now: await rulesInForce(tx, null), entityIds },
      stands: rulesStand(rulesIn(row), await around(tx, row.byPerson, scene.now)),
    }
  },
  may: (actor, { row, now, entityIds, stands }, input) => {
    if (row.byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-rules")
    if (row.verdict !== null) return refuse("conflict", "conflict.rules-decided")
    const touched = touchedBy(now.rules, rulesIn(row), entityIds)
    if (!touched.every((id) => holdsRole(actor, "dpo", id))) return refuse("not-allowed", "not-allowed.rules-dpo")
    if (input.verdict === "refuse")
      return input.reason.trim() === ""
        ? refuse("invalid", "invalid.form", { fields: [{ path: "reason", says: "invalid.reason" }] })
        : good({})
    return stands
  },
  run: async (_tx, { input, loaded: { row, now }, actor }) =>
    decided(row, now, actor, {
      act: "stages.decide",
      verdict: input.verdict === "approve" ? "approved" : "refused",
      reason: input.reason,
    }),
})

/** Whoever proposed a version takes it back while nobody decided on it. */
export const withdrawRules = act<{ version: number }, { row: StageRulesRow; now: RulesInForce }, object>({
  name: "stages.propose",
  input: z.strictObject({ version: z.coerce.number().int().min(2).max(1_000_000) }) as unknown as z.ZodType<{
    version: number
  }>,
  load: async (tx, input) => {
    await holdRules(tx, "one")
    const row = await stageRulesRow(tx, input.version)
    return row ? { row, now: await rulesInForce(tx, null) } : null
  },
  may: (actor, { row }) => {
    if (row.byPerson !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    return row.verdict === null ? good({}) : refuse("conflict", "conflict.rules-decided")
  },
  run: async (_tx, { loaded: { row, now }, actor }) =>
    decided(row, now, actor, { act: "stages.withdraw", verdict: "withdrawn", reason: "" }),
})

function decided<V extends "approved" | "refused" | "withdrawn">(
  row: StageRulesRow,
  now: RulesInForce,
  actor: Actor,
  what: { act: string; verdict: V; reason: string },
) {
  const why = what.reason.trim() === "" ? null : commitText(what.reason.trim(), "stage-rules")
  return done<{ version: number; state: V }>({
    value: { version: row.version, state: what.verdict },
    events: [
      {
        act: what.act,
        objects: [{ type: "stage-rules", id: "stage-rules", version: row.version }],
        before: { version: now.version },
        after: { version: row.version, sha256: sha256(row.body), verdict: what.verdict },
        ...(why ? { reason: { $c: why.commitment } } : {}),
      },
    ],
    write: async (tx, place) => {
      if (why) await insertDisclosures(tx, [why])
      await insertStageRulesDecision(tx, {
        ...{ version: row.version, verdict: what.verdict, byPerson: actor.id, reason: why?.commitment ?? null },
        ...{ at: place.at, logIndex: place.indexOf(0) },
      })
    },
  })
}

const rulesIn = (row: StageRulesRow): StageRules => JSON.parse(row.body) as StageRules

/** The companies for which something would be otherwise: every one where what holds for all is touched. */
function touchedBy(before: StageRules, after: StageRules, entityIds: readonly string[]): string[] {
  const at = rulesDiffer(before, after).map((one) => one.path.split(".")[0] ?? "")
  const all = at.some((one) => !one.startsWith("ent_"))
  return all ? [...entityIds] : [...new Set(at)]
}

async function around(tx: Tx, proposerId: string, now: Instant): Promise<Around> {
  const holders = new Map((await decidersNow(tx, now)).map((one) => [one.id, one]))
  return {
    proposerId,
    entityIds: await listEntityIds(tx),
    maySit: (personId, stage, entityId) => sits(holders.get(personId), stage, entityId),
  }
}

function sits(holder: Holder | undefined, stage: keyof typeof ROLE_OF, entityId: string): boolean {
  return holder !== undefined && holdsRole({ kind: "person", held: holder.held }, ROLE_OF[stage], entityId)
}

/** A version as it is shown: who proposed it and why, what became of it. The shipped one has neither. */
export type RulesLine = Omit<StageRulesRow, "body" | "reason" | "decidedReason"> & {
  rules: StageRules
  reason: string
  decidedReason: string | null
}

export type RulesPage = {
  /** What holds at the instant that was asked for. */
  inForce: RulesInForce & { since: Instant | null }
  versions: RulesLine[]
  waiting: RulesLine | null
  /** Who held which deciding role in which company at that instant: who was entitled to decide, and who may be named. */
  people: { id: string; name: string; held: Holder["held"] }[]
  /** How those are called whom the rules name, also where they decide nothing any more. */
  names: Record<string, string>
}

/** The rules that held at an instant (null: now), with every version there was. */
export const readRules = look<{ asOf: Instant | null }, RulesPage>({
  name: "stages.read",
  input: z.strictObject({ asOf: asOfInput }) as unknown as z.ZodType<{
    asOf: Instant | null
  }>,
  run: async (tx, { input, scene }) => {
    const asOf = await readingInstant(tx, input.asOf)
    const inForce = await rulesInForce(tx, asOf)
    const all = (await stageRulesRows(tx)).filter((one) => asOf === null || one.at <= asOf)
    const words = await disclosed(
      tx,
      all.flatMap((one) => [one.reason, ...(one.decidedReason ? [one.decidedReason] : [])]),
    )
    const versions = all.map(({ body, ...one }): RulesLine => {
      const later = asOf !== null && one.decidedAt !== null && one.decidedAt > asOf
      const open = later ? { verdict: null, decidedAt: null, decidedBy: null, decidedByName: null } : {}
      const said = one.decidedReason && !later ? (words.get(one.decidedReason) ?? "[erased]") : null
      return {
        ...{ ...one, ...open, rules: JSON.parse(body) as StageRules },
        ...{ reason: words.get(one.reason) ?? "[erased]", decidedReason: said },
      }
    })
    const since = versions.find((one) => one.version === inForce.version)?.decidedAt ?? null
    return good({
      inForce: { ...inForce, since },
      versions,
      waiting: versions.find((one) => one.verdict === null) ?? null,
      people: await peopleWhoSit(tx, scene, asOf),
      names: await namesOf(
        tx,
        [inForce, ...versions].flatMap(({ rules }) => personsIn(rules)),
      ),
    })
  },
})

const personsIn = (rules: StageRules): string[] =>
  rules.companies.flatMap((one) => STAGES.flatMap((stage) => one.persons[stage] ?? []))

/** Who held a deciding role then; whoever was shut out by then held none. */
async function peopleWhoSit(tx: Tx, scene: Pick<Scene, "now">, asOf: Instant | null): Promise<RulesPage["people"]> {
  return [...(await holdersAt(tx, asOf ?? scene.now))].flatMap(([id, { name, held }]) => {
    const deciding = held.filter((one) => isDecider({ kind: "person", held: [one] }))
    return deciding.length ? [{ id, name, held: deciding }] : []
  })
}
