import { VENDOR_COLUMNS, type VendorColumn } from "@/domain/imports/vendor-columns"
import { good, type Outcome } from "@/domain/core/outcome"
import { cellOf, isObject } from "./json-rows"
import { unreadable, type Source, type Table, type TableRow } from "./table"
import { openText } from "./text"

/** The list is one object and is read whole, so it may not be as large as a table that is read row by row. */
const LIMIT_LIST_BYTES = 20 * 1024 * 1024

/** What stands above the vendors: which edition of the list this is. */
export type VendorListEdition = { version: number; updatedOn: string }

/** Whether the beginning of a JSON file is that of an advertising vendor list. */
export function isVendorList(head: string): boolean {
  return /^\s*\{/.test(head) && /"(gvlSpecificationVersion|vendorListVersion)"\s*:/.test(head)
}

/**
 * Opens an advertising vendor list (IAB, specification 3): one row for each vendor, numbered by the vendor's own
 * number. What a vendor has beyond the known columns follows in further ones, so nothing of the file is lost.
 */
export async function openVendorList(
  source: Source,
  options: { limitBytes?: number } = {},
): Promise<Outcome<Table & { edition: VendorListEdition }>> {
  const text = await openText(source, Math.min(options.limitBytes ?? LIMIT_LIST_BYTES, LIMIT_LIST_BYTES))
  if (!text.ok) return text
  let whole = ""
  for await (const piece of text.value) whole += piece
  const list = parsed(whole)
  if (!isObject(list) || list["gvlSpecificationVersion"] !== 3 || !isObject(list["vendors"]))
    return unreadable("import.vendor-list-broken")
  const vendors = Object.entries(list["vendors"])
  if (vendors.length === 0) return unreadable("import.empty")
  const more = [...new Set(vendors.flatMap(([, vendor]) => (isObject(vendor) ? Object.keys(vendor) : [])))]
  const header = [...VENDOR_COLUMNS, ...more.filter((key) => !KNOWN.has(key))]
  return good({
    format: "vendor-list",
    sheet: null,
    header,
    guarded: false,
    close: () => Promise.resolve(),
    rows: rowsOf(vendors, header),
    edition: { version: Number(list["vendorListVersion"] ?? 0), updatedOn: cellOf(list["lastUpdated"]).slice(0, 10) },
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Keys of a vendor that columns take up, in whole or in parts. */
const KNOWN = new Set<string>([...VENDOR_COLUMNS, "dataRetention", "urls"])

async function* rowsOf(vendors: readonly [string, unknown][], header: readonly string[]): AsyncIterable<TableRow> {
  for (const [key, vendor] of vendors) {
    const row = Number(key)
    if (!isObject(vendor) || !Number.isSafeInteger(row)) {
      yield { sheet: null, row: row || 0, cells: header.map(() => ""), fault: "import.vendor-item" }
      continue
    }
    yield { sheet: null, row, cells: header.map((column) => cellFor(vendor, column)) }
  }
}

function cellFor(vendor: Record<string, unknown>, column: string): string {
  const retention = isObject(vendor["dataRetention"]) ? vendor["dataRetention"] : {}
  switch (column as VendorColumn) {
    case "stdRetention":
      return cellOf(retention["stdRetention"])
    case "retentionByPurpose":
      return pairs(retention["purposes"])
    case "retentionBySpecialPurpose":
      return pairs(retention["specialPurposes"])
    case "privacyUrl":
      return addresses(vendor["urls"], "privacy")
    case "legIntClaimUrl":
      return addresses(vendor["urls"], "legIntClaim")
    default:
      return Object.hasOwn(vendor, column) ? cellOf(vendor[column], ", ") : ""
  }
}

/** `{10: 90}` as `10: 90`. */
function pairs(value: unknown): string {
  if (!isObject(value)) return cellOf(value)
  return Object.entries(value)
    .map(([key, days]) => `${key}: ${cellOf(days)}`)
    .join("; ")
}

/** Addresses by language, a line each; languages with the same address share one. */
function addresses(urls: unknown, key: string): string {
  if (!Array.isArray(urls)) return cellOf(urls)
  const byAddress = new Map<string, string[]>()
  for (const url of urls.filter(isObject)) {
    const address = cellOf(url[key])
    if (address !== "") byAddress.set(address, [...(byAddress.get(address) ?? []), cellOf(url["langId"])])
  }
  return [...byAddress].map(([address, languages]) => `${languages.join(", ")}: ${address}`).join("\n")
}
