import { z } from "zod"
import { intakeOf, type IntakeRow } from "@/db/statements/intakes"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { needsIn } from "@/domain/intake/asked"
import type { Need } from "@/domain/intake/necessity"
import type { Answers, Given, PartyChoice } from "@/domain/intake/question"
import { QUESTIONS } from "@/domain/intake/questions"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { look } from "@/usecases/look"
import { readKnown } from "@/usecases/requests/known-request"
import { namesOf } from "@/usecases/requests/named-by"
import { scopeWithin, seenOf } from "@/usecases/requests/seen"
import { readable } from "@/usecases/register/read-record"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"
import { keptIn } from "./stored"

/** What a request was last made of: the answers that counted, filled in ones among them, and the bodies. */
export type MadeOf = { answers: Answers; proposals: { recordId: string; kind: RecordKind; body: BodyOf[RecordKind] }[] }

/** What the request of an intake was made of; null where none was made. */
export function madeIn(row: Pick<IntakeRow, "made">): MadeOf | null {
  return row.made === null ? null : (JSON.parse(row.made) as MadeOf)
}

export type IntakeOfRequest = {
  id: string
  /** Who answered. */
  by: string
  /** The answers that counted, in the order of the questions. What the register filled in has no instant of its own. */
  answers: { id: string; given: Given; at: Instant | null }[]
  needs: Need[]
  /** Names of the companies and records that answers name, as far as the reader may know them. */
  titles: Record<string, string>
  /** Whether the reader may still change the answers. */
  open: boolean
}

/**
 * The intake that a request was made from, for whoever may read all that it proposes: what was answered, by whom and when.
 * A request that was filled in by hand has none.
 */
export const intakeOfRequest = look<{ id: string }, IntakeOfRequest>({
  name: "request.read",
  input: z.strictObject({ id: idOf("request") }) as unknown as z.ZodType<{ id: string }>,
  about: (input) => [{ type: "request", id: input.id }],
  run: async (tx, { input, scope, actor }) => {
    const request = await readKnown(tx, input.id, actor)
    const row = request && (await intakeOf(tx, request.id))
    const made = row && madeIn(row)
    if (!request || !row || !made) return refuse("not-found", "not-found")
    const within = scopeWithin(scope, request)
    if ((await seenOf(tx, made.proposals, within)).length < made.proposals.length)
      return refuse("not-found", "not-found")
    const kept = keptIn(row)
    const names = await namesOf(tx, [row.byPerson])
    return good<IntakeOfRequest>({
      ...{ id: row.id, by: names[row.byPerson] ?? "" },
      answers: QUESTIONS.flatMap(({ id }) => {
        const given = made.answers[id]
        return given ? [{ id, given, at: kept[id]?.at ?? null }] : []
      }),
      needs: needsIn(made.answers),
      titles: await titlesIn(tx, made.answers, scope),
      open: row.byPerson === actor.id && request.revision === 0 && request.state === "draft",
    })
  },
})

/** Names of what the answers name by id. */
async function titlesIn(tx: Tx, answers: Answers, scope: Scope): Promise<Record<string, string>> {
  const ids = ["1.3a", "1.3b", "7.1a", "5.2"].flatMap((id) => textIn(answers[id]) ?? [])
  const party = answers["1.3"]
  const choice = party?.state === "known" ? (party.value as PartyChoice) : null
  if (choice && "id" in choice) ids.push(choice.id)
  const records = (await loadRecords(tx, ids, null)).filter((record) => readable(record, scope))
  const entityId = textIn(answers["1.2"])
  const entities = await loadEntities(tx, entityId ? [entityId] : [], null)
  return Object.fromEntries([
    ...records.map((record) => [record.id, titleOf(record.kind, record.body)] as const),
    ...[...entities].map(([id, entity]) => [id, entity.legalName] as const),
  ])
}

const textIn = (given: Given | undefined): string | null =>
  given?.state === "known" && typeof given.value === "string" ? given.value : null
