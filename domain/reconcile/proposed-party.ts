import { BLANK, known } from "@/domain/core/answer"
import { fold } from "@/domain/core/fold"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import { hostKey, numberKey } from "./keys"
import type { SupplierLine } from "./reconcile"

/** A supplier of whom nothing is decided yet, as a list names it; says from which list and line it came. */
export function proposedParty(line: SupplierLine, list: string): Party {
  return {
    ...(blankOf(FIELDS.party) as Party),
    legalName: line.name,
    country: line.country === null ? BLANK : known(line.country),
    identifiers: [...new Set(line.numbers)]
      .slice(0, 20)
      .map((value) => ({ kind: kindOfNumber(value), value: value.slice(0, 100) })),
    hosts: [...new Set(line.hosts.flatMap((text) => hostKey(text) ?? []))].slice(0, 500),
    dataDecision: "undecided",
    extra: [{ column: "Supplier list", value: `${list}, line ${line.line}` }],
  }
}

/** Which number a number looks like; any other is kept as one. */
export function kindOfNumber(text: string): Party["identifiers"][number]["kind"] {
  const key = numberKey(text) ?? ""
  if (/^[A-Z0-9]{18}\d{2}$/.test(key)) return "lei"
  return /^[A-Z]{2}[A-Z0-9]{2,12}$/.test(key) && /\d{5}/.test(key) ? "vat" : "other"
}

/** One line for each supplier: a name that comes again is no second party. In the order of the list. */
export function onePerName<T extends SupplierLine>(lines: readonly T[]): { first: T; all: number[] }[] {
  const byName = new Map<string, { first: T; all: number[] }>()
  for (const line of lines) {
    const key = fold(line.name)
    const had = byName.get(key)
    if (had) had.all.push(line.line)
    else byName.set(key, { first: line, all: [line.line] })
  }
  return [...byName.values()]
}
