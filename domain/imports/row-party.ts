import { BLANK, known, unknown, valueOf } from "@/domain/core/answer"
import { fold } from "@/domain/core/fold"
import { FIELDS, blankOf } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import type { Cells } from "./cells"
import type { TargetField } from "./columns"
import { readCountry } from "./country"
import type { RowGiven } from "./row-given"
import { readRisk, saysUnknown } from "./values"
import { PARTY_KIND_WORDS, PARTY_SUB_KIND_WORDS } from "./vocabulary-words"

/** The party that a row tells of; without a flow it is a supplier of whom nothing is decided yet. */
export function partyOf(cells: Cells, given: RowGiven, flows: boolean): Party {
  const body = blankOf(FIELDS.party) as Party
  const legalName = cells.name("legalName", 300)
  if (fold(legalName) === "" && !cells.faulty("legalName")) cells.problem("legalName", "import.name-missing")
  const kind = valueOf(cells.word("kind", PARTY_KIND_WORDS)) ?? given.defaults?.kind ?? null
  const number = (field: TargetField, of: Party["identifiers"][number]["kind"]): Party["identifiers"] => {
    const value = cells.text(field, 100)
    return value === "" ? [] : [{ kind: of, value }]
  }
  const contact = {
    task: "",
    name: cells.text("contactName", 200),
    email: cells.text("contactEmail", 254),
    phone: cells.text("contactPhone", 60),
  }
  return {
    ...body,
    legalName,
    otherNames: listOf(cells, "otherNames", 300, 50),
    country: countryOf(cells),
    kinds: kind === null ? [] : [{ kind, firstOn: null, lastOn: null }],
    subKind: cells.word("subKind", PARTY_SUB_KIND_WORDS),
    identifiers: [
      ...number("registration", "registration"),
      ...number("lei", "lei"),
      ...number("vat", "vat"),
      ...number("vendorNumber", "vendor-number"),
      ...number("otherNumber", "other"),
    ],
    website: cells.free("website", 500),
    hosts: listOf(cells, "hosts", 253, 500),
    contacts: contact.name + contact.email + contact.phone === "" ? [] : [contact],
    risk: cells.answer("risk", readRisk, "import.no-risk"),
    dataDecision: flows ? "receives-data" : "undecided",
    notes: flows ? body.notes : cells.free("notes", 4000),
    tags: listOf(cells, "tags", 60, 50),
  }
}

function countryOf(cells: Cells): Party["country"] {
  const text = cells.text("country")
  if (text === "") return byAddress(cells.text("address"))
  if (saysUnknown(text)) return unknown()
  const read = readCountry(text)
  if ("code" in read) return known(read.code)
  cells.problem("country", read.says, read.params)
  return BLANK
}

/** The country in the last line of an address, where that line is one. */
function byAddress(address: string): Party["country"] {
  const last = address.split("\n").findLast((line) => line.trim() !== "")
  const read = readCountry(last ?? "")
  return "code" in read ? known(read.code) : BLANK
}

function listOf(cells: Cells, field: TargetField, most: number, count: number): string[] {
  const items = [
    ...new Set(
      cells
        .text(field)
        .split(/[;\n|]+/)
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    ),
  ]
  const long = items.find((item) => item.length > most)
  if (long !== undefined) cells.problem(field, "import.too-long", { limit: most })
  if (items.length > count) cells.problem(field, "import.too-many-items", { limit: count })
  return items
}
