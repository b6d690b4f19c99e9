import { z } from "zod"
import type { IntakeRow } from "@/db/statements/intakes"
import { canonical } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import type { Actor } from "@/usecases/scene"
import type { Answers, Asker, Given } from "@/domain/intake/question"
import type { MadeIds } from "@/domain/intake/proposals"
import { givenShape } from "@/domain/intake/values"

/** An answer as it is kept: with when it was given. Who gave it is whose intake it is. */
export type Kept = { given: Given; at: Instant }

/** The kept answers of an intake. */
export function keptIn(row: Pick<IntakeRow, "answers">): Record<string, Kept> {
  return JSON.parse(row.answers) as Record<string, Kept>
}

/** The answers alone. */
export function answersIn(kept: Readonly<Record<string, Kept>>): Answers {
  return Object.fromEntries(Object.entries(kept).map(([id, one]) => [id, one.given]))
}

/** Answers with the instant of those that are new or other than before. */
export function keptAnew(before: Readonly<Record<string, Kept>>, answers: Answers, at: Instant): Record<string, Kept> {
  return Object.fromEntries(
    Object.entries(answers).map(([id, given]) => {
      const was = before[id]
      return [id, was && canonical(was.given) === canonical(given) ? was : { given, at }]
    }),
  )
}

/** The ids that the records of an intake will have. */
export function idsIn(row: Pick<IntakeRow, "ids">): MadeIds {
  return JSON.parse(row.ids) as MadeIds
}

/** As whom somebody answers: everybody who begins asks for something, and says besides what their roles know. */
export function asking(actor: Actor): Asker[] {
  const roles = actor.held.map((held) => held.role)
  return ["requester", ...(["procurement", "legal", "dpo"] as const).filter((role) => roles.includes(role))]
}

/** Answers as they are sent, by the id of their question; null takes one away. */
export const sentAnswers = z
  .record(z.string().max(8), givenShape.nullable())
  .refine((sent) => Object.keys(sent).length <= 100, "invalid.form")
