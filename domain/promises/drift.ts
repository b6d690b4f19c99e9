import { hasFlag } from "@/domain/vocabulary/term"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import type { NamedRecipient } from "./named.data"

/** A notice in force, as far as it names whom data goes to, which, and where. */
export type NamingNotice = {
  id: string
  dataKinds: readonly string[]
  recipientKinds: readonly string[]
  countries: readonly string[]
}

/** What the register holds, summed over flows that have not ended: by recipient, by recipient's kind and data, by country. */
export type Held = {
  recipients: readonly { kind: string; subKind: string | null; flows: number }[]
  data: readonly { kind: string; dataKind: string; flows: number }[]
  countries: readonly { country: string; flows: number }[]
}

export type Side = "named-only" | "held-only" | "both"

/** One thing held against the other side: who names it (clauses, notices), and how many flows hold it. */
export type DriftLine = {
  what: "recipient" | "data" | "country"
  side: Side
  /** The kind of recipient; null for countries. */
  kind: string | null
  /** Sub-kind, data kind, `family:order`, or country; null: the kind of recipient as a whole. */
  code: string | null
  clauses: string[]
  notices: string[]
  flows: number
}

/**
 * Holds what the statement and the notices in force name against what the register holds, both ways. Data is compared
 * for those recipients only for whom any data is named; each thing comes out once, with its side.
 */
export function drift(
  statement: readonly NamedRecipient[],
  notices: readonly NamingNotice[],
  held: Held,
): { lines: DriftLine[]; dataNamedFor: string[] } {
  const dataNamedFor = kindsWithData(statement, notices)
  const lines = [
    ...recipients(statement, notices, held),
    ...data(statement, notices, held, dataNamedFor),
    ...countries(notices, held),
  ]
  return { lines: lines.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)), dataNamedFor }
}

const ORDER = { recipient: 0, data: 1, country: 2 }
const keyOf = (line: DriftLine): string => `${ORDER[line.what]} ${line.kind ?? ""} ${line.code ?? ""}`
const sideOf = (named: boolean, flows: number): Side => (flows === 0 ? "named-only" : named ? "both" : "held-only")
const sum = (list: readonly { flows: number }[]): number => list.reduce((all, item) => all + item.flows, 0)

function recipients(statement: readonly NamedRecipient[], notices: readonly NamingNotice[], held: Held): DriftLine[] {
  const places = new Map<string, { kind: string; subKind: string | null }>()
  const add = (kind: string, subKind: string | null): void => {
    places.set(`${kind} ${subKind ?? ""}`, { kind, subKind })
  }
  for (const one of statement) {
    if (one.subKinds.length === 0) add(one.kind, null)
    for (const subKind of one.subKinds) add(one.kind, subKind)
  }
  for (const kind of notices.flatMap((one) => one.recipientKinds)) add(kind, null)
  for (const one of held.recipients) if (!namesWhole(statement, notices, one.kind)) add(one.kind, one.subKind)
  const found = [...places.values()].map(({ kind, subKind }): DriftLine => {
    const clauses = statement
      .filter(
        (one) =>
          one.kind === kind && (subKind === null ? one.subKinds.length === 0 : one.subKinds.includes(subKind as never)),
      )
      .map((one) => one.clause)
    const naming = notices.filter((one) => one.recipientKinds.includes(kind)).map((one) => one.id)
    const whole = subKind === null && namesWhole(statement, notices, kind)
    const apart = (one: { subKind: string | null }): boolean =>
      one.subKind !== null && places.has(`${kind} ${one.subKind}`)
    const flows = sum(
      held.recipients.filter((one) => one.kind === kind && (whole ? !apart(one) : one.subKind === subKind)),
    )
    const named = clauses.length + naming.length > 0
    return { what: "recipient", side: sideOf(named, flows), kind, code: subKind, clauses, notices: naming, flows }
  })
  // Where any kind within a kind flows, the kind that is named as a whole flows too.
  const there = new Set(found.filter((line) => line.flows > 0).map((line) => line.kind))
  // Whom we only link to receives nothing by its very kind: no flow is what was said.
  const said = found.filter((line) => line.kind !== "linked-only" || line.flows > 0)
  return said.filter((line) => line.flows > 0 || line.code !== null || !there.has(line.kind))
}

/** Whether the kind is named without its sub-kinds: then it counts as one. */
function namesWhole(statement: readonly NamedRecipient[], notices: readonly NamingNotice[], kind: string): boolean {
  return (
    statement.some((one) => one.kind === kind && one.subKinds.length === 0) ||
    notices.some((one) => one.recipientKinds.includes(kind))
  )
}

function kindsWithData(statement: readonly NamedRecipient[], notices: readonly NamingNotice[]): string[] {
  const kinds = [
    ...statement.filter((one) => one.families !== null).map((one) => one.kind as string),
    ...notices.filter((one) => one.dataKinds.length > 0).flatMap((one) => one.recipientKinds),
  ]
  return [...new Set(kinds)].sort()
}

const familyOf = (dataKind: string, family: string): boolean => hasFlag(DATA_KINDS, dataKind, `family ${family}`)

function data(
  statement: readonly NamedRecipient[],
  notices: readonly NamingNotice[],
  held: Held,
  kinds: readonly string[],
): DriftLine[] {
  return kinds.flatMap((kind) => {
    const mine = held.data.filter((one) => one.kind === kind)
    const naming = notices.filter((one) => one.recipientKinds.includes(kind))
    const clauses = statement.filter((one) => one.kind === kind)
    const families = [...new Set(clauses.flatMap((one) => one.families ?? []))]
    const idle = families
      .filter((family) => !mine.some((one) => familyOf(one.dataKind, family)))
      .map((family): DriftLine => {
        const by = clauses.filter((one) => one.families?.includes(family)).map((one) => one.clause)
        return { what: "data", side: "named-only", kind, code: `family:${family}`, clauses: by, notices: [], flows: 0 }
      })
    const codes = new Set([...mine.map((one) => one.dataKind), ...naming.flatMap((one) => one.dataKinds)])
    return [
      ...idle,
      ...[...codes].map((code): DriftLine => {
        const by = clauses.filter((one) => one.families?.some((family) => familyOf(code, family)))
        const told = naming.filter((one) => one.dataKinds.includes(code)).map((one) => one.id)
        const flows = sum(mine.filter((one) => one.dataKind === code))
        const side = sideOf(by.length + told.length > 0, flows)
        return { what: "data", side, kind, code, clauses: by.map((one) => one.clause), notices: told, flows }
      }),
    ]
  })
}

function countries(notices: readonly NamingNotice[], held: Held): DriftLine[] {
  const codes = new Set([...held.countries.map((one) => one.country), ...notices.flatMap((one) => one.countries)])
  return [...codes].map((code) => {
    const told = notices.filter((one) => one.countries.includes(code)).map((one) => one.id)
    const flows = sum(held.countries.filter((one) => one.country === code))
    return {
      what: "country",
      side: sideOf(told.length > 0, flows),
      kind: null,
      code,
      clauses: [],
      notices: told,
      flows,
    }
  })
}
