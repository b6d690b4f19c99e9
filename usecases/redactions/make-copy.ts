import { Readable } from "node:stream"
import { z } from "zod"
import { copyMade, insertRedaction, redactionsOf, type RedactionMade } from "@/db/statements/redactions"
import { insertDisclosures } from "@/db/statements/versions"
import { adviceAmong } from "@/db/statements/files"
import type { Tx } from "@/db/connect"
import { cut } from "@/domain/core/cut"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { inOrder, MAKER_ROLES, withheldShape, type MakerRole, type Withheld } from "@/domain/redactions/redaction"
import { act, done, invalid } from "@/usecases/act"
import { commitText, type Disclosure } from "@/usecases/commit"
import { discard, FILE_LIMITS, keepFile, receive, type Received } from "@/usecases/files/put-file"
import { readFile } from "@/usecases/files/read-file"
import { knownAgreement } from "@/usecases/letters/read-letters"
import { look } from "@/usecases/look"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { buildCopy, type Built } from "./build-copy"

const wanted = z.strictObject({
  agreementId: idOf("agreement"),
  fileId: idOf("file"),
  withheld: z.array(withheldShape).max(5_000),
})
type Wanted = z.output<typeof wanted>

type Place = { name: string; sha256: string; role: MakerRole; on: Day; advice: boolean }
type PlaceAsked = { agreementId: Id<"agreement">; fileId: Id<"file"> }

/** Whether this person may make copies of this file for outsiders, and as whom on which day. */
export const mayRedact = look<PlaceAsked, Place>({
  name: "redaction.make",
  input: z.strictObject({ agreementId: idOf("agreement"), fileId: idOf("file") }) as unknown as z.ZodType<PlaceAsked>,
  run: (tx, { input, actor, scene }) => placeOf(tx, input, actor, scene),
})

async function placeOf(tx: Tx, of: PlaceAsked, actor: Actor, scene: Scene): Promise<Outcome<Place>> {
  const record = await knownAgreement(tx, of.agreementId, scopeOf(actor))
  const file = record?.body.files.find(({ fileId }) => fileId === of.fileId)
  if (!record || !file) return refuse("not-found", "not-found")
  const { entityId } = record.body
  const role = MAKER_ROLES.find((one) => holdsRole(actor, one, entityId))
  if (!role) return refuse("not-allowed", "not-allowed.redaction-elsewhere")
  const entity = (await loadEntities(tx, [entityId], null)).get(entityId)
  return good({
    ...{ name: file.name, sha256: file.sha256, role, on: dayIn(entity?.zone ?? "UTC", scene.now) },
    advice: (await adviceAmong(tx, [of.fileId], null)).size > 0,
  })
}

/** The copy as it would be made now. Nothing is kept of it. */
export async function previewCopy(scene: Scene, raw: unknown): Promise<Outcome<Built & { name: string }>> {
  const may = scene.actor ? mayAct("redaction.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return may
  const parsed = wanted.safeParse(raw)
  if (!parsed.success) return invalid(parsed.error)
  const { agreementId, fileId, withheld } = parsed.data
  if (!inOrder(withheld, null))
    return refuse("invalid", "invalid.form", { fields: [{ path: "withheld", says: "invalid.redaction-none" }] })
  const place = await mayRedact(scene, { agreementId, fileId })
  if (!place.ok) return place
  const file = await readFile(scene, { id: fileId })
  if (!file.ok) return file
  const { role, on } = place.value
  const built = await buildCopy(scene, { sha256: file.value.sha256, withheld, role, on })
  return built.ok ? good({ ...built.value, name: copyName(file.value.name) }) : built
}
previewCopy.actName = "redaction.make" as const

const copyName = (name: string): string => cut(`redacted-${name}`, 300)

/**
 * Makes a redacted copy and records it: hash of the original, hash of the copy, which pages and why, who and when. The copy lies
 * with the agreement's files for whoever may read the agreement; the original stays as it is.
 */
export async function makeCopy(scene: Scene, raw: unknown): Promise<Outcome<{ id: string; copyFileId: string }>> {
  const built = await previewCopy(scene, raw)
  if (!built.ok) return built
  const received = await receive(scene, Readable.from([built.value.bytes]), FILE_LIMITS.paper)
  if (!received.ok) return received
  const kept = await recordCopy(scene, {
    ...(raw as object),
    ...{ received: received.value, pages: built.value.pages, name: built.value.name },
  })
  if (!kept.ok) await discard(scene, received.value)
  return kept
}
makeCopy.actName = "redaction.make" as const

type Recorded = Wanted & { received: Received; pages: number; name: string }

const recordCopy = act<Recorded, Outcome<Place>, { id: string; copyFileId: string }>({
  name: "redaction.make",
  input: wanted.extend({
    received: z.custom<Received>((value) => typeof value === "object" && value !== null && "sha256" in value),
    pages: z.int().min(1),
    name: z.string().max(300),
  }) as unknown as z.ZodType<Recorded>,
  load: async (tx, asked, scene) => (scene.actor ? placeOf(tx, asked as PlaceAsked, scene.actor, scene) : null),
  may: (_actor, loaded) => loaded,
  run: async (tx, { input, loaded, actor, scene }) => {
    if (!loaded.ok) return loaded
    const place = loaded.value
    if (await copyMade(tx, input.agreementId, input.received.sha256))
      return refuse("conflict", "conflict.redaction-made")
    const id = newId(scene, "redaction")
    const { name, received } = input
    const file = await keepFile(tx, scene, {
      name,
      received,
      wanted: ["pdf"],
      byPerson: actor.id,
      legalAdvice: place.advice,
    })
    if (!file.ok) return file
    const words: Disclosure[] = []
    const withheld = (inOrder(input.withheld, null) as Withheld[]).map(({ page, reason, words: said }) => {
      if (said.trim() === "") return { page, reason, words: null }
      const made = commitText(said.trim(), id)
      words.push(made)
      return { page, reason, words: made.commitment }
    })
    const { sha256, role } = place
    const copy = { copyFileId: file.value.id, copySha256: file.value.sha256 }
    return done({
      value: { id: id as string, copyFileId: file.value.id },
      events: [
        {
          act: "redaction.make",
          objects: [
            { type: "redaction", id },
            { type: "agreement", id: input.agreementId },
          ],
          after: {
            ...{ file: input.fileId as string, sha256, copy: copy.copyFileId, copySha256: copy.copySha256, role },
            pages: input.pages,
            withheld: withheld.map((one) => ({ ...one, words: one.words === null ? null : { $c: one.words } })),
          },
        },
      ],
      write: async (open, at) => {
        await insertDisclosures(open, words)
        await insertRedaction(open, {
          ...{
            id,
            agreementId: input.agreementId,
            fileId: input.fileId,
            sha256,
            ...copy,
            pages: input.pages,
            withheld,
          },
          ...{ role, byPerson: actor.id, at: at.at, logIndex: at.indexOf(0) },
        })
      },
    })
  },
})

/** The redacted copies of an agreement's files: which pages, by whom, why, and both hashes. */
export const readRedactions = look<{ id: string }, RedactionMade[]>({
  name: "register.read",
  input: z.strictObject({ id: idOf("agreement") }) as unknown as z.ZodType<{ id: string }>,
  about: ({ id }) => [{ type: "agreement", id }],
  run: async (tx, { input, scope }) => {
    if (!(await knownAgreement(tx, input.id, scope))) return refuse("not-found", "not-found")
    const made = await redactionsOf(tx, input.id)
    const advice = scope.legalAdvice
      ? new Set<string>()
      : await adviceAmong(
          tx,
          made.map(({ copyFileId }) => copyFileId),
          scope.personId,
        )
    return good(made.filter(({ copyFileId }) => !advice.has(copyFileId)))
  },
})
