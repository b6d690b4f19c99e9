import { say } from "@/components/words/catalogue"
import type { StratumOf } from "@/domain/answers/drawn"
import { countryName } from "@/domain/core/country-name"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { MODES } from "@/domain/vocabulary/sharings"
import { label } from "./answer-words"

/** What a group of a sample is called. */
export function stratumWords(by: StratumOf, name: string, entities: Readonly<Record<string, string>>): string {
  if (name === "") return say("draw.unnamed")
  if (by === "entity") return entities[name] ?? name
  if (by === "mode") return label(MODES, name)
  if (by === "country") return countryName(name)
  if (by === "standing") return say(`standing.${name}`)
  if (by === "coverage") return say(`coverage.${name}`)
  return name
    .split("+")
    .map((kind) => label(PARTY_KINDS, kind))
    .join(", ")
}
