import { sql } from "drizzle-orm"
import { z } from "zod"
import { approvedFlows, choicesOf, type Choice, type FlowHit } from "@/db/statements/intake-finds"
import { openIntakes, ownIntake } from "@/db/statements/intakes"
import { listEntityIds } from "@/db/statements/entities"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import {
  askedNow,
  missingIn,
  needsIn,
  placesAbroad,
  purposesIn,
  stepsOf,
  type Missing,
  type Step,
} from "@/domain/intake/asked"
import { MOST_PURPOSES } from "@/domain/intake/conditions"
import { suggested, suggestedLess, type Need } from "@/domain/intake/necessity"
import { overPrefilled } from "@/domain/intake/prefill"
import type { Answers, Asker, Beginning, Given, Question } from "@/domain/intake/question"
import { proposalsOf, type MadeIds } from "@/domain/intake/proposals"
import type { StageRules } from "@/domain/requests/stage-rules"
import { holdsRole } from "@/domain/people/permissions"
import { stagesFor, type Change, type Stage } from "@/domain/requests/stages"
import { sentencesIn } from "@/domain/intake/values"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { loadEntities } from "@/usecases/register/records"
import { expectedDays, type Expected } from "@/usecases/requests/expected"
import { rulesInForce } from "@/usecases/requests/rules-in-force"
import { ofEntities, ofParties } from "@/db/statements/sides"
import { unrestricted, type Scope } from "@/usecases/scope"
import { expectedOfBeginnings } from "./expected-start"
import { flowsOf, partiesMeant, type PartyHit } from "./find-party"
import { surroundings, type Surroundings } from "./known-already"
import { answersIn, asking, idsIn, keptIn } from "./stored"

export type IntakePage = {
  id: string
  version: number
  savedAt: Instant
  beginning: Beginning | null
  /** The request that was made of it, while that is a draft. */
  requestId: string | null
  /** Every question that is asked now, of whomever. */
  questions: Question[]
  /** Answers that count, filled in ones among them. */
  answers: Answers
  /** Answers that are kept though nothing asks for them now. */
  hidden: number
  steps: Step[]
  missing: Missing[]
  as: Asker[]
  /** Foreign countries among the places that were named. */
  places: string[]
  needs: (Need & { text: string; suggested: boolean })[]
  /** First sentences to edit of other questions, by their id. */
  suggestions: Record<string, string>
  /** The party that was chosen, with what it gets already. */
  party: { id: string; title: string; flows: FlowHit[] } | null
  /** What the words that were looked for may mean. */
  hits: PartyHit[]
  choices: Record<string, Choice[]>
  approved: FlowHit[]
  /** The stages that the request would go through as it is answered now; none where it is recorded at once. */
  likely: Stage[]
  /** When that is likely to be decided, by this register's own figures; null while they do not tell. */
  expected: Expected | null
  entities: Record<string, string>
  titles: Record<string, string>
}

const SHOWN = 25

/** An intake as whoever began it goes on with it; `find` are the words that a party or a record is looked for by. */
export const readIntake = look<{ id: string; find: string }, IntakePage>({
  name: "request.draft",
  input: z.strictObject({ id: idOf("intake"), find: z.string().max(300).default("") }) as unknown as z.ZodType<{
    id: string
    find: string
  }>,
  run: async (tx, { input, scope, actor, scene }) => {
    const row = await ownIntake(tx, input.id, actor.id)
    // What was submitted stands with its request.
    if (!row || (row.requestId !== null && (row.revision !== 0 || row.requestState !== "draft")))
      return refuse("not-found", "not-found")
    const own = answersIn(keptIn(row))
    const around = await surroundings(tx, own, scene, actor)
    const all = overPrefilled(own, around.prefills)
    const { questions, counted } = askedNow(all, around.facts)
    const as = asking(actor)
    const likely = likelyStages(all, idsIn(row), around, (await rulesInForce(tx, null)).rules)
    return good<IntakePage>({
      ...{ id: row.id, version: row.version, savedAt: row.savedAt, requestId: row.requestId, questions, as },
      answers: counted,
      beginning: codeIn(counted, "1.1") as Beginning | null,
      hidden: Object.keys(own).filter((id) => !(id in counted)).length,
      steps: stepsOf(all, around.facts, as),
      missing: missingIn(all, around.facts, as),
      places: placesAbroad(counted, around.facts),
      needs: needsFor(counted),
      suggestions: { "3.2l": suggestedLess(purposesIn(counted), listIn(counted, "3.2")) },
      party: await partyOf(tx, around, scope),
      hits: await partiesMeant(tx, input.find || nameTyped(counted), scope, scene),
      choices: await choicesFor(tx, { questions, counted, around, find: input.find }, scope),
      approved: await approvedFor(tx, [...purposesIn(counted)], listIn(counted, "3.2"), { scope, today: around.today }),
      ...{ likely, expected: await expectedDays(tx, likely, scene.now) },
      entities: Object.fromEntries(around.entities.map(({ id, entity }) => [id, entity.legalName])),
      titles: around.titles,
    })
  },
})

/** Which stages what the answers propose would need, by the rules in force. */
function likelyStages(answers: Answers, ids: MadeIds, around: Surroundings, rules: StageRules): Stage[] {
  const made = proposalsOf(answers, { ids, ...around })
  if (made.kind === "discovered") return []
  const { party, sharing, agreement } = around.named
  const before = new Map<string, unknown>(
    [party, sharing, agreement].flatMap((one) => (one ? [[one.id, one.body]] : [])),
  )
  const changes = made.proposals.map(
    (one) =>
      ({
        ...{ op: one.op, kind: one.kind, before: before.get(one.recordId) ?? null, after: one.body },
        discovered: one.discovered,
      }) as Change,
  )
  if (changes.length === 0) return []
  return stagesFor(changes, new Map(around.entities.map(({ id, entity }) => [id, entity])), rules)
}

const codeIn = (answers: Answers, id: string): string | null => {
  const given = answers[id]
  return given?.state === "known" && typeof given.value === "string" ? given.value : null
}
const listIn = (answers: Answers, id: string): string[] => {
  const given = answers[id]
  return given?.state === "known" && Array.isArray(given.value) ? given.value : []
}

/** The name of a party that the register may lack: what is near it is shown, so that none is begun twice. */
function nameTyped(answers: Answers): string {
  const given: Given | undefined = answers["1.3"]
  const value = given?.state === "known" ? given.value : null
  return value !== null && typeof value === "object" && "name" in value ? String(value.name) : ""
}

function needsFor(counted: Answers): IntakePage["needs"] {
  const written = sentencesIn(counted)
  const given = counted["3.2n"]
  const said = given?.state === "known" ? (given.value as Record<string, string>) : {}
  const otherwise = given !== undefined && given.state !== "known"
  return needsIn(counted).map((need) => {
    const text = written[need.key] ?? ""
    // What was emptied stays empty; only where nobody wrote yet a sentence is laid out to edit.
    return !otherwise && said[need.key] === undefined
      ? { ...need, text: suggested(need), suggested: true }
      : { ...need, text, suggested: false }
  })
}

async function partyOf(tx: Tx, { named }: Surroundings, scope: Scope): Promise<IntakePage["party"]> {
  if (!named.party) return null
  const { id, body } = named.party
  return { id, title: body.legalName, flows: await flowsOf(tx, [id], scope) }
}

type Choosing = { questions: readonly Question[]; counted: Answers; around: Surroundings; find: string }

async function choicesFor(tx: Tx, on: Choosing, scope: Scope): Promise<IntakePage["choices"]> {
  const asked = new Set(on.questions.map((question) => question.id))
  const words = fold(on.find)
  const list = async (id: string, table: "sharing_rows" | "agreement_rows" | "other_rows", more = sql`true`) => {
    if (!asked.has(id)) return
    const name = table === "sharing_rows" ? "sharings" : table === "agreement_rows" ? "agreements" : "others"
    const chosen = codeIn(on.counted, id) ?? ""
    out[id] = await choicesOf(tx, table, {
      ...{ words, chosen, more, limit: SHOWN, scope: inScope(name, scope, null) },
    })
  }
  const out: Record<string, Choice[]> = {
    "1.2": on.around.entities.map(({ id, entity }) => ({ id, label: entity.legalName })),
  }
  const [entityId, partyId] = [codeIn(on.counted, "1.2") ?? "", on.around.named.party?.id ?? ""]
  await list("1.3a", "sharing_rows")
  await list("1.3b", "agreement_rows")
  await list("7.1a", "agreement_rows", sql`${ofParties("r", [partyId], null)} and ${ofEntities("r", [entityId], null)}`)
  await list("5.2", "other_rows", sql`r.record_kind = 'consent' and r.entity_id = ${entityId}`)
  return out
}

/** Flows in force that are approved for these purposes and hold these kinds of data. */
async function approvedFor(
  tx: Tx,
  purposes: readonly string[],
  kinds: readonly string[],
  { scope, today }: { scope: Scope; today: Day },
): Promise<FlowHit[]> {
  return approvedFlows(
    tx,
    { purposes, kinds, today },
    { scope: inScope("sharings", scope, null), party: unrestricted(scope, sql`p.restricted_to`), limit: 8 },
  )
}

export type StartPage = {
  open: { id: string; beginning: Beginning | null; about: string; savedAt: Instant; requestId: string | null }[]
  approved: FlowHit[]
  entities: Record<string, string>
  /** The company whose figures these are: the one that was named, else the first in which one may ask; null: none. */
  company: string | null
  /** The companies in which one may ask. */
  companies: string[]
  /** When a request of each beginning is likely to be decided there; without an entry the figures do not tell. */
  expected: Partial<Record<Beginning, Expected>>
}

const MAY_ASK = ["requester", "procurement", "legal", "dpo"] as const

type StartInput = { purposes: string[]; kinds: string[]; company: string | null }

/** The first screen: what somebody began and has not submitted, and who is approved already for a purpose and kinds of data. */
export const startIntake = look<StartInput, StartPage>({
  name: "request.draft",
  input: z.strictObject({
    purposes: z.array(z.string().max(60)).max(MOST_PURPOSES).default([]),
    kinds: z.array(z.string().max(60)).max(60).default([]),
    company: idOf("entity").nullable().default(null),
  }) as unknown as z.ZodType<StartInput>,
  run: async (tx, { input, scope, actor, scene }) => {
    const open = await openIntakes(tx, actor.id, 20)
    const ids = (await listEntityIds(tx)).filter((id) => scope.entities === null || scope.entities.includes(id))
    const own = await loadEntities(tx, ids, null)
    const companies = [...own.keys()].filter((id) => MAY_ASK.some((role) => holdsRole(actor, role, id)))
    const company = companies.find((id) => id === input.company) ?? companies[0] ?? null
    const entity = company ? own.get(company) : undefined
    return good<StartPage>({
      open: open.map((row) => {
        const answers = answersIn(keptIn(row))
        return {
          ...{ id: row.id, savedAt: row.savedAt, requestId: row.requestId },
          beginning: codeIn(answers, "1.1") as Beginning | null,
          about: nameTyped(answers) || (codeIn(answers, "1.4") ?? "").slice(0, 80),
        }
      }),
      approved: await approvedFor(tx, input.purposes, input.kinds, { scope, today: dayIn("UTC", scene.now) }),
      entities: Object.fromEntries([...own].map(([id, one]) => [id, one.legalName])),
      ...{ company, companies },
      expected: company && entity ? await expectedOfBeginnings(tx, { id: company, entity }, scene.now) : {},
    })
  },
})
