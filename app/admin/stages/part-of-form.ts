import { ROWS } from "@/domain/requests/stage-rows"
import { STAGES } from "@/domain/requests/stage-rules"

type Fields = Record<string, unknown>

const listOf = (value: unknown): unknown[] => (value === undefined || value === "" ? [] : [value].flat())
const numberOf = (value: unknown): number => Number(typeof value === "string" && value.trim() !== "" ? value : NaN)

/** The part of the stage rules that a form holds: a row without a tick asks for no stage, and that is refused, not guessed. */
export function partOfForm(fields: Fields): unknown {
  const named = (begins: string): string[] =>
    Object.keys(fields).flatMap((name) => (name.startsWith(begins) ? [name.slice(begins.length)] : []))
  return {
    companyId: typeof fields.company === "string" && fields.company !== "" ? fields.company : null,
    rows: Object.fromEntries([...new Set([...ROWS, ...named("row.")])].map((id) => [id, listOf(fields[`row.${id}`])])),
    days: Object.fromEntries(STAGES.map((stage) => [stage, numberOf(fields[`days.${stage}`])])),
    waves: Object.fromEntries(STAGES.map((stage) => [stage, numberOf(fields[`wave.${stage}`])])),
    persons: Object.fromEntries(
      STAGES.flatMap((stage) => {
        const ids = listOf(fields[`person.${stage}`])
        return ids.length ? [[stage, ids]] : []
      }),
    ),
  }
}
