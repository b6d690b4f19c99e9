import type { Entity } from "@/domain/records/evidence"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { fieldChanges, type FieldChange } from "./material"
import type { StageRules } from "./stage-rules"
import { entitiesOf, stagesFor, type Change, type Stage } from "./stages"

/** One proposal of a revision, with the version that it stands on (null: it is new). */
export type Carrier = {
  recordId: string
  kind: RecordKind
  op: "create" | "change" | "end"
  discovered: boolean
  body: BodyOf[RecordKind]
  base: BodyOf[RecordKind] | null
}

/** What became of one record between two revisions: which fields, and the changes to ask the table of stages about. */
export type Edit = {
  recordId: string
  kind: RecordKind
  what: "edited" | "added" | "taken-out"
  fields: FieldChange[]
  /** What is material in it, as changes of the record. */
  changes: Change[]
}

/** A decision that counted on the revision before: its own, or kept from an earlier one. */
export type Held = {
  id: string
  stage: string
  entityId: string
  seat: "decides" | "advises"
  personId: string
  verdict: string
  hasReason: boolean
  at: string
}

/** What becomes of a decision with a new revision, and why, as codes. */
export type Fate = {
  decisionId: string
  stage: string
  entityId: string
  fate: "kept" | "withdrawn"
  because: string[]
}

/** What a later revision may keep: a yes. Whoever said no, asked for changes or advised against is asked again. */
export const CONSENTS = ["approve", "approve-with-conditions", "agree", "agree-with-conditions"] as const

const isSame = (a: { stage: string; entityId: string }, b: { stage: string; entityId: string }): boolean =>
  a.stage === b.stage && a.entityId === b.entityId

/**
 * What differs between two revisions, record by record: in what is proposed, and in what it stands on (the ground moved
 * underneath is a change too: who decided looked at another difference).
 */
export function editsBetween(before: readonly Carrier[], after: readonly Carrier[]): Edit[] {
  const was = new Map(before.map((item) => [item.recordId, item]))
  const is = new Map(after.map((item) => [item.recordId, item]))
  const ids = [...new Set([...was.keys(), ...is.keys()])]
  return ids.flatMap((id): Edit[] => {
    const [one, other] = [was.get(id), is.get(id)]
    if (one && other) return edited(one, other)
    if (other) return [whole(other, "added")]
    return one ? [whole(one, "taken-out")] : []
  })
}

function edited(one: Carrier, other: Carrier): Edit[] {
  if (one.op !== other.op || one.discovered !== other.discovered) {
    const edit = whole(other, "edited")
    return [{ ...edit, fields: [...edit.fields, { field: "op", material: true, resetsAll: true }] }]
  }
  const own = fieldChanges(one.kind, one.body, other.body)
  const moved = one.base && other.base ? fieldChanges(one.kind, one.base, other.base) : []
  const fields = [...own, ...moved.filter((item) => !own.some((known) => known.field === item.field && known.material))]
  if (fields.length === 0) return []
  const pair = { recordId: one.recordId, kind: one.kind, what: "edited" as const, fields }
  const changes = [
    ...materially(one, one.body, other.body, own),
    ...(one.base && other.base ? materially(one, one.base, other.base, moved) : []),
  ]
  return [{ ...pair, changes }]
}

/** A record that came in, or was taken out: everything that it proposes is what changed. */
function whole(item: Carrier, what: Edit["what"]): Edit {
  const { recordId, kind, base, body, op, discovered } = item
  if (base !== null && op === "change") {
    const fields = fieldChanges(kind, base, body)
    return { recordId, kind, what, fields, changes: materially(item, base, body, fields) }
  }
  const field = what === "taken-out" ? "taken-out" : "added"
  const resetsAll = kind === "sharing" && op === "create"
  const change = { op, kind, before: base, after: body, discovered } as unknown as Change
  return { recordId, kind, what, fields: [{ field, material: true, resetsAll }], changes: [change] }
}

/** The change of what is material alone, so that a word put better does not wake a stage. */
function materially(
  item: Pick<Carrier, "op" | "kind" | "discovered">,
  before: object,
  after: object,
  fields: readonly FieldChange[],
): Change[] {
  const names = fields.filter((one) => one.material).map((one) => one.field)
  if (names.length === 0) return []
  const body = { ...before, ...Object.fromEntries(names.map((name) => [name, (after as never)[name]])) }
  const op = item.op === "create" ? "change" : item.op
  return [{ op, kind: item.kind, before, after: body, discovered: item.discovered } as unknown as Change]
}

export type NewRevision = {
  stages: readonly Stage[]
  entities: ReadonlyMap<string, Pick<Entity, "dpoDecides" | "mergeSeats">>
  authors: readonly string[]
  /** The stage rules that the new revision's stages come from. */
  rules?: StageRules
  /** The DPO's last word is against: whoever approved without a reason did not answer it. */
  against: boolean
}

/**
 * What a new revision keeps and what it withdraws (domain handbook, 4; decision 0028). An edit withdraws what was decided
 * at the stages whose rows it touches; mode, ground, party and destination withdraw all. Whatever is kept, at least one
 * stage that decides is open: nothing comes into force on a new revision without a fresh act of somebody else.
 */
export function fatesOf(held: readonly Held[], edits: readonly Edit[], on: NewRevision): Fate[] {
  const touching = byEntity(edits, on)
  const fates = held.map((item): Fate => {
    const because = reasonsAgainst(item, touching, on)
    const { id, stage, entityId } = item
    const fate = because.length ? "withdrawn" : "kept"
    return { decisionId: id, stage, entityId, fate, because: because.length ? because : slight(edits, entityId) }
  })
  followLegal(fates, on)
  lookAgain(fates, held, on)
  return fates
}

type Touching = (entityId: string) => { code: string; stages: ReadonlySet<string> | "all" }[]

/** What each material edit touches, in the eyes of one company; worked out once for each. */
function byEntity(edits: readonly Edit[], on: NewRevision): Touching {
  const known = new Map<string, ReturnType<Touching>>()
  return (entityId) => {
    const held = known.get(entityId)
    if (held) return held
    const found = edits.filter((edit) => concerns(edit, entityId)).flatMap((edit) => touched(edit, entityId, on))
    known.set(entityId, found)
    return found
  }
}

/** What names a company is its own; what names none is everybody's. */
function concerns(edit: Edit, entityId: string): boolean {
  const of = edit.changes.flatMap(entitiesOf)
  return of.length === 0 || of.includes(entityId)
}

function touched(edit: Edit, entityId: string, on: NewRevision): ReturnType<Touching> {
  const material = edit.fields.filter((field) => field.material)
  if (material.length === 0) return []
  const seats = on.entities.get(entityId)
  const alone = new Map(seats ? [[entityId, seats]] : [])
  const rows = new Set(
    edit.changes
      .flatMap((change) => stagesFor([change], alone, on.rules))
      .filter((stage) => stage.entityId === entityId)
      .map((stage) => stage.stage as string),
  )
  return material.map((field) => ({
    code: codeOf(edit, field.field),
    stages: field.resetsAll || rows.size === 0 ? ("all" as const) : rows,
  }))
}

const codeOf = (edit: Edit, field: string): string =>
  edit.what === "edited" ? `changed:${edit.kind}:${field}` : `${edit.what}:${edit.kind}:${field}`

const MOST = 40
const few = (codes: readonly string[]): string[] => [...new Set(codes)].sort().slice(0, MOST)

function reasonsAgainst(item: Held, touching: Touching, on: NewRevision): string[] {
  const stage = on.stages.find((one) => isSame(one, item))
  if (!stage) return ["stage-gone"]
  if (stage.seat !== item.seat) return ["seat-changed"]
  if (on.authors.includes(item.personId)) return ["author"]
  const codes = touching(item.entityId)
    .filter((one) => one.stages === "all" || one.stages.has(item.stage))
    .map((one) => one.code)
  if (on.against && item.verdict.startsWith("approve") && !item.hasReason) codes.push("advice-against")
  return few(codes)
}

/** What changed and touches nobody, said beside what is kept. */
function slight(edits: readonly Edit[], entityId: string): string[] {
  return few(
    edits
      .filter((edit) => concerns(edit, entityId))
      .flatMap((edit) => edit.fields.filter((field) => !field.material).map((field) => codeOf(edit, field.field))),
  )
}

function withdraw(fate: Fate, why: string): void {
  fate.fate = "withdrawn"
  fate.because = [why]
}

/** A second lawyer comes after the first of every company, so their decision goes with the first's. */
function followLegal(fates: readonly Fate[], on: NewRevision): void {
  const open = on.stages
    .filter((stage) => stage.stage === "legal")
    .some((stage) => !fates.some((fate) => fate.fate === "kept" && isSame(fate, stage)))
  if (open)
    for (const fate of fates) if (fate.stage === "second-legal" && fate.fate === "kept") withdraw(fate, "legal-anew")
}

/** Where everything that decides would be kept, whoever decided last looks again. */
function lookAgain(fates: readonly Fate[], held: readonly Held[], on: NewRevision): void {
  const deciding = on.stages.filter((stage) => stage.seat === "decides")
  const kept = fates.filter((fate) => fate.fate === "kept" && deciding.some((stage) => isSame(stage, fate)))
  if (kept.length === 0 || kept.length < deciding.length) return
  const at = (fate: Fate): string => held.find((item) => item.id === fate.decisionId)?.at ?? ""
  const last = kept.reduce((latest, fate) => (at(fate) > at(latest) ? fate : latest))
  withdraw(last, "one-looks-again")
}
