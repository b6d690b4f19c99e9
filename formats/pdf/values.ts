/** What stands in a PDF, as it stands there. Whole numbers are plain numbers; positions are bytes of the file. */
export type PdfName = { t: "name"; v: string }
export type PdfReal = { t: "real"; v: number }
/** `start` is the byte of the opening mark, `end` the one after the closing mark; `clean` says that a hex string held hex digits alone. */
export type PdfString = { t: "string"; v: string; hex: boolean; clean: boolean; start: number; end: number }
export type PdfRef = { t: "ref"; num: number; gen: number }
export type PdfArray = { t: "array"; items: PdfValue[] }
/** `twice` names the keys that stand in it more than once: such a dictionary can be read in two ways. */
export type PdfDict = { t: "dict"; map: Map<string, PdfValue>; twice: string[] }
export type PdfStream = { t: "stream"; dict: PdfDict; start: number; length: number }
/** An object that cannot be read where the table says it is. */
export type PdfUnreadable = { t: "unreadable" }
export type PdfValue =
  null | boolean | number | PdfName | PdfReal | PdfString | PdfRef | PdfArray | PdfDict | PdfStream | PdfUnreadable

/** The kind of a value, in one word. */
export function kindOf(value: PdfValue | undefined): string {
  if (value === null || value === undefined) return "null"
  return typeof value === "object" ? value.t : typeof value
}

/** The dictionary of a value: itself, or that of a stream. */
export function dictOf(value: PdfValue | undefined): PdfDict | null {
  if (value === null || value === undefined || typeof value !== "object") return null
  if (value.t === "dict") return value
  return value.t === "stream" ? value.dict : null
}

/** The text of a name, else null. */
export function nameOf(value: PdfValue | undefined): string | null {
  return value !== null && typeof value === "object" && value.t === "name" ? value.v : null
}

/** A number, whole or not, else null. */
export function numberOf(value: PdfValue | undefined): number | null {
  if (typeof value === "number") return value
  return value !== null && typeof value === "object" && value.t === "real" ? value.v : null
}

/** A text string as a person reads it: UTF-16 and UTF-8 by their marks, else Latin. */
export function textOf(value: PdfValue | undefined): string | null {
  if (value === null || value === undefined || typeof value !== "object" || value.t !== "string") return null
  const raw = value.v
  const bytes = Buffer.from(raw, "latin1")
  if (raw.startsWith("\xfe\xff"))
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString("utf16le")
  if (raw.startsWith("\xef\xbb\xbf")) return bytes.subarray(3).toString("utf8")
  return raw
}
