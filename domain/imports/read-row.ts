import { SHAPES } from "@/domain/records/kinds"
import { openCells, type Cells } from "./cells"
import type { TargetField } from "./columns"
import { unguarded } from "@/domain/exports/cell"
import { extraOf, type ImportProposal, type RowRead } from "./proposal"
import { faultsOf, type RowProblem, type SheetRow } from "./row"
import type { RowGiven } from "./row-given"
import { paperOf } from "./row-paper"
import { partyOf } from "./row-party"
import { checkWithoutFlow, sharingOf } from "./row-sharing"
import { readRetention, readYesNo, saysNothing } from "./values"

/** A sharing is what a row tells of when it names any of these. */
const FLOW: readonly TargetField[] = ["mode", "purposes", "purposeText", "dataKinds"]

/** Columns that only a sharing can hold; without a flow they are kept beside the party. */
const OF_SHARING: readonly TargetField[] = [
  "title",
  "role",
  "subjects",
  "ground",
  "basis",
  "destinations",
  "channel",
  "frequency",
  "dataForm",
  "retentionDays",
  "startsOn",
  "endsOn",
  "owner",
  "dueOn",
  "foundHow",
]

/**
 * What one row of a table becomes: a party; with a flow (mode, purpose or data) a sharing as well; with *DPA: yes* or a
 * column of the paper an agreement that is merely stated. With any problem it becomes nothing, and every problem is told.
 */
export function readRow(row: SheetRow, given: RowGiven): RowRead {
  const faults = faultsOf(row, given.header)
  if (faults.length > 0) return refused(row, faults)
  const cells = openCells(row, given.header, given.map, given.guarded)
  const flows = FLOW.some(cells.has)
  const party = partyOf(cells, given, flows)
  const partyId = given.newId("party")
  const sharing = flows ? sharingOf(cells, given, partyId, party) : null
  if (!flows) checkWithoutFlow(cells)
  const kept = keptCells(row, given, cells, flows)
  ;(sharing ?? party).extra = extraOf(kept)
  const paper = paperOf(cells, given, partyId, party)
  const sharingId = given.newId("sharing")
  if (paper && sharing) paper.covers = [{ sharingId, firstOn: null, lastOn: null }]
  const proposals: ImportProposal[] = [
    { kind: "party", id: partyId, body: party },
    ...(sharing ? [{ kind: "sharing" as const, id: sharingId, body: sharing }] : []),
    ...(paper ? [{ kind: "agreement" as const, id: given.newId("agreement"), body: paper }] : []),
  ]
  if (cells.problems.length === 0) checkShapes(proposals, cells)
  return cells.problems.length > 0 ? refused(row, cells.problems) : { row: row.row, proposals, problems: [] }
}

function refused(row: SheetRow, problems: RowProblem[]): RowRead {
  return { row: row.row, proposals: [], problems }
}

/**
 * Cells that no field takes: unmapped columns, a second column of one meaning, an address, retention in words, a *DPA* other than
 * yes, and a sharing's columns where there is no flow.
 */
function keptCells(row: SheetRow, given: RowGiven, cells: Cells, flows: boolean): { column: string; value: string }[] {
  return given.header.flatMap((column, at) => {
    const field = given.map[at] ?? "extra"
    const value = given.guarded ? unguarded(row.cells[at] ?? "") : (row.cells[at] ?? "")
    if (field === "ignore" || value.trim() === "") return []
    const inWords = field === "retentionDays" && readRetention(value)?.inWords === true
    const noPaper = field === "dpa" && readYesNo(value) !== true
    const address = field === "address"
    const second = given.header.findIndex((_name, place) => given.map[place] === field) !== at
    const homeless = !flows && field !== "extra" && OF_SHARING.includes(field) && !saysNothing(value)
    if (field !== "extra" && !second && !address && !inWords && !noPaper && !homeless) return []
    if (value.length > 4000)
      cells.problems.push({ row: row.row, column, says: "import.too-long", params: { limit: 4000 } })
    return [{ column, value }]
  })
}

/** The records' own shapes have the last word; what they refuse is told by the field. */
function checkShapes(proposals: readonly ImportProposal[], cells: Cells): void {
  for (const { kind, body } of proposals) {
    const shaped = SHAPES[kind].safeParse(body)
    if (!shaped.success) cells.problem(null, "import.shape", { field: shaped.error.issues[0]?.path.join(".") ?? kind })
  }
}
