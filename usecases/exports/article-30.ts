import { createHash, randomBytes } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { sql } from "drizzle-orm"
import { z } from "zod"
import { reportPdf } from "@/adapters/pdf/report"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { flowPieces, MOST_PRINTED } from "@/domain/exports/article-30"
import { ARTICLE_30 } from "@/domain/exports/forms/forms"
import type { Piece } from "@/domain/exports/report"
import { ALL } from "@/domain/exports/scope"
import type { Entity } from "@/domain/records/evidence"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { once, type PackageContext } from "./context"
import { instantOf, takerOf } from "./export-register"
import { companiesIn, flowsIn } from "./flows-in"
import { mainlandOf, visitorOf } from "./mainland"
import { workbook } from "./part-forms"
import { SortedTexts } from "./sorted"
import { aboutOf } from "./write-package"

const input = z.strictObject({
  entity: idOf("entity"),
  asOf: asOfInput,
  form: z.enum(["xlsx", "pdf"]).default("xlsx"),
})
type Input = z.output<typeof input>

/** The records of Article 30 of one company as a file; whoever reads the stream to its end or lets go of it takes the file away. */
export type Article30 = { name: string; bytes: number; sha256: string; form: "xlsx" | "pdf"; stream: Readable }

/**
 * The records of processing of one company as of an instant, as one workbook or one PDF. Within what whoever takes it may read: legal
 * advice, records restricted to others and ids that they may not know are not in it.
 */
export const article30 = look<Input, Article30>({
  name: "export.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ entity }) => [{ type: "entity", id: entity }],
  run: async (tx, { input: { entity, asOf: wanted, form }, scope, actor, scene }) => {
    if (scope.entities !== null && !scope.entities.includes(entity)) return refuse("not-found", "not-found")
    // While the file is drawn nothing is asked for longer than a page may be silent.
    await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`)
    const asOf = await instantOf({ db: tx as unknown as typeof scene.db }, wanted)
    if (!asOf.ok) return asOf
    const visitor = visitorOf(actor)
    // Whoever is of the company takes its own records; a supervisor takes them out of it.
    if (visitor !== null) {
      const leaves = await mainlandOf(tx, asOf.value, scope, { ...ALL, entities: [entity] }, null, visitor)
      if (!leaves.ok) return leaves
    }
    const temporary = scene.files.temporary()
    await mkdir(temporary, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(join(temporary, "article-30-"))
    try {
      const on = await contextOf(asOf.value, folder)
      const companies = await companiesIn(on)
      const company = companies.get(entity)
      if (!company) throw new Gone()
      const path = join(folder, randomBytes(12).toString("hex"))
      const written = await writtenTo(path, form === "xlsx" ? workbook(on, ARTICLE_30) : printed(on, company))
      const stream = createReadStream(path)
      stream.once("close", () => void rm(folder, { recursive: true, force: true }))
      return good({ name: `article-30-${asOf.value.slice(0, 10)}.${form}`, form, ...written, stream })
    } catch (problem) {
      await rm(folder, { recursive: true, force: true })
      if (problem instanceof Gone) return refuse("not-found", "not-found")
      throw problem
    }

    async function contextOf(at: Instant, within: string): Promise<PackageContext> {
      const wants = { ...ALL, entities: [entity] }
      const about = await aboutOf(tx, { scope, asOf: at, watermark: takerOf(actor) }, wants)
      const none = { records: {}, redactions: [], withheld: { references: 0, advice: 0, entries: 0, looks: 0 } }
      const count = {
        ...none,
        letter: { told: null, files: [], packed: new Map<string, string>() },
        advice: new Set<string>(),
        requests: new SortedTexts(within),
        commitments: new SortedTexts(within),
      }
      return {
        ...{ tx, scope, wants, redactions: [], choice: "none", asOf: at, about, covers: about.logSize - 1, count },
        ...{ files: scene.files, folder: within, step: () => undefined },
      }
    }
  },
})

/** No such company stood in the register at the instant. */
class Gone extends Error {}

async function writtenTo(path: string, source: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256")
  let bytes = 0
  await pipeline(
    Readable.from(source, { objectMode: false }),
    async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        hash.update(piece)
        bytes += piece.length
        yield piece
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  return { bytes, sha256: hash.digest("hex") }
}

/** The same for printing: each flow with all its columns, as many as a person may want on paper. */
async function* printed(on: PackageContext, company: Entity): AsyncGenerator<Uint8Array> {
  const pieces: Piece[][] = ARTICLE_30.map(() => [])
  let n = 0
  for await (const batch of flowsIn(on, await companiesIn(on)))
    for (const flow of batch)
      for (const [i, sheet] of ARTICLE_30.entries())
        for (const cells of sheet.rows(flow)) if ((n += 1) <= MOST_PRINTED) pieces[i]?.push(...flowPieces(sheet, cells))
  const { watermark, origin, logSize, logRoot } = on.about
  const title = `Records of processing: ${company.legalName}`
  const mark = watermark ? ` · taken by ${watermark.name} (${watermark.role})` : ""
  const bytes = await reportPdf({
    title,
    foot: `${origin} · as of ${on.asOf} · log of ${logSize} entries, root ${logRoot}${mark}`,
    at: on.asOf,
    pieces: [
      { is: "title", text: title },
      { is: "text", text: `GDPR Article 30, as of ${on.asOf} (UTC). Source: ${origin}. ${n} records.` },
      ...(n > MOST_PRINTED
        ? [{ is: "soft", text: `The first ${MOST_PRINTED} are here; the workbook has all.` } as const]
        : []),
      ...ARTICLE_30.flatMap((sheet, i): Piece[] => [
        { is: "heading", text: sheet.title },
        { is: "soft", text: sheet.says },
        ...(pieces[i]?.length ? pieces[i] : [{ is: "text", text: "None." } as const]),
        ...sheet.lacks.map(({ head, why }): Piece => ({ is: "soft", text: `Not held: ${head} (${why}).` })),
      ]),
    ],
  })
  yield* once(bytes)
}
