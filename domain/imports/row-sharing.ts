import { BLANK, known, valueOf, type Answer } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { FIELDS, blankOf, nodeAt } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import type { DataLine, Destination, GroundLine, Sharing } from "@/domain/records/sharing"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import type { PartyKind } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import type { Mode } from "@/domain/vocabulary/sharings"
import { termOf, type Term } from "@/domain/vocabulary/term"
import { shown, type Cells } from "./cells"
import { readCountry } from "./country"
import { piecesOf } from "./pieces"
import type { RowGiven } from "./row-given"
import { readRetention } from "./values"
import * as Vocabulary from "./vocabulary-words"

/** The mode that a kind of party has by nature. */
const MODE_OF: Partial<Record<PartyKind, Mode>> = {
  processor: "entrust",
  affiliate: "share",
  partner: "share",
  authority: "share",
  successor: "transfer",
  public: "disclose",
}

/** The sharing that a row tells of. Its mode may follow from the party's kind; a mode that nothing says is a problem. */
export function sharingOf(cells: Cells, given: RowGiven, partyId: Id<"party">, party: Party): Sharing {
  const body = blankOf(FIELDS.sharing) as Sharing
  const kind = party.kinds[0]?.kind
  const mode =
    valueOf(cells.word("mode", Vocabulary.MODE_WORDS)) ?? given.defaults?.mode ?? (kind ? MODE_OF[kind] : undefined)
  if (mode === undefined && !cells.faulty("mode")) cells.problem("mode", "import.mode-missing")
  const purposes = cells.words("purposes", Vocabulary.PURPOSE_WORDS)
  const purposeText = cells.free("purposeText", 2000)
  const startsOn = cells.day("startsOn")
  const endsOn = cells.day("endsOn")
  const [first, last] = [valueOf(startsOn), valueOf(endsOn)]
  if (first && last && last < first) cells.problem("endsOn", "import.ends-before", { first, last })
  const retention = cells.answer("retentionDays", readRetention, "import.no-days")
  return {
    ...body,
    entityId: given.entityId,
    partyId,
    mode: mode ?? "share",
    title: cells.name("title", 300) || titleOf(purposes, purposeText, party.legalName),
    role: cells.word("role", Vocabulary.ROLE_WORDS),
    purposes,
    purposeText,
    dataLines: mapped(cells.words("dataKinds", Vocabulary.DATA_KIND_WORDS), (kinds) =>
      kinds.map((dataKind) => ({ ...blankLine<DataLine>("dataLines.value.*"), kind: dataKind })),
    ),
    dataForm: cells.word("dataForm", Vocabulary.DATA_FORM_WORDS),
    subjects: cells.words("subjects", Vocabulary.SUBJECT_WORDS),
    grounds: (valueOf(cells.words("ground", Vocabulary.GROUND_WORDS)) ?? []).map((ground) => ({
      ...blankLine<GroundLine>("grounds.*"),
      ground,
    })),
    bases: (valueOf(cells.words("basis", Vocabulary.BASIS_WORDS)) ?? []).map((basis) => ({
      ...blankLine<Sharing["bases"][number]>("bases.*"),
      regime: (termOf(LEGAL_BASES, basis)?.flags?.[0] ?? "EU") as Sharing["bases"][number]["regime"],
      basis,
    })),
    destinations: destinationsOf(cells),
    frequency: cells.word("frequency", Vocabulary.FREQUENCY_WORDS),
    channel: cells.word("channel", Vocabulary.CHANNEL_WORDS),
    retention: mapped(retention, ({ days }) => ({ days: known(days), trigger: BLANK, deletion: BLANK })),
    startsOn,
    endsOn,
    owner: cells.free("owner", 200),
    dueOn: cells.day("dueOn"),
    foundHow: cells.free("foundHow", 1000),
    notes: cells.free("notes", 4000),
  }
}

/** Looks at a sharing's cells in a row without a flow: they are kept as they stand, but no wrong day or country is. */
export function checkWithoutFlow(cells: Cells): void {
  for (const field of ["startsOn", "endsOn", "dueOn"] as const) cells.day(field)
  cells.answer("retentionDays", readRetention, "import.no-days")
  destinationsOf(cells)
}

function destinationsOf(cells: Cells): Sharing["destinations"] {
  const answer = cells.answer("destinations", (cell) => piecesOf(cell, codeOf), "import.no-country")
  return mapped(answer, ({ found, strange }): Destination[] => {
    for (const piece of strange) {
      const read = readCountry(piece)
      if (!("code" in read)) cells.problem("destinations", read.says, read.params)
    }
    return found.map((country) => ({ country, kind: "storage", mechanisms: [], firstOn: null, lastOn: null }))
  })
}

function codeOf(piece: string): string | null {
  const read = readCountry(piece)
  return "code" in read ? read.code : null
}

function titleOf(purposes: Answer<string[]>, purposeText: Answer<string>, legalName: string): string {
  const first = termOf(PURPOSES as readonly Term[], valueOf(purposes)?.[0] ?? "")?.label
  return `${first ?? shown(valueOf(purposeText) ?? "Sharing")}: ${legalName}`.slice(0, 300)
}

function blankLine<T>(path: string): T {
  const node = nodeAt("sharing", path)
  if (!node) throw new Error(`a sharing has no ${path}`)
  return blankOf(node) as T
}

function mapped<T, U>(answer: Answer<T>, make: (value: T) => U): Answer<U> {
  return answer.state === "known" ? known(make(answer.value)) : answer
}
