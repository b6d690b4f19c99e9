import { inARow, lower } from "@/components/records/sharing-sentence"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import type { ListChange, Listed } from "@/domain/requests/public-list"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES } from "@/domain/vocabulary/sharings"
import type { Term } from "@/domain/vocabulary/term"

const TERMS: Record<Exclude<Listed, "country">, readonly Term[]> = { purpose: PURPOSES, data: DATA_KINDS, mode: MODES }

/** What a recipient is named with on the public list, in a row: labels small as inside a sentence, countries as they are called. */
export function listedWords(parts: ListChange["more"]): string {
  return parts
    .map(({ what, codes }) => {
      const words = codes.map((code) => (what === "country" ? countryName(code) : lower(TERMS[what], code)))
      return say(`listed.${what}`, { what: inARow(words) })
    })
    .join("; ")
}
