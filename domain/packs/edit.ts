import { z } from "zod"
import type { Clause, Severity } from "@/domain/checks/types"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { OwnClause, OwnPack } from "@/domain/records/own-pack"
import { dayShape, idOf, oneOf, text } from "@/domain/records/parts"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { heldClause } from "./in-force"
import { clauseFrom, compileTemplate } from "./templates"

const required = (max: number) => text(max).refine((value) => value.trim().length > 0, "invalid.required")
const severity = z.enum(["blocking", "warning", "advice"])

/** For whom a text is written, and from when it counts. */
export const aboutShape = {
  title: required(200),
  effectiveFrom: dayShape,
  entities: z.array(idOf("entity")).max(200).nullable(),
  products: z.array(required(200)).max(200).nullable(),
  subjects: z.array(oneOf(SUBJECTS)).max(20).nullable(),
}

/** One step of writing a version: nothing of it is code, and a check is only ever named by a template or a clause. */
export const editShape = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("about"), ...aboutShape }),
  /** Of a text that is ended: from which day on it no longer counts. */
  z.strictObject({ do: z.literal("ends"), effectiveFrom: dayShape }),
  z.strictObject({
    do: z.literal("reword"),
    clause: z.string().max(60),
    ...{ title: required(200), duty: required(1000), remedy: required(1000), severity },
  }),
  z.strictObject({ do: z.literal("retire"), clause: z.string().max(60) }),
  z.strictObject({ do: z.literal("take"), clause: z.string().max(60) }),
  z.strictObject({
    do: z.literal("make"),
    template: z.string().max(60),
    given: z.record(z.string().max(60), z.unknown()),
    ...{ title: required(200), duty: text(1000), remedy: required(1000), severity },
  }),
])
export type Edit = z.infer<typeof editShape>

/**
 * The text after one step. `sources` are the clauses that can be taken (shipped, or of the version before), `taken` the
 * ids that any pack has: a new clause gets one of its own. Refuses at the field that is wrong.
 */
export function edited(
  body: OwnPack,
  edit: Edit,
  from: { sources: readonly OwnClause[]; taken: readonly string[] },
): Outcome<OwnPack> {
  switch (edit.do) {
    case "about": {
      const { do: _do, ...about } = edit
      return good({ ...body, ...about })
    }
    case "ends":
      return good({ ...body, effectiveFrom: edit.effectiveFrom })
    case "reword":
      return reworded(body, edit)
    case "retire":
      return body.clauses.some((one) => one.id === edit.clause)
        ? good({ ...body, clauses: body.clauses.filter((one) => one.id !== edit.clause) })
        : refuse("not-found", "not-found")
    case "take": {
      const found = from.sources.find((one) => one.id === edit.clause)
      if (!found || body.clauses.some((one) => one.id === edit.clause)) return refuse("not-found", "not-found")
      return good({ ...body, clauses: inOrder([...body.clauses, found]) })
    }
    case "make":
      return made(body, edit, from.taken)
  }
}

function reworded(body: OwnPack, edit: Extract<Edit, { do: "reword" }>): Outcome<OwnPack> {
  const { do: _do, clause, ...words } = edit
  const found = body.clauses.find((one) => one.id === clause)
  if (!found) return refuse("not-found", "not-found")
  if (isUnverified(found, words.severity))
    return refuse("invalid", "invalid.form", {
      fields: [{ path: "severity", says: "pack.unverified", params: { id: clause } }],
    })
  return good({ ...body, clauses: body.clauses.map((one) => (one === found ? { ...one, ...words } : one)) })
}

const isUnverified = (clause: Pick<Clause, "certainty">, wanted: Severity): boolean =>
  wanted === "blocking" && /memory, unverified/.test(clause.certainty)

function made(body: OwnPack, edit: Extract<Edit, { do: "make" }>, taken: readonly string[]): Outcome<OwnPack> {
  const compiled = compileTemplate(edit.template, edit.given)
  if (!compiled.ok)
    return refuse("invalid", "invalid.form", {
      fields: compiled.faults.map(({ path, says }) => ({
        // A list is wrong as a whole: its field is one.
        path: path === "template" ? path : `given.${path.split(".")[0] ?? ""}`,
        says,
      })),
    })
  const { title, remedy, severity: grave } = edit
  const id = freeId([...taken, ...body.clauses.map((one) => one.id)])
  const clause = clauseFrom(
    {
      ...{ id, title, remedy, severity: grave, effectiveFrom: null },
      ...(edit.duty.trim() === "" ? {} : { duty: edit.duty }),
    },
    compiled,
  )
  return good({ ...body, clauses: inOrder([...body.clauses, heldClause(clause)]) })
}

/** The next free id for a clause of our own. */
export function freeId(taken: readonly string[]): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`OWN-${n}`)) return `OWN-${n}`
}

/** The next free name for a version: a number after every number that was given. */
export function freeVersion(taken: readonly string[]): string {
  const numbers = taken.map((one) => Number.parseInt(one, 10)).filter((n) => Number.isSafeInteger(n))
  return String(Math.max(0, ...numbers) + 1)
}

const inOrder = (clauses: readonly OwnClause[]): OwnClause[] => [...clauses].sort((a, b) => (a.id < b.id ? -1 : 1))
