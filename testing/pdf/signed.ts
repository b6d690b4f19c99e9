import { append, streamBody, writePdf, type Layout, type Obj, type Update } from "./writer"

/** Numbers in the sample agreement. */
export const AT = {
  catalog: 1,
  pages: 2,
  page: 3,
  content: 4,
  form: 5,
  field: 6,
  info: 7,
  font: 8,
  resources: 9,
  second: 10,
  secondContent: 11,
}
const ROOM = 12_000
export const BLANK_RANGE = "/ByteRange [0 0000000000 0000000000 0000000000]"

export const CATALOG = "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>"
export const PAGE =
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 9 0 R /Annots [6 0 R] >>"
export const FORM = "<< /Fields [6 0 R] /SigFlags 3 /DA (/Helv 0 Tf) >>"
export const field = (rest = "", num: number | null = null) =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sig1) /F 132 /Rect [0 0 0 0] /P 3 0 R ${num ? `/V ${num} 0 R` : ""} ${rest} >>`
export const content = (sum: string) => streamBody("", `BT /F1 12 Tf 72 700 Td (The fee is ${sum} euros) Tj ET`)

/** An agreement of two pages with a form; other bodies stand in for these by number. */
export function agreement(other: Obj[] = [], layout: Layout = "table", trailer?: string): Buffer {
  const base: Obj[] = [
    { num: AT.catalog, body: CATALOG },
    { num: AT.pages, body: "<< /Type /Pages /Kids [3 0 R 10 0 R] /Count 2 >>" },
    { num: AT.page, body: PAGE },
    { num: AT.content, body: content("100") },
    { num: AT.form, body: FORM },
    { num: AT.field, body: field() },
    { num: AT.info, body: "<< /Title (Agreement) >>" },
    { num: AT.font, body: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" },
    { num: AT.resources, body: "<< /Font << /F1 8 0 R >> >>" },
    {
      num: AT.second,
      body: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R /Resources 9 0 R >>",
    },
    { num: AT.secondContent, body: streamBody("", "BT /F1 12 Tf 72 700 Td (Second page) Tj ET") },
  ]
  const all = [...base.filter((one) => !other.some((two) => two.num === one.num)), ...other]
  return writePdf(
    all.sort((a, b) => a.num - b.num),
    layout,
    trailer ?? "/Root 1 0 R /Info 7 0 R",
  )
}

/** The body of a signature that is still to be made. */
export function blank(rest = "", subFilter = "ETSI.CAdES.detached", room = ROOM): string {
  const type = subFilter === "ETSI.RFC3161" ? "DocTimeStamp" : "Sig"
  const hole = `/Contents <${"0".repeat(room)}>`
  return `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter} ${BLANK_RANGE} ${hole} ${rest} >>`
}

/** Fills the last blank signature of a file: which bytes it covers, then its value over them. */
export function fill(pdf: Buffer, make: (pieces: Buffer[]) => Buffer): Buffer {
  const out = Buffer.from(pdf)
  const at = out.lastIndexOf(BLANK_RANGE)
  const open = out.indexOf("<", out.indexOf("/Contents", at))
  const close = out.indexOf(">", open) + 1
  const range = [open, close, out.length - close].map((one) => String(one).padStart(10, "0"))
  out.write(`/ByteRange [0 ${range.join(" ")}]`, at, "latin1")
  const value = make([out.subarray(0, open), out.subarray(close)])
  if (value.length * 2 > close - open - 2) throw new Error("the room for the signature is too small")
  out.write(value.toString("hex"), open + 1, "latin1")
  return out
}

export type Signing = {
  num?: number
  rest?: string
  subFilter?: string
  objects?: Obj[]
  update?: Update
  fieldRest?: string
  /** Signs the field that stands there; null: the objects say where the signature hangs. */
  existing?: boolean
}

/** Signs in a revision of its own: the field of the sample, with a signature object of this number. */
export function signed(pdf: Buffer, make: (pieces: Buffer[]) => Buffer, how: Signing = {}): Buffer {
  const num = how.num ?? 20
  const objects: Obj[] = [
    ...(how.existing === false ? [] : [{ num: AT.field, body: field(how.fieldRest, num) }]),
    { num, body: blank(how.rest, how.subFilter) },
    ...(how.objects ?? []),
  ]
  return fill(append(pdf, objects, { trailer: "/Root 1 0 R /Info 7 0 R", ...how.update }), make)
}
