import { z } from "zod"
import { disclosed } from "@/db/statements/versions"
import { listEntityIds } from "@/db/statements/entities"
import { trustFactsOf, trustListRows, type TrustListRow } from "@/db/statements/trust"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import {
  expiredRoots,
  isPastUpdate,
  standings,
  trustDifference,
  type TrustDifference,
  type TrustFacts,
} from "@/domain/signatures/trust-list"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { confirmedOf, standingOf } from "@/usecases/signatures/current-trust"
import { confirmsFor } from "./trust-lists"

/** A proposal with its words back. */
export type TrustLine = TrustListRow & { source: string; decidedReason: string | null }

/** A list as it is shown: what it holds, which of its roots are over, and whether it should have been renewed. */
export type ShownList = { line: TrustLine; facts: TrustFacts | null; expired: number; pastUpdate: boolean }

export type TrustPage = {
  /** The list that stands, or stood at the instant that was asked for. */
  standing: ShownList | null
  /** What waits, with what it changes against the list in force, and what the reader may do about it. */
  waiting: (ShownList & { difference: TrustDifference; may: "decide" | "take-back" | null }) | null
  /** When each confirmed list stood, newest first. */
  stood: { line: TrustLine; from: Instant; to: Instant | null }[]
  /** What was refused or taken back. */
  others: TrustLine[]
  today: Day
}

/** The trusted roots that stand, or stood at an instant, what waits to be confirmed, and which list stood when. */
export const readTrust = look<{ asOf: Instant | null }, TrustPage>({
  name: "trust.read",
  input: z.strictObject({ asOf: asOfInput }) as unknown as z.ZodType<{ asOf: Instant | null }>,
  run: async (tx, { input, actor, scene }) => {
    const asOf = await readingInstant(tx, input.asOf)
    const at = asOf ?? scene.now
    const today = dayIn("UTC", at)
    const all = (await trustListRows(tx)).filter((one) => one.at <= at).map((one) => knownAt(one, at))
    const words = await disclosed(
      tx,
      all.flatMap((one) => [one.source, ...(one.decidedReason ? [one.decidedReason] : [])]),
    )
    const lines = all.map((one): TrustLine => {
      const reason = one.decidedReason && (words.get(one.decidedReason) ?? "[erased]")
      return { ...one, source: words.get(one.source) ?? "[erased]", decidedReason: reason }
    })
    const lineOf = (id: string): TrustLine => lines.find((one) => one.id === id) as TrustLine
    const standing = standingOf(all, at)
    const waits = lines.find((one) => one.verdict === null) ?? null
    const found = await trustFactsOf(
      tx,
      [standing, waits].flatMap((one) => one?.sha256 ?? []),
    )
    const shown = (line: TrustLine): ShownList => {
      const text = line.sha256 === null ? undefined : found.get(line.sha256)
      const facts = text === undefined ? null : (JSON.parse(text) as TrustFacts)
      const expired = facts ? expiredRoots(facts, at).length : 0
      return { line, facts, expired, pastUpdate: isPastUpdate(line.nextUpdateOn, today) }
    }
    const now = standing && shown(lineOf(standing.id))
    const decides = mayAct("trust.decide", actor).ok && confirmsFor(actor, await listEntityIds(tx))
    const may = asOf !== null ? null : waits?.byPerson === actor.id ? "take-back" : decides ? "decide" : null
    const next = waits && shown(waits)
    return good({
      standing: now,
      waiting: next && { ...next, difference: trustDifference(now?.facts ?? null, next.facts), may },
      stood: standings(confirmedOf(all)).map(({ one, from, to }) => ({ line: lineOf(one.id), from, to })),
      others: lines.filter((one) => one.verdict === "refused" || one.verdict === "withdrawn"),
      today,
    })
  },
})

/** What came of it later than the instant was not known then. */
function knownAt(one: TrustListRow, at: Instant): TrustListRow {
  if (one.decidedAt === null || one.decidedAt <= at) return one
  return { ...one, verdict: null, decidedAt: null, decidedBy: null, decidedByName: null, decidedReason: null }
}
