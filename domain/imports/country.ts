import { COUNTRIES } from "@/domain/core/countries.data"
import { countryName } from "@/domain/core/country-name"
import { fold } from "@/domain/core/fold"

/** A country as read from a word: its code, or why there is none, with the code that may have been meant. */
export type CountryRead = { code: string } | { says: string; params: Record<string, string> }

const LANGUAGES = ["en", "de", "fr"]

/** Words that people write beside the names of the standard. */
const MORE: Record<string, string> = {
  america: "US",
  "united states america": "US",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  "great britain": "GB",
  grossbritannien: "GB",
  "grande bretagne": "GB",
  holland: "NL",
  "the netherlands": "NL",
  "republic of ireland": "IE",
  eire: "IE",
  tschechei: "CZ",
  "peoples republic of china": "CN",
  "people s republic of china": "CN",
  "mainland china": "CN",
  prc: "CN",
  korea: "KR",
  "south korea": "KR",
  "russian federation": "RU",
  vietnam: "VN",
  uae: "AE",
  "hong kong": "HK",
  macau: "MO",
  taiwan: "TW",
}

/** Codes that are widely written and not the standard's: asked back, never taken. */
const MEANT: Record<string, string> = { UK: "GB", EL: "GR", EN: "GB", SP: "ES", SF: "FI" }

/** Words for more than one country, or for none in particular. */
const REGIONS = new Set(
  [
    "varies|various|multiple|several|global|worldwide|international|anywhere|all|any|other|remote|cloud|multi region",
    "eu|european union|eea|european economic area|eu eea|europe|emea|apac|asia|asia pacific|latam|latin america|africa",
    "north america|south america|americas|middle east|nordics|benelux|dach|oceania|mena|eu us|schengen",
    "verschieden|verschiedene|weltweit|international|europaische union|ewr|europa|europaischer wirtschaftsraum|diverse",
    "divers|variable|mondial|monde|union europeenne|ue|eee|espace economique europeen|asie|amerique du nord",
  ].flatMap((words) => words.split("|")),
)

/** Folded names and their codes; a name with several codes ("Congo") is asked back. */
let index: ReadonlyMap<string, readonly string[]> | null = null

function byName(): ReadonlyMap<string, readonly string[]> {
  if (index) return index
  const names = new Map<string, readonly string[]>()
  const put = (name: string, code: string): void => {
    const key = fold(name)
    // Two capital letters are a code or nothing: "UK" among the names is asked back.
    if (key === "" || /^[A-Z]{2}$/.test(name)) return
    names.set(key, [...new Set([...(names.get(key) ?? []), code])])
  }
  for (const [code, three, ...english] of COUNTRIES) {
    put(three, code)
    for (const name of english) put(name, code)
  }
  for (const language of LANGUAGES) {
    const words = new Intl.DisplayNames([language], { type: "region", fallback: "none" })
    for (const [code] of COUNTRIES) put(words.of(code) ?? "", code)
  }
  for (const [name, code] of Object.entries(MORE)) if (!names.has(fold(name))) names.set(fold(name), [code])
  index = names
  return names
}

const CODES = new Set<string>(COUNTRIES.map(([code]) => code))

/**
 * The country that a word or a code names, in English, German or French. `NA` is Namibia. Regions ("European Union",
 * "Varies") are no country, and near codes such as `UK` are asked back, so that no destination is ever guessed.
 */
export function readCountry(text: string): CountryRead {
  const plain = text.replace(/\s+/g, " ").trim()
  const capitals = plain.toUpperCase()
  if (/^[A-Za-z]{2}$/.test(plain) && CODES.has(capitals)) return { code: capitals }
  const value = plain.slice(0, 60)
  const meant = MEANT[capitals]
  if (meant) return { says: "import.country-meant", params: { value, meant, name: countryName(meant) } }
  const key = fold(plain)
  if (REGIONS.has(key)) return { says: "import.country-region", params: { value } }
  const names = byName()
  const codes = names.get(key) ?? names.get(fold(plain.replace(/^the\s+/i, ""))) ?? names.get(fold(inner(plain)))
  if (codes === undefined) return { says: "import.no-country", params: { value } }
  const [code, ...others] = codes
  if (code !== undefined && others.length === 0) return { code }
  return { says: "import.country-which", params: { value, codes: codes.join(", ") } }
}

/** A word without what stands in brackets behind it: "Germany (DE)", "Ireland (Dublin)". */
function inner(text: string): string {
  return text.replace(/\s*\([^()]*\)\s*$/, "")
}
