import { COUNTRIES } from "./countries.data"

const CODES: ReadonlySet<string> = new Set(COUNTRIES.map(([code]) => code))
/** International organisations that receive data and have no country of their own (domain handbook, 2, Traps). */
const ORGANISATIONS: ReadonlySet<string> = new Set([
  ...["IO:EPO", "IO:EU", "IO:UN", "IO:WHO", "IO:ILO", "IO:NATO", "IO:INTERPOL"],
])

/** Whether the code is a country of ISO 3166-1 (alpha-2), or an organisation that the register knows. */
export function isCountry(code: string): boolean {
  return CODES.has(code) || ORGANISATIONS.has(code)
}
