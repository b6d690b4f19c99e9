import { say } from "@/components/words/catalogue"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import { labelOf } from "@/domain/records/labels"

const PLAIN = new Set([
  "stage-gone",
  "seat-changed",
  "legal-anew",
  "advice-against",
  "one-looks-again",
  "part-taken-out",
  "rules-changed",
  "fewer-know",
  "author",
])
const isKind = (word: string): word is RecordKind => (RECORD_KINDS as readonly string[]).includes(word)

/** Why a decision was withdrawn, or what changed beside one that was kept, in words. */
export function whyWords(because: readonly string[]): string {
  return [...new Set(because.map(oneWhy))].join("; ")
}

function oneWhy(code: string): string {
  if (PLAIN.has(code)) return say(`carried.why.${code}`)
  const [what = "", kindWord = "", field = ""] = code.split(":")
  const kind = isKind(kindWord) ? say(`kind.${kindWord}`) : kindWord
  if (field === "op") return say("carried.why.op", { kind })
  if (field === "added" || field === "taken-out") return say(`carried.why.${field}`, { kind })
  const params = { field: labelOf(kindWord, field), kind }
  if (what === "added" || what === "taken-out") return say(`carried.why.${what}-field`, params)
  return say("carried.why.changed", params)
}

/** What changed and is not material, as the fields alone. */
export function slightWords(because: readonly string[]): string {
  return [...new Set(because.map((code) => labelOf(code.split(":")[1] ?? "", code.split(":")[2] ?? "")))].join(", ")
}
