import { z } from "zod"
import { papersInDraft } from "@/db/statements/templates"
import type { Carried } from "@/domain/clauses/carry"
import { withMarksOf } from "@/domain/clauses/marks"
import { dayIn } from "@/domain/core/day"
import { isId, type Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import { idOf } from "@/domain/records/parts"
import type { Act } from "@/usecases/act"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { changePaper } from "@/usecases/papers/mark-clause"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"
import { agreementOf } from "./filling"
import { newestBack, papersSent } from "./came-back"

const input = z.strictObject({ requestId: idOf("request"), recordId: idOf("agreement") })
type Input = z.output<typeof input>
type Found = NonNullable<Agreement["cameBack"]>["found"]
export type Tied = { recordId: string; found: Found; marked: number }

/** The agreement as one's own draft has it. */
const draftedAgreement = look<Input, Agreement>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor }) => {
    const agreement = await agreementOf(tx, asked, actor)
    return agreement ? good(agreement) : refuse("not-found", "not-found")
  },
})

/**
 * Holds the newest file that came since a paper was made from a template against that paper, and writes into the draft what was
 * found: the clauses whose words stand unchanged are marked where they are, as the template names them. Counsel still looks at each.
 */
export async function tieBack(scene: Scene, raw: unknown): Promise<Outcome<Tied>> {
  return tie(scene, raw, true)
}
tieBack.actName = "request.draft" as const

async function tie(scene: Scene, raw: unknown, withMarks: boolean): Promise<Outcome<Tied>> {
  const parsed = input.safeParse(raw)
  if (!parsed.success) return putTied(scene, { asked: raw, paperId: null, fileId: null, found: null, marks: [] })
  const asked = parsed.data as Input
  const agreement = await draftedAgreement(scene, asked)
  if (!agreement.ok) return agreement
  const fileIds = agreement.value.files.map(({ fileId }) => fileId)
  const sent = await papersSent(scene, { recordId: asked.recordId, fileIds })
  if (!sent.ok) return sent
  const paper = sent.value.find(({ since }) => since.length > 0)
  const held = paper ? await newestBack(scene, paper) : null
  if (!paper || !held) return refuse("conflict", "conflict.nothing-came-back")
  if (!held.ok) return held
  const { fileId } = held
  const { back, marks } = held.value
  return putTied(scene, { asked, paperId: paper.id, fileId, found: back.is, marks: withMarks ? marks : [] })
}

type Put = { asked: Input; paperId: Id<"paper">; fileId: Id<"file">; found: Found; marks: Carried[] }

const putTied = jot<Put, Tied>({
  name: "request.draft",
  input: z.strictObject({
    asked: input,
    paperId: idOf("paper"),
    fileId: idOf("file"),
    found: z.enum(["same", "changed", "no-text"]),
    marks: z.custom<Carried[]>(Array.isArray),
  }) as unknown as z.ZodType<Put>,
  run: async (tx, { input: { asked, paperId, fileId, found, marks }, actor, scene }) => {
    let marked = 0
    const changed = await changePaper(tx, { input: asked, actor, scene }, (body) => {
      if (!body.files.some((file) => file.fileId === fileId))
        return refuse("invalid", "invalid.file-of-paper", {
          fields: [{ path: "files", says: "invalid.file-of-paper" }],
        })
      const was = body.cameBack
      const same = was?.paperId === paperId && was.fileId === fileId && was.found === found
      const there = marks.map(({ item }) => ({ item, fileId, page: { state: "blank" }, verdict: "there" }))
      const next = withMarksOf(body, fileId, { checklist: there as Agreement["checklist"], marks: [] }, marks)
      marked = next.marks.length - body.marks.length
      return good({ ...next, cameBack: same ? was : { paperId, fileId, found, lookedOn: null } })
    })
    return changed.ok ? good({ recordId: asked.recordId, found, marked: Math.max(0, marked) }) : changed
  },
})

/** Records in the draft that somebody looked at what differs between what was sent and what came back. */
export const lookedAtBack = jot<Input, { recordId: string }>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    let zone = "UTC"
    const body = await agreementOf(tx, asked, actor)
    if (body) zone = (await loadEntities(tx, [body.entityId], null)).get(body.entityId)?.zone ?? "UTC"
    const changed = await changePaper(tx, { input: asked, actor, scene }, (now) =>
      now.cameBack
        ? good({ ...now, cameBack: { ...now.cameBack, lookedOn: dayIn(zone, scene.now) } })
        : refuse("conflict", "conflict.nothing-came-back"),
    )
    return changed.ok ? good({ recordId: asked.recordId }) : changed
  },
})

/** More papers than this in one draft come from an import: those are held against nothing while somebody waits. */
const AT_ONCE = 20

/**
 * The act of submitting, after what came back in the draft was held against what was sent: nobody sends a changed paper to review
 * as if it were ours because they did not press a button. Nothing is marked by it, and what cannot be held against it now keeps no
 * request back.
 */
export function tiedFirst<O>(submit: Act<O>): Act<O> {
  const call = async (scene: Scene, raw: unknown): Promise<Outcome<O>> => {
    const requestId = (raw as { requestId?: unknown } | null)?.requestId
    if (scene.actor && isId("request", requestId))
      for (const recordId of await papersInDraft(scene.db, requestId, AT_ONCE))
        await tie(scene, { requestId, recordId }, false)
    return submit(scene, raw)
  }
  return Object.assign(call, { actName: submit.actName })
}
