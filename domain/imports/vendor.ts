import { known, unknown } from "@/domain/core/answer"
import { parseDay } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Id, IdKind } from "@/domain/core/id"
import { tidy } from "@/domain/core/canonical"
import { FIELDS, blankOf } from "@/domain/records/fields"
import { SHAPES } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { DataLine, Sharing } from "@/domain/records/sharing"
import type { DataKind } from "@/domain/vocabulary/data-kinds"
import type { Purpose } from "@/domain/vocabulary/purposes"
import { startsFormula } from "@/domain/exports/cell"
import { extraOf, type RowRead } from "./proposal"
import { faultsOf, type RowProblem, type SheetRow } from "./row"
import type { VendorColumn } from "./vendor-columns"

/** The list's purposes 1 to 11 in our vocabulary. */
const PURPOSE_OF: Record<number, Purpose> = {
  1: "mkt.ads",
  2: "mkt.ads",
  3: "mkt.ads",
  4: "mkt.ads",
  5: "pers.service",
  6: "pers.service",
  7: "ana.usage",
  8: "ana.usage",
  9: "ana.usage",
  10: "ana.usage",
  11: "pers.service",
}

/** The list's data categories 1 to 11, each as one data kind of its own, so that the list can be told back. */
const DATA_KIND_OF: Record<number, DataKind> = {
  1: "online.ip",
  2: "device.model",
  3: "device.id",
  4: "online.cookie",
  5: "acct.identifier",
  6: "online.browsing",
  7: "acct.profile",
  8: "loc.coarse",
  9: "loc.precise",
  10: "pref.interest",
  11: "device.settings",
}

type Reader = {
  cell: (column: VendorColumn) => string
  problem: (column: VendorColumn | null, says: string, params?: RowProblem["params"]) => void
}

/**
 * What one vendor of the advertising list becomes: a party (partner, advertising) and one *share*. Purposes, data
 * kinds, retention and basis are the file's; the rest is unknown, and every cell of the file is kept beside it.
 */
export function readVendor(
  row: SheetRow,
  header: readonly string[],
  given: { entityId: Id<"entity">; newId: <K extends IdKind>(kind: K) => Id<K> },
): RowRead {
  const problems: RowProblem[] = []
  const problem: Reader["problem"] = (column, says, params) =>
    problems.push({ row: row.row, column, says, ...(params ? { params } : {}) })
  const faults = faultsOf(row, header)
  if (faults.length > 0) return { row: row.row, proposals: [], problems: faults }
  const read: Reader = { cell: (column) => tidy(row.cells[header.indexOf(column)] ?? "").trim(), problem }
  const partyId = given.newId("party")
  const party = partyOf(read)
  const sharing = sharingOf(read, given.entityId, partyId, row, header)
  for (const [kind, body] of [
    ["party", party],
    ["sharing", sharing],
  ] as const) {
    const shaped = SHAPES[kind].safeParse(body)
    if (!shaped.success && problems.length === 0)
      problem(null, "import.shape", { field: shaped.error.issues[0]?.path.join(".") ?? kind })
  }
  if (problems.length > 0) return { row: row.row, proposals: [], problems }
  return {
    row: row.row,
    proposals: [
      { kind: "party", id: partyId, body: party },
      { kind: "sharing", id: given.newId("sharing"), body: sharing },
    ],
    problems,
  }
}

function partyOf({ cell, problem }: Reader): Party {
  const legalName = cell("name").replace(/\s+/g, " ")
  if (fold(legalName) === "") problem("name", "import.name-missing")
  else if (startsFormula(legalName)) problem("name", "import.formula", { value: legalName.slice(0, 40) })
  const number = cell("id")
  if (!/^[1-9]\d{0,8}$/.test(number)) problem("id", "import.no-number", { value: number.slice(0, 40) })
  return {
    ...(lacking("party") as Party),
    legalName,
    kinds: [{ kind: "partner", firstOn: null, lastOn: null }],
    subKind: known("advertising"),
    identifiers: [{ kind: "vendor-number", value: number }],
    dataDecision: "receives-data",
  }
}

function sharingOf(
  read: Reader,
  entityId: Id<"entity">,
  partyId: Id<"party">,
  row: SheetRow,
  header: readonly string[],
): Sharing {
  const byConsent = numbersOf(read, "purposes")
  const byInterest = numbersOf(read, "legIntPurposes")
  const purposes = codesOf(read, "purposes", PURPOSE_OF, [...byConsent, ...byInterest])
  const kinds = codesOf(read, "dataDeclaration", DATA_KIND_OF, numbersOf(read, "dataDeclaration"))
  const days = daysOf(read)
  const endsOn = read.cell("deletedDate")
  const ended = parseDay(/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$/.test(endsOn) ? endsOn.slice(0, 10) : "")
  if (endsOn !== "" && ended === null) read.problem("deletedDate", "import.no-day", { value: endsOn.slice(0, 40) })
  return {
    ...(lacking("sharing") as Sharing),
    entityId,
    partyId,
    mode: "share",
    title: `Advertising on web and in apps: ${read.cell("name").replace(/\s+/g, " ")}`.slice(0, 300),
    purposes: purposes.length > 0 ? known(purposes) : unknown(),
    dataLines: kinds.length > 0 ? known(kinds.map(lineOf)) : unknown(),
    bases: [
      ...(byConsent.length > 0 ? [basisOf("eu.6.1.a", byConsent)] : []),
      ...(byInterest.length > 0 ? [basisOf("eu.6.1.f", byInterest)] : []),
    ],
    retention: days === null ? unknown() : known({ days: known(days), trigger: unknown(), deletion: unknown() }),
    endsOn: ended === null ? unknown() : known(ended),
    foundHow: unknown(),
    extra: extraOf(row.cells.map((value, at) => ({ column: header[at] ?? `column ${at + 1}`, value }))),
  }
}

const lineOf = (kind: DataKind): DataLine => ({
  kind,
  necessity: unknown(),
  reviewedOn: unknown(),
  retentionDays: unknown(),
  firstOn: null,
  lastOn: null,
})

function basisOf(basis: "eu.6.1.a" | "eu.6.1.f", numbers: readonly number[]): Sharing["bases"][number] {
  const evidence = known(`Purposes ${numbers.join(", ")} of the vendor list`)
  return { regime: "EU", basis, evidence, firstOn: null, lastOn: null }
}

function numbersOf({ cell, problem }: Reader, column: VendorColumn): number[] {
  const parts = cell(column)
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
  const wrong = parts.find((part) => !/^\d{1,4}$/.test(part))
  if (wrong !== undefined) problem(column, "import.no-number", { value: wrong.slice(0, 40) })
  return wrong === undefined ? parts.map(Number) : []
}

/** Codes of the list's numbers, each once, in the order of the vocabulary's first mention. */
function codesOf<T extends string>(
  { problem }: Reader,
  column: VendorColumn,
  codes: Record<number, T>,
  numbers: readonly number[],
): T[] {
  const found = new Set<T>()
  for (const number of numbers) {
    const code = codes[number]
    if (code === undefined) problem(column, "import.vendor-code", { value: number })
    else found.add(code)
  }
  return [...found]
}

function daysOf({ cell, problem }: Reader): number | null {
  const text = cell("stdRetention")
  if (text === "") return null
  const days = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (days < 0 || days > 36525) problem("stdRetention", "import.no-days", { value: text.slice(0, 40) })
  return days
}

/** A body in which every question is open: what the file lacks is *unknown*, not merely unanswered. */
function lacking(kind: "party" | "sharing"): unknown {
  const body = blankOf(FIELDS[kind]) as Record<string, unknown>
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, isBlank(value) ? unknown() : value]))
}

function isBlank(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { state?: string }).state === "blank"
}
