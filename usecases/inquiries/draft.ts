import { z } from "zod"
import { decidersNow } from "@/db/statements/tellings"
import { good } from "@/domain/core/outcome"
import { apart, draftOf, fieldsOf, keptQuestions, turned, turnOf, whole } from "@/domain/inquiries/draft"
import { look } from "@/usecases/look"
import { invalid } from "@/usecases/act"
import { parseAsOf } from "@/usecases/register/as-of"
import { namesOf } from "@/usecases/requests/named-by"
import { headOnly, wrongField, wrongHead, wrongPlace } from "./head"

type Fields = Record<string, string | string[]>

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "")

/** The head of a letter from the fields of its form. A day as the instant means its end (UTC); nothing means now. */
export function typedHead(sent: Record<string, unknown>): Record<string, unknown> {
  const [instant, dueOn, responsible] = [textOf(sent.instant), textOf(sent.dueOn), textOf(sent.responsible)]
  return {
    ...{ authority: textOf(sent.authority), reference: textOf(sent.reference), receivedOn: textOf(sent.receivedOn) },
    dueOn: dueOn === "" ? null : dueOn,
    entityIds: [sent.entityIds ?? []].flat(),
    instant: instant === "" ? null : (parseAsOf(instant) ?? instant),
    responsible: responsible === "" ? null : responsible,
  }
}

/** A letter from the fields of its form: a question whose text was emptied is left out. */
export function typedLetter(sent: Record<string, unknown>): Record<string, unknown> {
  const draft = draftOf(sent)
  return { ...typedHead(sent), before: draft.before, questions: keptQuestions(draft).questions }
}

export type Drafted = { fields: Fields; at: number }

/**
 * A letter before it is kept: its text is taken apart, or the button of a question is followed. It gives the fields of the form anew, and
 * writes nothing. What is wrong with the head is said before anybody corrects a split.
 */
export const draftInquiry = look<Fields, Drafted>({
  name: "inquiry.make",
  input: z.record(z.string().max(40), z.union([z.string(), z.array(z.string())])),
  run: async (tx, { input: sent, actor, scene }) => {
    const turn = turnOf(sent.do)
    const rest = Object.fromEntries(Object.entries(sent).filter(([name]) => !OF_DRAFT.test(name)))
    if (turn.does === "again") return good({ fields: { ...rest, text: whole(draftOf(sent)) }, at: 0 })
    if (turn.does !== "split") {
      const { draft, at } = turned(draftOf(sent), turn)
      return good({ fields: { ...rest, ...fieldsOf(draft) }, at })
    }
    const head = headOnly.safeParse(typedHead(sent))
    if (!head.success) return invalid(head.error)
    const wrong = wrongHead(head.data, actor, await wrongPlace(tx, head.data, actor, scene.now), scene.now)
    if (wrong) return wrong
    const draft = apart(sent.text)
    return typeof draft === "string"
      ? wrongField("text", draft)
      : good({ fields: { ...rest, ...fieldsOf(draft) }, at: 0 })
  },
})
/** Fields of the split, which it brings anew. */
const OF_DRAFT = /^(?:(?:number|depth|text)\.\d+|before|lines|do)$/

/** Who may be responsible: everybody who answers letters for one of the reader's companies. */
export const listResponsible = look<object, { id: string; name: string }[]>({
  name: "inquiry.make",
  input: z.strictObject({}),
  run: async (tx, { scope, scene }) => {
    const ids = (await decidersNow(tx, scene.now))
      .filter(({ held }) => held.some(({ entityId }) => reads(scope.entities, entityId)))
      .map(({ id }) => id)
    const names = await namesOf(tx, ids)
    return good(
      ids.map((id) => ({ id, name: names[id] ?? id })).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    )
  },
})

const reads = (entities: readonly string[] | null, entityId: string | null): boolean =>
  entities === null || entityId === null || entities.includes(entityId)
