import { z } from "zod"
import {
  folderLine,
  folderLines,
  folderPlaces,
  foldersOf,
  folderSums,
  FOLDER_VIEWS,
  openElsewhere,
  ownFolder,
  type FolderLine,
  type FolderRow,
  type FolderSums,
  type FolderView,
  type OpenElsewhere,
} from "@/db/statements/folders"
import type { Tx } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import { inOnesWay } from "@/domain/matching/conflicts"
import { idOf } from "@/domain/records/parts"
import { withoutAdvice } from "@/usecases/files/advice"
import { look } from "@/usecases/look"
import { readable } from "@/usecases/register/read-record"
import { listInput, listPageOf } from "@/usecases/register/list-records"
import { loadRecords } from "@/usecases/register/records"
import { requestScope } from "@/usecases/requests/list-requests"
import type { Scope } from "@/usecases/scope"

export { FOLDER_VIEWS }

/** Lines of a page. */
export const FOLDER_PAGE = 25

export type FolderPage = {
  folder: FolderRow
  sums: FolderSums
  lines: FolderLine[]
  next: number | null
  around: Around
}

/** What stands around the lines that are shown: agreements by id, other lines for the same one, requests under way. */
export type Around = {
  papers: Record<string, { title: string; ended: boolean; files: { name: string; sha256: string }[] }>
  inWay: Record<number, { line: number; name: string }[]>
  open: Record<string, OpenElsewhere>
}

/** The folders of this person, the newest first. */
export const listFolders = look<Record<string, never>, (FolderRow & FolderSums)[]>({
  name: "folder.match",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor }) => good(await foldersOf(tx, actor.id, 20)),
})

type Asked = { id: Id<"folder">; view: FolderView; after: number }

/** One folder: its files, to which agreements each may belong and why, and what the person said of it. */
export const readFolder = look<Asked, FolderPage>({
  name: "folder.match",
  input: z.strictObject({
    id: idOf("folder"),
    view: z.enum(FOLDER_VIEWS).default("all"),
    after: z.int().min(0).default(0),
  }) as unknown as z.ZodType<Asked>,
  run: async (tx, { input, actor, scope }) => {
    const folder = await ownFolder(tx, input.id, actor.id)
    if (!folder) return refuse("not-found", "not-found")
    const found = await folderLines(tx, folder.id, { ...input, limit: FOLDER_PAGE + 1 })
    const lines = found.slice(0, FOLDER_PAGE)
    return good({
      folder,
      sums: await folderSums(tx, folder.id),
      ...(await shown(tx, folder.id, lines, scope)),
      next: found.length > FOLDER_PAGE ? (lines[lines.length - 1]?.line ?? null) : null,
    })
  },
})

type LineAsked = { id: Id<"folder">; line: number; q: string }
export type LinePage = { line: FolderLine; around: Around; found: { id: string; title: string; partyName: string }[] }

/** One file of a folder, with agreements that a search found: to choose another than those proposed. */
export const readFolderLine = look<LineAsked, LinePage>({
  name: "folder.match",
  input: z.strictObject({
    id: idOf("folder"),
    line: z.int().min(1),
    q: z.string().max(200).default(""),
  }) as unknown as z.ZodType<LineAsked>,
  run: async (tx, { input, actor, scope, scene }) => {
    const folder = await ownFolder(tx, input.id, actor.id)
    const one = folder && (await folderLine(tx, folder.id, input.line))
    if (!folder || !one) return refuse("not-found", "not-found")
    const { lines, around } = await shown(tx, folder.id, [one], scope)
    const asked = listInput.parse({ list: "agreements", q: input.q, size: 25, count: false })
    const page = input.q.trim() === "" ? null : await listPageOf(tx, asked, scope, scene)
    const found = (page?.rows ?? []).flatMap((row) =>
      row.standing === "ended"
        ? []
        : [
            {
              id: String(row.id),
              title: String(row.title),
              partyName: typeof row.partyName === "string" ? row.partyName : "",
            },
          ],
    )
    return good({ line: lines[0] ?? one, around, found })
  },
})

/** The lines with nothing of agreements that this reader may not, or no longer, know of. */
async function shown(
  tx: Tx,
  folderId: string,
  lines: readonly FolderLine[],
  scope: Scope,
): Promise<{ lines: FolderLine[]; around: Around }> {
  const places = await folderPlaces(tx, folderId)
  const ids = [
    ...new Set(
      lines.flatMap((one) => [...one.candidates.map(({ id }) => id), ...(one.agreementId ? [one.agreementId] : [])]),
    ),
  ]
  const records = (await loadRecords(tx, ids, null)).filter((one) => one.kind === "agreement" && readable(one, scope))
  const papers: Around["papers"] = {}
  for (const one of await withoutAdvice(tx, records, scope))
    if (one.kind === "agreement") {
      const files = one.body.files.map(({ name, sha256 }) => ({ name, sha256 }))
      papers[one.id] = { title: one.body.title, ended: one.standing === "ended", files }
    }
  const names = new Map(places.map(({ line, name }) => [line, name]))
  const way = inOnesWay(places)
  const open = await openElsewhere(tx, Object.keys(papers), requestScope(scope))
  return {
    lines: lines.map((one) => ({
      ...one,
      candidates: one.candidates.filter(({ id }) => papers[id]),
      agreementId: one.agreementId && papers[one.agreementId] ? one.agreementId : null,
    })),
    around: {
      papers,
      inWay: Object.fromEntries(
        lines.flatMap(({ line }) => {
          const others = way.get(line)
          return others ? [[line, others.map((n) => ({ line: n, name: names.get(n) ?? "" }))]] : []
        }),
      ),
      open: Object.fromEntries(open.map((one) => [one.recordId, one])),
    },
  }
}
