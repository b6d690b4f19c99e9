import { Readable } from "node:stream"
import { z } from "zod"
import { paperPdf } from "@/adapters/pdf/paper"
import { insertPaperSent, templateVersions, templatesInForce, templateVersion } from "@/db/statements/templates"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { referenceOf } from "@/domain/templates/back"
import { fillTemplate, paperWords, valuesOf, type Filled, type Sides, type Values } from "@/domain/templates/fill"
import { fits, type Template } from "@/domain/templates/template"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { discard, FILE_LIMITS, putFile, receive, type PutFile } from "@/usecases/files/put-file"
import { look } from "@/usecases/look"
import { sha256 } from "@/usecases/requests/revision"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { agreementOf, fillingOf, type Which } from "./filling"
import { templateIn } from "./templates"

const which = { recordId: idOf("agreement"), requestId: idOf("request").nullable().default(null) }

/** What was filled in, kept beside the paper: with the template's version it says the paper whole. */
export type Kept = { values: Values; sides: Sides; day: Day }

export type PaperDraft = {
  template: { id: string; n: number; title: string; language: string }
  kept: Kept
  agreementTitle: string
} & Filled

type Preview = Which & { templateId: Id<"template">; n: number }

/** A paper as it would be made from a version of a template, whether it is in force or not: its words, and what is missing. */
export const previewPaper = look<Preview, PaperDraft>({
  name: "template.read",
  input: z.strictObject({
    ...which,
    templateId: idOf("template"),
    n: z.coerce.number().int().min(1).max(1_000_000),
  }) as unknown as z.ZodType<Preview>,
  about: ({ recordId }) => [{ type: "agreement", id: recordId }],
  run: async (tx, { input, actor, scene }) => {
    const row = await templateVersion(tx, input.templateId, input.n)
    return row ? drafted(tx, { row, ...input }, { actor, scene }) : refuse("not-found", "not-found")
  },
})

type Row = { id: string; n: number; body: string }

async function drafted(
  tx: Tx,
  { row, recordId, requestId }: Which & { row: Row },
  { actor, scene }: { actor: Actor; scene: Scene },
): Promise<Outcome<PaperDraft>> {
  const agreement = await agreementOf(tx, { recordId, requestId }, actor)
  if (!agreement) return refuse("not-found", "not-found")
  const template = templateIn(row)
  const from = await fillingOf(tx, agreement, { requestId, actor, now: scene.now })
  if (!from.ok) return from
  const { filling, sides } = from.value
  const kept: Kept = { values: valuesOf(template, filling), sides, day: filling.today }
  return good({
    template: { id: row.id, n: row.n, title: template.title, language: template.language },
    ...{ kept, agreementTitle: agreement.title },
    ...fillTemplate(template, kept.values, sides),
  })
}

export type Offered = { id: string; n: number; title: string; language: string }

/** The templates from which a paper can be made for an agreement: of its kind, in force, for all its companies. */
export const offeredTemplates = look<Which, { title: string; kind: string; offered: Offered[] }>({
  name: "template.read",
  input: z.strictObject(which) as unknown as z.ZodType<Which>,
  about: ({ recordId }) => [{ type: "agreement", id: recordId }],
  run: async (tx, { input, actor }) => {
    const agreement = await agreementOf(tx, input, actor)
    if (!agreement) return refuse("not-found", "not-found")
    const rows = await templatesInForce(tx, agreement.kind)
    return good({
      ...{ title: agreement.title, kind: agreement.kind },
      offered: rows.flatMap((row) => {
        const template = templateIn(row)
        if (template.retired || !fits(template, agreement)) return []
        return [{ id: row.id, n: row.n, title: template.title, language: template.language }]
      }),
    })
  },
})

type Make = Which & { templateId: Id<"template"> }
const makeInput = z.strictObject({ ...which, templateId: idOf("template") })
export type Made = { id: string; fileId: string; missing: number }

/**
 * Makes the paper of an agreement from a template in force, as a file to send out and have signed, and records from which
 * version, with what its fields were filled, and the hash of its text. Nothing of the register changes by it.
 */
export async function makePaper(scene: Scene, raw: unknown): Promise<Outcome<Made>> {
  const parsed = makeInput.safeParse(raw)
  if (!parsed.success) return putPaper(scene, { asked: raw, draft: null, file: null })
  const input = parsed.data as unknown as Make
  const draft = await currentDraft(scene, input)
  if (!draft.ok) return draft
  const { blocks, kept, template } = draft.value
  const textSha256 = sha256(paperWords(blocks))
  const made = await paperPdf({
    ...{ title: template.title, blocks, language: template.language, day: kept.day },
    reference: referenceOf(textSha256),
  })
  if ("missing" in made) return refuse("invalid", "invalid.paper-signs", { params: { signs: made.missing.join(" ") } })
  const received = await receive(scene, Readable.from([made.bytes]), FILE_LIMITS.paper)
  if (!received.ok) return received
  const name = `${draft.value.agreementTitle.slice(0, 200)} ${referenceOf(textSha256)}.pdf`
  // Kept as any file of theirs before it is recorded: an act may be tried again, bytes are taken in once.
  const file = await putFile(scene, { name, use: "paper", received: received.value })
  if (!file.ok) {
    await discard(scene, received.value)
    return file
  }
  return putPaper(scene, { asked: input, draft: draft.value, file: file.value })
}
makePaper.actName = "paper.make" as const

/** The paper of the version in force. */
const currentDraft = look<Make, PaperDraft>({
  name: "paper.make",
  input: makeInput as unknown as z.ZodType<Make>,
  about: ({ recordId }) => [{ type: "agreement", id: recordId }],
  run: async (tx, { input, actor, scene }) => {
    const row = await rowInForce(tx, input.templateId)
    const agreement = await agreementOf(tx, input, actor)
    if (!row || !agreement) return refuse("not-found", "not-found")
    const template: Template = templateIn(row)
    if (template.retired || !fits(template, agreement)) return refuse("conflict", "conflict.template-unfit")
    return drafted(tx, { row, ...input }, { actor, scene })
  },
})

async function rowInForce(tx: Tx, id: string): Promise<Row | null> {
  return (await templateVersions(tx, id)).find(({ verdict }) => verdict === "approved") ?? null
}

type Put = { asked: Make; draft: PaperDraft; file: PutFile }

const object = z.custom<object>((value) => typeof value === "object" && value !== null)

const putPaper = act<Put, object, Made>({
  name: "paper.make",
  input: z.strictObject({ asked: makeInput, draft: object, file: object }) as unknown as z.ZodType<Put>,
  load: async (tx, { asked }, scene) => (scene.actor && (await agreementOf(tx, asked, scene.actor)) ? {} : null),
  may: (actor) => (actor.kind === "person" ? good({}) : refuse("not-allowed", "not-allowed.needs-person")),
  run: async (_tx, { input: { asked, draft, file }, actor, scene }) => {
    const id = newId(scene, "paper")
    const { blocks, kept, missing, template } = draft
    const textSha256 = sha256(paperWords(blocks))
    const values = commitText(canonical(kept), id)
    const value: Made = { id, fileId: file.id, missing: missing.length }
    return done({
      value,
      events: [
        {
          act: "paper.make",
          objects: [
            { type: "paper", id },
            { type: "agreement", id: asked.recordId },
            { type: "template", id: template.id, version: template.n },
          ],
          ...(asked.requestId ? { request: asked.requestId } : {}),
          after: {
            ...{ text: textSha256, bytes: file.sha256, missing: missing.map(({ field }) => field) },
            values: { $c: values.commitment },
          },
        },
      ],
      write: async (tx, place) => {
        await insertDisclosures(tx, [values])
        await insertPaperSent(tx, {
          ...{
            id,
            recordId: asked.recordId,
            requestId: asked.requestId,
            templateId: template.id,
            templateN: template.n,
          },
          ...{ fileId: file.id, textSha256, values: values.commitment, missing: missing.length },
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})
