import { z } from "zod"
import { addAuthor, insertRequest, saveProposals, type ProposalRow } from "@/db/statements/requests"
import { proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { aboutShape, edited, editShape, freeVersion, type Edit } from "@/domain/packs/edit"
import { bodyOf, heldClause } from "@/domain/packs/in-force"
import type { OwnPack } from "@/domain/records/own-pack"
import type { Beside } from "@/domain/packs/validate-own"
import { dayShape, idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { editable } from "@/usecases/requests/draft-request"
import { openDrafts } from "@/usecases/requests/revision"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { besideOf, faultsOf, refusedPack, sourceOf, type ProposedVersion } from "./beside"

const beginning = z.strictObject({
  /** A text of our own that gets its next version; null: a new text. */
  recordId: idOf("pack").nullable().default(null),
  pack: z.string().max(60).default("statement"),
  ...aboutShape,
})
type Beginning = z.output<typeof beginning>
export type Begun = { id: string; recordId: string }

/** Begins a request for a version of a pack: the clauses that count now are its first draft. */
export const beginPack = jot<Beginning, Begun>({
  name: "pack.propose",
  input: beginning as unknown as z.ZodType<Beginning>,
  run: async (tx, { input, actor, scene }) => {
    const { recordId, pack, ...about } = input
    const beside = await besideOf(tx, recordId, scene.now)
    const first = recordId ? await lastOf(tx, recordId) : firstOf(beside, pack)
    if (!first) return refuse("not-found", "not-found")
    const version = freeVersion(versionsOf(beside, first.pack))
    const body: OwnPack = {
      ...first,
      ...about,
      version,
      replaces: recordId ? first.version : replacedBy(about, beside, first),
    }
    return putDraft(tx, { body, recordId, actor, scene })
  },
})

const ending = z.strictObject({ recordId: idOf("pack"), effectiveFrom: dayShape })
type Ending = z.output<typeof ending>

/** Begins a request that ends a text of our own from a day on: whatever is wider counts again for those it was for. */
export const endPack = jot<Ending, Begun>({
  name: "pack.propose",
  input: ending as unknown as z.ZodType<Ending>,
  run: async (tx, { input: { recordId, effectiveFrom }, actor, scene }) => {
    const last = await lastOf(tx, recordId)
    if (!last) return refuse("not-found", "not-found")
    return putDraft(tx, { body: { ...last, effectiveFrom }, recordId, ends: true, actor, scene })
  },
})

async function lastOf(tx: Tx, recordId: string): Promise<OwnPack | null> {
  const [record] = await loadRecords(tx, [recordId], null)
  return record?.kind === "pack" && record.standing !== "ended" ? record.body : null
}

function firstOf(beside: Beside, name: string): OwnPack | null {
  const source = sourceOf(beside, name)
  return source ? { ...bodyOf(source, ""), facts: "" } : null
}

/** A text for everybody takes over from the one that is shipped; one for some stands beside it. */
function replacedBy(
  about: Pick<OwnPack, "entities" | "products" | "subjects">,
  beside: Beside,
  from: OwnPack,
): string | null {
  if (about.entities || about.products || about.subjects) return null
  return beside.shipped.find((one) => one.pack === from.pack)?.version ?? null
}

const versionsOf = (beside: Beside, name: string): string[] =>
  [...beside.shipped, ...beside.own].filter((one) => one.pack === name).map((one) => one.version)

type Putting = { body: OwnPack; recordId: string | null; ends?: boolean; actor: Actor; scene: Scene }

/** Puts a request with the one proposal; a date or scope that cannot stand is refused at its field, before anything is. */
export async function putDraft(tx: Tx, on: Putting): Promise<Outcome<Begun>> {
  const { body, actor, scene } = on
  const recordId = on.recordId ?? newId(scene, "pack")
  const op = on.ends ? "end" : on.recordId ? "change" : "create"
  const wrong = await wrongAbout(tx, { recordId, op, body }, scene)
  if (!wrong.ok) return wrong
  const [base] = on.recordId ? await loadRecords(tx, [on.recordId], null) : []
  const id = newId(scene, "request")
  const title = `${body.title}, ${on.ends ? "ended" : `version ${body.version}`}`
  await insertRequest(tx, {
    ...{ id, title, fold: fold(title), kind: "change" },
    ...{ by: actor.id, at: scene.now, restrictedTo: null },
  })
  await addAuthor(tx, id, actor.id)
  await saveProposals(tx, id, scene.now, [
    {
      ...{ recordId, kind: "pack", op, baseVersion: base?.version ?? null, position: 1 },
      ...{ body: canonical(body), discovered: false, importId: null, sheet: null, row: null },
    } satisfies ProposalRow,
  ])
  return good({ id, recordId })
}

/** Faults of day and scope, each at its field of the form. */
async function wrongAbout(tx: Tx, version: ProposedVersion, scene: Scene): Promise<Outcome<unknown>> {
  const faults = (await faultsOf(tx, version, scene.now)).filter((one) => !one.path.startsWith("clauses"))
  if (faults.length === 0) return good({})
  const { fields } = refusedPack(faults)
  return refuse("invalid", "pack.refused", {
    fields: (fields ?? []).map((field) => ({ ...field, path: field.path.replace(/^scope\.?/, "") || "entities" })),
  })
}

const editing = z.strictObject({ requestId: idOf("request"), recordId: idOf("pack"), edit: editShape })
type Editing = z.output<typeof editing>

/** One step of writing a version in a draft: its days and scope, or one clause. */
export const editPack = jot<Editing, { recordId: string }>({
  name: "pack.propose",
  input: editing as unknown as z.ZodType<Editing>,
  run: async (tx, { input: { requestId, recordId, edit }, actor, scene }) => {
    const request = await editable(tx, requestId, actor)
    if (!request.ok) return request
    const [row] = await proposalsById(tx, requestId, 0, [recordId])
    const [draft] = row ? openDrafts([row]) : []
    if (!row || draft?.kind !== "pack") return refuse("not-found", "not-found")
    const after = await stepped(tx, { recordId, op: row.op, body: draft.body as OwnPack }, edit, scene)
    if (!after.ok) return after
    await addAuthor(tx, requestId, actor.id)
    await saveProposals(tx, requestId, scene.now, [{ ...row, body: canonical(after.value) }])
    return good({ recordId })
  },
})

async function stepped(tx: Tx, version: ProposedVersion, edit: Edit, scene: Scene): Promise<Outcome<OwnPack>> {
  const { recordId, op, body } = version
  // Of a text that is ended nothing can be written but the day; a version has no such day.
  if ((op === "end") !== (edit.do === "ends")) return refuse("not-found", "not-found")
  const beside = await besideOf(tx, recordId, scene.now)
  const sources = clausesToTake(beside, body.pack)
  const taken = [...beside.shipped, ...beside.own].flatMap((pack) => pack.clauses.map((clause) => clause.id))
  const after = edited(body, edit, { sources, taken })
  if (!after.ok || (edit.do !== "about" && edit.do !== "ends")) return after
  const about = after.value
  const isLater = op === "end" || beside.own.some((one) => one.own === recordId)
  const right = isLater ? about : { ...about, replaces: replacedBy(about, beside, about) }
  const wrong = await wrongAbout(tx, { recordId, op, body: right }, scene)
  return wrong.ok ? good(right) : wrong
}

/** The clauses that a version can take: what is shipped, and whatever our own texts of the pack made, the latest words first. */
export function clausesToTake(beside: Beside, name: string): ReturnType<typeof heldClause>[] {
  const found = new Map<string, ReturnType<typeof heldClause>>()
  for (const pack of [...beside.shipped, ...beside.own].filter((one) => one.pack === name))
    for (const clause of pack.clauses) found.set(clause.id, heldClause(clause))
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
