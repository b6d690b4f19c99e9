import { z } from "zod"
import { listEntityIds } from "@/db/statements/entities"
import {
  holdTemplate,
  insertTemplate,
  insertTemplateDecision,
  templateVersion,
  templateVersions,
  type TemplateRow,
} from "@/db/statements/templates"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { HeldRole } from "@/domain/people/roles"
import { idOf, text } from "@/domain/records/parts"
import { templateShape, templateStands, type Template } from "@/domain/templates/template"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { sha256 } from "@/usecases/requests/revision"
import { newId, type Actor } from "@/usecases/scene"

type Propose = { id: Id<"template"> | null; template: Template }
type Proposing = { last: TemplateRow | null; entityIds: string[] }

/** Counsel proposes a template, or its next version. No paper is made from it until a second person approved it. */
export const proposeTemplate = act<Propose, Proposing, { id: string; n: number }>({
  name: "template.propose",
  input: z.strictObject({
    id: idOf("template").nullable().default(null),
    template: templateShape,
  }) as unknown as z.ZodType<Propose>,
  load: async (tx, { id }) => {
    if (id === null) return { last: null, entityIds: await listEntityIds(tx) }
    await holdTemplate(tx, id)
    const [last] = await templateVersions(tx, id)
    return last ? { last, entityIds: await listEntityIds(tx) } : null
  },
  may: (actor, { last, entityIds }, { template }) => {
    const touched = [
      ...scopeOfTemplate(template, entityIds),
      ...(last ? scopeOfTemplate(templateIn(last), entityIds) : []),
    ]
    if (!touched.every((id) => holdsRole(actor, "legal", id)))
      return refuse("not-allowed", "not-allowed.template-elsewhere")
    if (template.entityIds.some((id) => !entityIds.includes(id)))
      return refuse("invalid", "invalid.form", { fields: [{ path: "entityIds", says: "invalid.no-such-entity" }] })
    if (last && last.kind !== template.kind)
      return refuse("invalid", "invalid.form", { fields: [{ path: "kind", says: "invalid.template-kind" }] })
    if (last?.verdict === null) return refuse("conflict", "conflict.template-waits")
    if (last?.verdict === "approved" && last.body === canonical(template))
      return refuse("conflict", "conflict.template-same")
    return templateStands(template)
  },
  run: async (_tx, { input: { template, id: asked }, loaded: { last }, actor, scene }) => {
    const id = asked ?? newId(scene, "template")
    const n = (last?.n ?? 0) + 1
    const body = canonical(template)
    return done({
      value: { id: id as string, n },
      events: [
        {
          act: "template.propose",
          objects: [{ type: "template", id, version: n }],
          after: { kind: template.kind, title: template.title, sha256: sha256(body), entities: template.entityIds },
        },
      ],
      write: async (tx, place) =>
        insertTemplate(tx, {
          ...{ id, n, kind: template.kind, title: template.title, body },
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        }),
    })
  },
})

/** The template that a version holds; fields that came later read as they are left. */
export function templateIn(row: Pick<TemplateRow, "body">): Template {
  return templateShape.parse(JSON.parse(row.body))
}

/** The companies that a template is for. */
function scopeOfTemplate({ entityIds }: Template, all: readonly string[]): readonly string[] {
  return entityIds.length ? entityIds : all
}

type Version = { id: Id<"template">; n: number }
const version = { id: idOf("template"), n: z.coerce.number().int().min(1).max(1_000_000) }
type Decide = Version & { verdict: "approve" | "refuse"; reason: string }
type Deciding = { row: TemplateRow; entityIds: string[] }

/** Counsel or a DPO of every company that it is for approves or refuses a version: never whoever proposed it. */
export const decideTemplate = act<Decide, Deciding, { id: string; n: number; state: "approved" | "refused" }>({
  name: "template.decide",
  input: z.strictObject({
    ...version,
    verdict: z.enum(["approve", "refuse"]),
    reason: text(4000).default(""),
  }) as unknown as z.ZodType<Decide>,
  load: async (tx, asked) => loaded(tx, asked),
  may: (actor, { row, entityIds }, { verdict, reason }) => {
    if (row.byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-template")
    if (row.verdict !== null) return refuse("conflict", "conflict.template-decided")
    const touched = scopeOfTemplate(templateIn(row), entityIds)
    if (!touched.every((id) => holdsRole(actor, "legal", id) || holdsRole(actor, "dpo", id)))
      return refuse("not-allowed", "not-allowed.template-elsewhere")
    if (verdict === "refuse" && reason.trim() === "")
      return refuse("invalid", "invalid.form", { fields: [{ path: "reason", says: "invalid.reason" }] })
    return good({})
  },
  run: async (_tx, { input, loaded: { row }, actor }) =>
    decided(row, actor, input.verdict === "approve" ? "approved" : "refused", input.reason),
})

/** Whoever proposed a version takes it back while nobody decided on it. */
export const withdrawTemplate = act<Version, Deciding, { id: string; n: number; state: "withdrawn" }>({
  name: "template.propose",
  input: z.strictObject(version) as unknown as z.ZodType<Version>,
  load: async (tx, asked) => loaded(tx, asked),
  may: (actor, { row }) => {
    if (row.byPerson !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    return row.verdict === null ? good({}) : refuse("conflict", "conflict.template-decided")
  },
  run: async (_tx, { loaded: { row }, actor }) => decided(row, actor, "withdrawn", ""),
})

async function loaded(tx: Tx, { id, n }: Version): Promise<Deciding | null> {
  await holdTemplate(tx, id)
  const row = await templateVersion(tx, id, n)
  return row ? { row, entityIds: await listEntityIds(tx) } : null
}

function decided<V extends "approved" | "refused" | "withdrawn">(
  row: TemplateRow,
  actor: Actor,
  state: V,
  said: string,
) {
  const why = said.trim() === "" ? null : commitText(said.trim(), row.id)
  const { id, n } = row
  return done<{ id: string; n: number; state: V }>({
    value: { id, n, state },
    events: [
      {
        act: state === "withdrawn" ? "template.withdraw" : "template.decide",
        objects: [{ type: "template", id, version: n }],
        after: { verdict: state, sha256: sha256(row.body) },
        ...(why ? { reason: { $c: why.commitment } } : {}),
      },
    ],
    write: async (tx, place) => {
      if (why) await insertDisclosures(tx, [why])
      await insertTemplateDecision(tx, {
        ...{ id, n, verdict: state, byPerson: actor.id, reason: why?.commitment ?? null },
        ...{ at: place.at, logIndex: place.indexOf(0) },
      })
    },
  })
}

/** Whether this person may decide on a version: by role, for its companies, and not as its author. */
export function mayDecide(
  actor: { id: string; kind: "person"; held: readonly HeldRole[] },
  row: Pick<TemplateRow, "byPerson" | "body" | "verdict">,
  all: readonly string[],
): boolean {
  if (row.byPerson === actor.id || row.verdict !== null) return false
  return scopeOfTemplate(templateIn(row), all).every(
    (id) => holdsRole(actor, "legal", id) || holdsRole(actor, "dpo", id),
  )
}
