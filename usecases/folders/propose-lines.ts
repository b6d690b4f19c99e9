import { z } from "zod"
import { folderLines, linesInDraft, ownFolder, setAside, type FolderLine } from "@/db/statements/folders"
import { addAuthor, draftProposals, insertRequest, saveProposals, takeTime } from "@/db/statements/requests"
import { known } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import { mayAct } from "@/domain/people/permissions"
import type { RecordOf } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { unreadAmong } from "@/usecases/files/read-file"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { isMany, putDraftReview } from "@/usecases/requests/review"
import { openDrafts } from "@/usecases/requests/revision"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { FOLDER_FILES } from "./add-file"

/** Most files that lie with one agreement (its form's limit). */
const FILES_EACH = 50

type Placed = { record: RecordOf<"agreement">; lines: FolderLine[] }

/**
 * Makes one draft of all confirmed files: each agreement with its files laid beside those it has. Nothing is attached before
 * that request is approved. What is of restricted agreements makes a draft of its own, known to the same people: of several
 * such circles one at a time, and `left` says how many files are to come.
 */
export const proposeFolder = jot({
  name: "request.draft",
  input: z.strictObject({
    id: idOf("folder"),
    title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
  }),
  run: async (tx, { input, actor, scene }) => {
    const may = mayAct("folder.match", actor)
    if (!may.ok) return may
    const folder = await ownFolder(tx, input.id, actor.id, scene.now)
    if (!folder) return refuse("not-found", "not-found")
    const confirmed = await folderLines(tx, folder.id, { view: "confirmed", after: 0, limit: FOLDER_FILES })
    const unread = new Set(
      await unreadAmong(
        tx,
        confirmed.flatMap(({ fileId }) => fileId ?? []),
        actor,
      ),
    )
    const fit = confirmed.filter(({ fileId }) => fileId !== null && !unread.has(fileId))
    const ids = [...new Set(fit.flatMap(({ agreementId }) => agreementId ?? []))]
    const scope = scopeOf(actor)
    const records = (await loadRecords(tx, ids, null)).flatMap((one) =>
      one.kind === "agreement" && one.standing !== "ended" && readable(one, scope) ? [one] : [],
    )
    const { placed, aside } = laidBeside(records, fit)
    // What was confirmed for an agreement that has gone since would stand as confirmed for ever, and go nowhere.
    const there = new Set<string>(records.map(({ id }) => id))
    for (const one of fit) if (!there.has(one.agreementId ?? "")) aside.push({ line: one.line, says: "folder.gone" })
    for (const { line, says } of aside) await setAside(tx, folder.id, line, says)
    // Which agreement has gone since, or whose circle no longer has this person, is said when the page is shown again.
    const circles = byCircle(placed)
    const [first] = circles
    if (!first) return aside.length > 0 ? good({ id: null, files: 0, left: 0 }) : refuse("invalid", "folder.none")
    await takeTime(tx, first.length)
    const requestId = newId(scene, "request")
    await insertRequest(tx, {
      ...{ id: requestId, title: input.title, fold: fold(input.title), kind: "change", by: actor.id, at: scene.now },
      restrictedTo: first[0]?.record.body.restrictedTo ?? null,
    })
    await addAuthor(tx, requestId, actor.id)
    await saveProposals(tx, requestId, scene.now, first.map(proposalOf))
    if (isMany("change", first.length))
      await putDraftReview(tx, { id: requestId, kind: "change" }, openDrafts(await draftProposals(tx, requestId)), null)
    const lines = first.flatMap((one) => one.lines.map(({ line }) => line))
    await linesInDraft(tx, folder.id, lines, requestId)
    const left = circles.slice(1).reduce((sum, circle) => sum + filesIn(circle), 0)
    return good({ id: requestId as string | null, files: lines.length, left })
  },
})

/** Confirmed files by their agreement; what lies there already, or has no room there, comes to nothing. */
function laidBeside(
  records: readonly RecordOf<"agreement">[],
  lines: readonly FolderLine[],
): { placed: Placed[]; aside: { line: number; says: string }[] } {
  const aside: { line: number; says: string }[] = []
  const placed = records.map((record): Placed => {
    const held = new Set<string>(record.body.files.map(({ sha256 }) => sha256))
    const mine: FolderLine[] = []
    for (const one of lines) {
      if (one.agreementId !== record.id) continue
      if (held.has(one.sha256 ?? "")) aside.push({ line: one.line, says: "folder.already" })
      else if (held.size >= FILES_EACH) aside.push({ line: one.line, says: "folder.no-room" })
      else {
        held.add(one.sha256 ?? "")
        mine.push(one)
      }
    }
    return { record, lines: mine }
  })
  return { placed: placed.filter((one) => one.lines.length > 0), aside }
}

/** What everybody may know goes first, then each circle of people by itself. */
function byCircle(placed: readonly Placed[]): Placed[][] {
  const circles = new Map<string, Placed[]>()
  for (const one of placed) {
    const key = one.record.body.restrictedTo === null ? "" : canonical([...one.record.body.restrictedTo].sort())
    circles.set(key, [...(circles.get(key) ?? []), one])
  }
  return [...circles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, circle]) => circle)
}

const filesIn = (circle: readonly Placed[]): number => circle.reduce((sum, { lines }) => sum + lines.length, 0)

function proposalOf({ record, lines }: Placed, i: number) {
  const body: Agreement = {
    ...record.body,
    files: [
      ...record.body.files,
      ...lines.map((one) => ({
        ...{ fileId: one.fileId as Id<"file">, sha256: one.sha256 as string, name: one.name },
        pages: one.pages === null ? ({ state: "blank" } as const) : known(one.pages),
      })),
    ],
  }
  return {
    ...{
      recordId: record.id as string,
      kind: "agreement" as const,
      op: "change" as const,
      baseVersion: record.version,
    },
    ...{ position: i + 1, body: canonical(body), discovered: false, importId: null, sheet: null, row: null },
  }
}
