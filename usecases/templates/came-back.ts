import { z } from "zod"
import { filesSince, paperSent, papersSentOf, type PaperSent } from "@/db/statements/templates"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { holdAgainst, isCopy, marksIn, referenceOf, withoutFeet, type Back } from "@/domain/templates/back"
import { fillTemplate, paperWords, type Block } from "@/domain/templates/fill"
import type { PageText } from "@/domain/clauses/words"
import type { Carried } from "@/domain/clauses/carry"
import type { Tx } from "@/db/connect"
import { look } from "@/usecases/look"
import { paperText } from "@/usecases/papers/paper-text"
import { sha256 } from "@/usecases/requests/revision"
import type { Scene } from "@/usecases/scene"
import type { Kept } from "./make-paper"
import { readsPapersOf } from "./reads-paper"
import { templateIn } from "./templates"

export type SentLine = Pick<
  PaperSent,
  | "id"
  | "templateId"
  | "templateN"
  | "templateTitle"
  | "fileId"
  | "fileName"
  | "sha256"
  | "missing"
  | "byName"
  | "at"
  | "requestId"
> & {
  /** Files of the agreement that came after it was made, newest first. */
  since: string[]
}

type Of = { recordId: Id<"agreement">; fileIds: string[] }

/** Papers that were made for an agreement, with which of its files came since. */
export const papersSent = look<Of, SentLine[]>({
  name: "template.read",
  input: z.strictObject({
    recordId: idOf("agreement"),
    fileIds: z.array(idOf("file")).max(50),
  }) as unknown as z.ZodType<Of>,
  about: ({ recordId }) => [{ type: "agreement", id: recordId }],
  run: async (tx, { input: { recordId, fileIds }, actor }) => {
    const all = await papersSentOf(tx, recordId)
    if (all.length === 0 || !(await readsPapersOf(tx, recordId, actor))) return good([])
    const lines: SentLine[] = []
    for (const { values: _values, body: _body, recordId: _recordId, textSha256: _text, ...line } of all) {
      const others = fileIds.filter((id) => id !== line.fileId)
      lines.push({ ...line, since: await filesSince(tx, others, line.at) })
    }
    return good(lines)
  },
})

const onePaper = look<{ paperId: Id<"paper"> }, PaperSent>({
  name: "template.read",
  input: z.strictObject({ paperId: idOf("paper") }) as unknown as z.ZodType<{ paperId: Id<"paper"> }>,
  about: ({ paperId }) => [{ type: "paper", id: paperId }],
  run: async (tx: Tx, { input, actor }) => {
    const paper = await paperSent(tx, input.paperId)
    return paper && (await readsPapersOf(tx, paper.recordId, actor)) ? good(paper) : refuse("not-found", "not-found")
  },
})

/** How a file stands to the paper that was sent, with the places in it of the clauses that the template names. */
export type HeldAgainst = {
  paper: PaperSent
  back: Back
  marks: Carried[]
  /** Whether the file is a copy of the paper, or cannot be told from one: it has no words. */
  copy: boolean
  /** Both texts without the lines at the feet of the pages. */
  texts: { sent: PageText[]; received: PageText[] }
}

/**
 * Holds a file against a paper that was made from a template: both by their text layers, and the clauses by what was filled in. Where
 * that was erased, differences are told without their clauses.
 */
export async function heldAgainst(
  scene: Scene,
  { paperId, fileId }: { paperId: string; fileId: string },
): Promise<Outcome<HeldAgainst>> {
  const paper = await onePaper(scene, { paperId })
  if (!paper.ok) return paper
  const [sent, received] = [await paperText(scene, { fileId: paper.value.fileId }), await paperText(scene, { fileId })]
  if (!sent.ok) return sent
  if (!received.ok) return received
  const reference = referenceOf(paper.value.textSha256)
  const [before, after] = [withoutFeet(sent.value.pages, reference), withoutFeet(received.value.pages, reference)]
  const blocks = blocksOf(paper.value)
  return good({
    ...{ paper: paper.value, texts: { sent: before, received: after } },
    copy: received.value.words === null || isCopy(before, received.value.pages, reference),
    ...{ back: holdAgainst(before, after, blocks), marks: marksIn(blocks, before, after) },
  })
}
heldAgainst.actName = "template.read" as const

/** Files that are looked through for the copy of a paper. */
const LOOKED_THROUGH = 5

/**
 * The file that came back for a paper, held against it: of those that came since the newest that is a copy of it or has no words. Where
 * none is, the newest of all: that is what somebody laid there in its place.
 */
export async function newestBack(
  scene: Scene,
  { id, since }: Pick<SentLine, "id" | "since">,
): Promise<(Outcome<HeldAgainst> & { fileId: string }) | null> {
  const [newest] = since
  if (!newest) return null
  let first: (Outcome<HeldAgainst> & { fileId: string }) | null = null
  for (const fileId of since.slice(0, LOOKED_THROUGH)) {
    const held = { ...(await heldAgainst(scene, { paperId: id, fileId })), fileId }
    if (!held.ok || held.value.copy) return held
    first ??= held
  }
  return first
}

/** The parts of a paper, made anew from what was filled in; none where that was erased, or says another text. */
function blocksOf({ body, values, textSha256 }: PaperSent): Block[] {
  if (values === null) return []
  const kept = JSON.parse(values) as Kept
  const { blocks } = fillTemplate(templateIn({ body }), kept.values, kept.sides)
  return sha256(paperWords(blocks)) === textSha256 ? blocks : []
}
