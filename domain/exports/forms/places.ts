/** The member states and the three others of the European Economic Area: a transfer to anywhere else is one to a third country. */
const EEA: ReadonlySet<string> = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split(" "),
)

/** Whether the country lies within the European Economic Area, or is one of the Union's own bodies. */
export const isEea = (code: string): boolean => EEA.has(code) || code === "IO:EU"
