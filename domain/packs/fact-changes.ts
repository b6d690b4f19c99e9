import type { LawFacts } from "@/domain/checks/law"
import { canonical } from "@/domain/core/canonical"

export const FACT_KINDS = [
  "regimes",
  "areas",
  "bases",
  "adequacy",
  "instruments",
  "bands",
] as const satisfies readonly (keyof LawFacts)[]
export type FactKind = (typeof FACT_KINDS)[number]

/** A dated line of law, of whatever kind. */
export type FactLine = { [K in FactKind]: LawFacts[K][number] }[FactKind]

export type FactChange = {
  kind: FactKind
  change: "new" | "changed" | "left-out"
  /** As it counts now; null: it is new. */
  before: FactLine | null
  /** As it is proposed; null: it ends with the version's first day. */
  after: FactLine | null
}

type Some = Partial<LawFacts>

/**
 * Line by line what the facts of law of another version change; lines of one act about the same are told side by side. A
 * version that brings none changes none.
 */
export function factChanges(before: Some, after: Some | undefined): FactChange[] {
  return after ? FACT_KINDS.flatMap((kind) => changesOf(kind, linesOf(before, kind), linesOf(after, kind))) : []
}

const linesOf = (facts: Some, kind: FactKind): readonly FactLine[] => (facts[kind] ?? []) as readonly FactLine[]

function changesOf(kind: FactKind, before: readonly FactLine[], after: readonly FactLine[]): FactChange[] {
  const [old, fresh] = [without(before, after), without(after, before)]
  const paired = new Set<FactLine>()
  const left = old.map((line): FactChange => {
    const next = fresh.find((one) => !paired.has(one) && about(one) === about(line)) ?? null
    if (next) paired.add(next)
    return { kind, change: next ? "changed" : "left-out", before: line, after: next }
  })
  const added = fresh.filter((one) => !paired.has(one))
  return [...left, ...added.map((line): FactChange => ({ kind, change: "new", before: null, after: line }))]
}

function without(lines: readonly FactLine[], others: readonly FactLine[]): FactLine[] {
  const known = new Set(others.map((one) => canonical(one)))
  return lines.filter((one) => !known.has(canonical(one)))
}

/** What a line is about: the act that says so, of which law, and of which safeguard or basis. */
function about(line: FactLine): string {
  const what = "mechanism" in line ? line.mechanism : "basis" in line ? line.basis : ""
  return canonical([line.regime, line.act, what])
}
