import { good, type Outcome } from "@/domain/core/outcome"
import { UnreadableError, unreadable } from "./table"
import { isDateFormat } from "./xlsx-values"
import { readXml } from "./xml"
import type { ZipParts } from "./zip-parts"

/** What stands around the sheets of a workbook. */
export type Book = {
  sheets: { name: string; part: string; visible: boolean }[]
  strings: string[]
  /** For each cell style, whether it shows a date. */
  dateStyles: boolean[]
  since1904: boolean
}

/** The most that shared strings may hold, since they alone are kept in memory. */
const MOST_STRINGS = 2_000_000
const MOST_SIGNS = 32_000_000

type Relation = { id: string; type: string; part: string }

/** Reads the workbook around its sheets: which sheets there are, the shared strings, and which styles are dates. */
export async function readBook(zip: ZipParts): Promise<Outcome<Book>> {
  try {
    const root = await relationsOf(zip, "")
    const part = root.find(({ type }) => type.endsWith("/officeDocument"))?.part ?? "xl/workbook.xml"
    if (!zip.has(part)) return unreadable("import.xlsx-broken")
    const relations = await relationsOf(zip, part)
    const about = (kind: string): string | null => relations.find(({ type }) => type.endsWith(`/${kind}`))?.part ?? null
    const { sheets, since1904 } = await sheetsOf(zip, part, relations)
    const strings = await stringsOf(zip, about("sharedStrings"))
    return good({ sheets, since1904, strings, dateStyles: await dateStylesOf(zip, about("styles")) })
  } catch (error) {
    if (error instanceof UnreadableError) return error.refusal
    throw error
  }
}

async function relationsOf(zip: ZipParts, part: string): Promise<Relation[]> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1)
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`
  const relations: Relation[] = []
  if (!zip.has(name)) return relations
  await readXml(zip.read(name), {
    open: (tag, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (tag !== "Relationship" || TargetMode === "External") return
      relations.push({ id: Id, type: Type, part: Target.startsWith("/") ? Target.slice(1) : folder + Target })
    },
  })
  return relations
}

async function sheetsOf(
  zip: ZipParts,
  part: string,
  relations: readonly Relation[],
): Promise<Pick<Book, "sheets" | "since1904">> {
  const sheets: Book["sheets"] = []
  let since1904 = false
  await readXml(zip.read(part), {
    open: (tag, attributes) => {
      if (tag === "workbookPr") since1904 = /^(1|true)$/.test(attributes["date1904"] ?? "")
      if (tag !== "sheet") return
      const relation = relations.find(({ id }) => id === attributes["id"])
      // Sheets that are charts or dialogs hold no rows.
      if (!relation?.type.endsWith("/worksheet") || !zip.has(relation.part)) return
      const visible = (attributes["state"] ?? "visible") === "visible"
      sheets.push({ name: attributes["name"] ?? "", part: relation.part, visible })
    },
  })
  return { sheets, since1904 }
}

async function stringsOf(zip: ZipParts, part: string | null): Promise<string[]> {
  const strings: string[] = []
  if (part === null || !zip.has(part)) return strings
  let signs = 0
  let text = ""
  let inText = false
  let phonetic = 0
  await readXml(zip.read(part), {
    open: (tag) => {
      if (tag === "si") text = ""
      if (tag === "rPh") phonetic += 1
      inText = tag === "t" && phonetic === 0
    },
    text: (piece) => {
      if (inText) text += piece
    },
    close: (tag) => {
      if (tag === "t") inText = false
      if (tag === "rPh") phonetic -= 1
      if (tag !== "si") return
      signs += text.length
      if (strings.length >= MOST_STRINGS || signs > MOST_SIGNS) throw new UnreadableError(unreadable("import.zip-bomb"))
      strings.push(unescaped(text))
    },
  })
  return strings
}

async function dateStylesOf(zip: ZipParts, part: string | null): Promise<boolean[]> {
  const styles: boolean[] = []
  if (part === null || !zip.has(part)) return styles
  const formats = new Map<number, string>()
  let inCells = false
  await readXml(zip.read(part), {
    open: (tag, attributes) => {
      if (tag === "numFmt") formats.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "")
      if (tag === "cellXfs") inCells = true
      if (tag !== "xf" || !inCells || styles.length > 100_000) return
      const id = Number(attributes["numFmtId"] ?? 0)
      styles.push(isDateFormat(id, formats.get(id)))
    },
    close: (tag) => {
      if (tag === "cellXfs") inCells = false
    },
  })
  return styles
}

/** Signs that XML cannot hold are written `_x000D_` in a workbook. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
