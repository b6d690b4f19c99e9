/** A made table of suppliers for trying imports, with the rows that are broken on purpose and what breaks them. */
export type MadeTable = {
  header: string[]
  rows: string[][]
  broken: { row: number; column: string | null; says: string }[]
}

const HEADER = [
  "Vendor name",
  "Country",
  "Kind",
  "Purpose",
  "Personal data",
  "Data location",
  "Retention",
  "Start date",
  "DPA signed",
  "Owner",
  "Due date",
  "Risk",
  "Cost centre",
]

const pick = <T>(items: readonly [T, ...T[]], at: number): T => items[at % items.length] ?? items[0]

/** One good row; every seventh tells of no flow. */
function goodRow(at: number): string[] {
  const flow = at % 7 !== 6
  return [
    `Invented Supplier ${at} ${pick(["Ltd", "GmbH", "SARL", "Inc."], at)}`,
    pick(["Ireland", "DE", "France", "United States", "Korea, Republic of"], at),
    flow ? pick(["processor", "partner", "group company"], at) : "",
    flow ? pick(["Hosting", "Analytics; Advertising", "Take payment", "Send mail, text, push for us"], at) : "",
    flow ? pick(["Name, E-mail address", "IP address; Cookies", "Postal address"], at) : "",
    flow ? pick(["Ireland", "Germany and France", "US; IE", ""], at) : "",
    flow ? pick(["90", "13 months", "2 years", ""], at) : "",
    flow ? pick(["2024-02-29", "1.4.2023", ""], at) : "",
    pick(["yes", "no", ""], at),
    pick(["Platform", "Marketing", ""], at),
    pick(["2026-09-30", ""], at),
    pick(["low", "medium", "high"], at),
    `CC-${100 + (at % 40)}`,
  ]
}

type Break = readonly [column: string, value: string, says: string]

/** Ways to break a row: which column gets what, and the sentence that it must be answered with. */
const BREAKS: readonly [Break, ...Break[]] = [
  ["Country", "Atlantis", "import.no-country"],
  ["Country", "UK", "import.country-meant"],
  ["Country", "Varies", "import.country-region"],
  ["Vendor name", "=1+1", "import.formula"],
  ["Vendor name", " ", "import.name-missing"],
  ["Start date", "30.2.2025", "import.no-day"],
  ["Due date", "2025-13-01", "import.no-day"],
  ["Risk", "purple", "import.no-risk"],
  ["DPA signed", "perhaps", "import.no-yes-no"],
]

/** A table of `count` rows of which `broken`, spread evenly, are broken in one way each. The header is row 1. */
export function madeTable(count: number, broken: number): MadeTable {
  const rows = Array.from({ length: count }, (_row, at) => goodRow(at))
  const told = Array.from({ length: broken }, (_break, number) => {
    const at = Math.floor(((number + 0.5) * count) / broken)
    const [column, value, says] = pick(BREAKS, number)
    const row = rows[at]
    if (row) row[HEADER.indexOf(column)] = value
    return { row: at + 2, column, says }
  })
  return { header: [...HEADER], rows, broken: told }
}

/** A made table as CSV. */
export function tableAsCsv({ header, rows }: Pick<MadeTable, "header" | "rows">, delimiter: string = ","): string {
  const cell = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [header, ...rows].map((cells) => cells.map(cell).join(delimiter)).join("\r\n") + "\r\n"
}
