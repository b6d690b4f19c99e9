import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import type { DriftLine } from "@/domain/promises/drift"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { termOf } from "@/domain/vocabulary/term"

/** What a line of the comparison is about, in words. */
export function driftWords(line: Pick<DriftLine, "what" | "kind" | "code" | "clauses" | "notices">): string {
  const { what, kind, code } = line
  if (what === "country") return code ? countryName(code) : ""
  const recipient = termOf(PARTY_KINDS, kind ?? "")?.label ?? kind ?? ""
  if (what === "recipient") {
    if (code) return termOf(PARTY_SUB_KINDS, code)?.label ?? code
    return kind === "partner" && line.clauses.length + line.notices.length === 0
      ? say("drift.kind-none", { kind: recipient })
      : recipient
  }
  const family = /^family:(.+)$/.exec(code ?? "")?.[1]
  const data = family ? say("drift.family", { family }) : (termOf(DATA_KINDS, code ?? "")?.label ?? code ?? "")
  return say("drift.of-kind", { what: data, kind: recipient })
}

/** Where the register shows what a line counts. */
export function whereHeld(line: Pick<DriftLine, "what" | "kind" | "code">): string {
  if (line.what === "country") return `/sharings?f.destination=${line.code}`
  if (line.what === "data") return `/sharings?f.data=${line.code}`
  return line.code ? `/parties?f.kind=${line.kind}&f.sub-kind=${line.code}` : `/parties?f.kind=${line.kind}`
}
