import { createReadStream } from "node:fs"
import { open, rm, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { reportPdf } from "@/adapters/pdf/report"
import { coverageOf, findingsOf } from "@/db/statements/packed"
import { checkpointOver } from "@/db/statements/tree"
import { canonical } from "@/domain/core/canonical"
import { dayIn, type Day } from "@/domain/core/day"
import type { Coverage } from "@/domain/coverage/coverage"
import { companyNode, dpvBegins, DPV_ENDS, dpvNode, flowNode, partyNode } from "@/domain/exports/dpv"
import { aboutRows, SHEETS, type Sheet } from "@/domain/exports/forms/forms"
import { coverOf, onTheDay, ReportGathered } from "@/domain/exports/report"
import { scopeText } from "@/domain/exports/scope-text"
import { letterPieces } from "@/domain/inquiries/letter"
import type { Entity } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { XlsxWriter } from "@/formats/xlsx-write"
import { packsAt } from "@/usecases/packs/known"
import { once, type PackageContext, type PackagePart } from "./context"
import { companiesIn, flowsIn } from "./flows-in"
import { recordsIn, recordsOf } from "./records-in"

/**
 * The package for people and for other systems: the workbook, the register in terms of DPV, what was found and covered as of the day,
 * and the report. The flows with all around them are read once, for the first two and the report.
 */
export const formsPart: PackagePart = async function* (on) {
  const companies = await companiesIn(on)
  const report = new ReportGathered(companies)
  const book = await XlsxWriter.open(on.folder, [ABOUT, ...SHEETS])
  const flows = await Lines.open(join(on.folder, "dpv-flows"))
  try {
    await book.add(0, aboutRows(bookAbout(on), SHEETS))
    for await (const batch of flowsIn(on, companies)) {
      for (const [i, sheet] of SHEETS.entries()) await book.add(i + 1, batch.flatMap(sheet.rows))
      await flows.add(batch.map((flow) => dpvNode(flowNode(flow))).join(""))
      for (const flow of batch) report.flow(flow)
    }
    yield { name: "workbook.xlsx", bytes: book.bytes() }
    yield { name: "dpv.jsonld", text: dpvText(on, companies, flows) }
  } finally {
    await book.close()
    await flows.close()
  }
  yield { name: "findings.jsonl", text: findingText(on, companies, report) }
  yield { name: "coverage.jsonl", text: coverageText(on, companies, report) }
  yield { name: "report.pdf", bytes: reportBytes(on, report) }
}

/** The first sheet of a workbook. */
export const ABOUT = { name: "About", head: ["About this workbook", ""], widths: [34, 110] }

/** A workbook of these sheets alone, of the flows of the context. */
export async function* workbook(on: PackageContext, sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const companies = await companiesIn(on)
  const book = await XlsxWriter.open(on.folder, [ABOUT, ...sheets])
  try {
    await book.add(0, aboutRows(bookAbout(on), sheets))
    for await (const batch of flowsIn(on, companies))
      for (const [i, sheet] of sheets.entries()) await book.add(i + 1, batch.flatMap(sheet.rows))
    yield* book.bytes()
  } finally {
    await book.close()
  }
}

function bookAbout(on: PackageContext) {
  const { origin, logSize, logRoot, watermark } = on.about
  return { origin, asOf: on.asOf, scope: scopeText(on.about), logSize, logRoot, takenBy: takenBy(watermark) }
}

const takenBy = (mark: PackageContext["about"]["watermark"]): string | null =>
  mark ? `${mark.name} (${mark.role})` : null

/** Text that lies on the disk for a moment, because it is made beside something else. */
class Lines {
  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string): Promise<Lines> {
    return new Lines(path, await open(path, "w", 0o600))
  }

  async add(text: string): Promise<void> {
    await this.file.writeFile(text)
  }

  async *text(): AsyncGenerator<string> {
    yield* createReadStream(this.path, { encoding: "utf8", highWaterMark: 256 * 1024 }) as AsyncIterable<string>
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined)
    await rm(this.path, { force: true })
  }
}

async function* dpvText(
  on: PackageContext,
  companies: ReadonlyMap<string, Entity>,
  flows: Lines,
): AsyncGenerator<string> {
  const { origin, logSize, logRoot } = on.about
  yield dpvBegins({ origin, asOf: on.asOf, logSize, logRoot, scope: scopeText(on.about) })
  for (const [id, body] of companies) yield dpvNode(companyNode(id, body))
  for await (const batch of recordsIn(on, "party"))
    yield batch.map(({ id, body }) => dpvNode(partyNode(id, body as Party))).join("")
  yield* flows.text()
  yield DPV_ENDS
}

/** The day of the instant in the company's own zone; of what belongs to none, in UTC. */
const dayOf = (on: PackageContext, companies: ReadonlyMap<string, Entity>, entity: string | null): Day =>
  dayIn(companies.get(entity ?? "")?.zone ?? "UTC", on.asOf)

/** What was found of the records of the package and stands on the day. */
async function* findingText(
  on: PackageContext,
  companies: ReadonlyMap<string, Entity>,
  report: ReportGathered,
): AsyncGenerator<string> {
  const titles = new Map(
    (await packsAt(on.tx, on.asOf)).flatMap(({ clauses }) => clauses.map(({ id, title }) => [id, title])),
  )
  for (const kind of ["party", "sharing", "agreement"] as const)
    for await (const batch of recordsIn(on, kind)) {
      const found = await findingsOf(
        on.tx,
        batch.map(({ id }) => id),
        on.asOf,
      )
      const lines: string[] = []
      for (const { key: _key, params, ...one } of found) {
        const day = dayOf(on, companies, one.entity)
        if ((one.from !== null && one.from > day) || (one.to !== null && one.to <= day)) continue
        const title = titles.get(one.clause) ?? ""
        report.finding({ ...one, title })
        lines.push(`${canonical({ ...one, title, on: day, params: JSON.parse(params) as Record<string, string> })}\n`)
      }
      if (lines.length > 0) yield lines.join("")
    }
}

/** On which days each flow was covered, and how it stood on the day. */
async function* coverageText(
  on: PackageContext,
  companies: ReadonlyMap<string, Entity>,
  report: ReportGathered,
): AsyncGenerator<string> {
  for await (const batch of recordsIn(on, "sharing")) {
    const days = await coverageOf(
      on.tx,
      batch.map(({ id }) => id),
      on.asOf,
    )
    const names = await namesOf(
      on,
      batch.map(({ body }) => (body as Sharing).partyId),
    )
    const lines = batch.map(({ id, body, standing }) => {
      const { entityId: entity, partyId, title } = body as Sharing
      const stored = days.get(id)
      const coverage = stored === undefined ? null : (JSON.parse(stored) as Coverage)
      const day = dayOf(on, companies, entity)
      const stood = onTheDay(coverage, day)
      if (standing !== "ended") report.cover({ entity, title, to: names.get(partyId) ?? partyId }, stood)
      const { state, since, causes } = stood
      return `${canonical({ record: id, entity, on: day, standing, state, since, lacks: causes, coverage })}\n`
    })
    if (lines.length > 0) yield lines.join("")
  }
}

async function namesOf(on: PackageContext, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await recordsOf(on, "party", [...new Set(ids)].sort())
  return new Map(found.map(({ id, body }) => [id, (body as Party).legalName]))
}

async function* reportBytes(on: PackageContext, report: ReportGathered): AsyncGenerator<Uint8Array> {
  const { origin, logSize, logRoot, watermark } = on.about
  const point = await checkpointOver(on.tx, on.covers)
  const checkpoint = point?.note ?? ""
  const records = Object.values(on.count.records).reduce((sum, n) => sum + n, 0)
  const scope = scopeText(on.about)
  const mark = takenBy(watermark)
  const foot = [
    `As of ${on.asOf} · checkpoint ${checkpoint.split("\n").slice(0, 3).join(" ")}`,
    ...(mark ? [`Taken by ${mark}`] : []),
  ]
  yield* once(
    await reportPdf({
      title: "Register of recipients of personal data",
      foot: foot.join("\n"),
      at: on.asOf,
      pieces: [
        ...coverOf({
          origin,
          asOf: on.asOf,
          scope,
          logSize,
          logRoot,
          checkpoint,
          records,
          takenBy: mark,
          letter: on.count.letter.told !== null,
        }),
        ...(on.count.letter.told ? letterPieces(on.count.letter.told) : []),
        ...report.pieces(),
      ],
    }),
  )
}
