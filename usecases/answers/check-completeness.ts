import { z } from "zod"
import { partiesAlike, partiesMayBe, partiesThat } from "@/db/statements/suppliers-then"
import type { Tx } from "@/db/connect"
import { verdictCounts, verdictOf, type Checked, type Verdict } from "@/domain/answers/completeness"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { coreName, keysOfParty } from "@/domain/reconcile/keys"
import { readPasted } from "@/domain/reconcile/read-list"
import { keysOfLine, reconcile, type KnownSupplier, type SupplierLine } from "@/domain/reconcile/reconcile"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { loadRecords } from "@/usecases/register/records"
import { unrestricted, type Scope } from "@/usecases/scope"
import { sql } from "drizzle-orm"
import { clocksInput, whenAsked } from "./clocks"

/** So many lines are looked up while somebody waits. */
export const LINES_MOST = 500

const input = z.strictObject({
  list: z.string().max(100_000, "invalid.list-long"),
  asOf: clocksInput.asOf,
})
type Input = z.output<typeof input>

export type CheckedLine = Checked & {
  name: string
  /** What the party was called then, and whether this reader may open its page. */
  partyName: string | null
  opens: boolean
}

export type CompletenessPage = {
  lines: CheckedLine[]
  counts: Record<Verdict, number>
  /** Lines that named nobody. */
  empty: number
  day: Day
  asOf: Instant | null
  said: Instant
}

/**
 * Of names, hosts or lines of a ledger: which the register held at the instant, which it had decided to be no personal data, and
 * which it did not know. What was pasted is written nowhere, and is no part of the log.
 */
export const checkCompleteness = look<Input, CompletenessPage>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: () => [{ type: "answer", id: "completeness" }],
  run: async (tx, { input: asked, scope, scene }) => {
    const { at, day, said } = await whenAsked(tx, { asOf: asked.asOf, on: null }, scene.now)
    const { lines, empty } = readPasted(asked.list)
    const wrong = (says: string) => refuse("invalid", "invalid.form", { fields: [{ path: "list", says }] })
    if (lines.length === 0) return wrong("invalid.list-empty")
    if (lines.length > LINES_MOST) return wrong("invalid.list-long")
    const checked = await landed(tx, lines, scope, at)
    return good({
      ...{ lines: checked, counts: verdictCounts(checked), empty, day, said, asOf: asked.asOf },
    })
  },
})

type Known = KnownSupplier & { name: string; opens: boolean }

async function landed(
  tx: Tx,
  lines: readonly SupplierLine[],
  scope: Scope,
  at: Instant | null,
): Promise<CheckedLine[]> {
  const named = unrestricted(scope, sql`r.restricted_to`)
  const keys = lines.flatMap((line) => keysOfLine(line).map(({ how, key }) => ({ kind: how, key })))
  const exact = await known(tx, await partiesMayBe(tx, { keys, at }, named), scope, at)
  const first = reconcile(lines, exact)
  const left = lines.filter((_line, i) => first[i]?.how === null || first[i]?.how === "similar")
  const cores = [...new Set(left.map((line) => coreName(line.name)).filter((core) => core !== ""))]
  const like = await known(tx, await partiesAlike(tx, { cores, at }, named), scope, at)
  const second = new Map(reconcile(left, like).map((one) => [one.line, one]))
  const parties = new Map([...exact, ...like].map((one) => [one.partyId, one]))
  return lines.map((line, i) => {
    const verdict = verdictOf(second.get(line.line) ?? first[i] ?? unmatched(line.line))
    const party = verdict.partyId === null ? undefined : parties.get(verdict.partyId)
    return { ...verdict, name: cut(line.name), partyName: party ? cut(party.name) : null, opens: party?.opens ?? false }
  })
}

/** A name as it is shown beside others. */
const cut = (name: string): string => name.slice(0, 200)
const unmatched = (line: number) => ({ line, group: "unmatched", partyId: null, how: null, by: null }) as const

/**
 * The parties as they were at the instant, as far as this reader is told of them. A decision that no personal data reaches a
 * supplier is the group's, and is told to whoever asks by its name; that another company gives data to a party is not.
 */
async function known(tx: Tx, ids: readonly string[], scope: Scope, at: Instant | null): Promise<Known[]> {
  const opens = await partiesThat(tx, { ids, at }, inScope("parties", scope, at))
  return (await loadRecords(tx, ids, at)).flatMap((one): Known[] => {
    if (one.kind !== "party") return []
    if (!opens.has(one.id) && one.body.dataDecision !== "no-personal-data") return []
    return [
      {
        ...{ partyId: one.id, country: valueOf(one.body.country), decision: one.body.dataDecision },
        ...{ keys: keysOfParty(one.body), name: one.body.legalName, opens: opens.has(one.id) },
      },
    ]
  })
}
