const ENGLISH = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" })

/** The English name of a country code; an organisation (`IO:EPO`) or an unknown code shows itself. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  return ENGLISH.of(code) ?? code
}
