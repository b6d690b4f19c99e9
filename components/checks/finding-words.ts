import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES } from "@/domain/vocabulary/sharings"

const LABELS = new Map<string, string>([
  ...[...DATA_KINDS, ...GROUNDS, ...MEASURES, ...PARTY_SUB_KINDS, ...PURPOSES, ...MODES].map(
    (term) => [term.code as string, term.label.toLowerCase()] as const,
  ),
  ...Object.values(CHECKLISTS)
    .flat()
    .map((line) => [line.item, `“${line.meaning}”`] as const),
])

/** What a finding says, with codes in words. */
export function findingWords(finding: { says: string; params: Record<string, string> }): string {
  return say(
    finding.says,
    Object.fromEntries(Object.entries(finding.params).map(([name, value]) => [name, inWords(name, value)])),
  )
}

function inWords(name: string, value: string): string {
  if (name === "country") return countryName(value)
  if (name === "due") return dayWords(value)
  return value.replace(/[^,/\s][^,/]*[^,/\s]|[^,/\s]/g, (code) => LABELS.get(code) ?? code)
}
