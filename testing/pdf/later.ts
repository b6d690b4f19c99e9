import { byJane, look } from "./cast"
import { agreement, AT, CATALOG, FORM, PAGE, signed } from "./signed"
import { append, streamBody, type Obj } from "./writer"

export const TRAILER = { trailer: "/Root 1 0 R /Info 7 0 R" }
export const first = () => signed(agreement(), byJane())
export const after = async (objects: Obj[], pdf = first(), more = {}) =>
  look(append(pdf, objects, { ...TRAILER, ...more }))
/** A signature that allows so much (DocMDP), certifying the file. */
export const certified = (level: number, base = agreement(), fieldRest = "") =>
  signed(base, byJane(), {
    fieldRest,
    rest: `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${level} /V /1.2 >> >>]`,
    objects: [{ num: AT.catalog, body: CATALOG.replace(" >>", " /Perms << /DocMDP 20 0 R >> >>") }],
  })
export const CERTIFIED = CATALOG.replace(" >>", " /Perms << /DocMDP 20 0 R >> >>")

/** An agreement with a text field beside the signature. */
export const withField = () =>
  agreement([
    { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 12 0 R 14 0 R]") },
    { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 12 0 R 14 0 R]") },
    { num: 12, body: textField("(100)") },
    { num: 13, body: picture("100") },
    { num: 14, body: sigField("Sig2", null) },
  ])
export const textField = (value: string, rest = "") =>
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (Fee) /V ${value} /Rect [10 10 90 30] /P 3 0 R /AP << /N 13 0 R >> ${rest} >>`
export const picture = (text: string) =>
  streamBody("/Type /XObject /Subtype /Form /BBox [0 0 80 20]", `BT (${text}) Tj ET`)
export const sigField = (name: string, value: number | null, rect = "0 0 0 0", rest = "") =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /Rect [${rect}] /P 3 0 R ${value ? `/V ${value} 0 R` : ""} ${rest} >>`
export const anew = (num: number, rect: string, value = 31, rest = ""): Obj[] => [
  { num: AT.form, body: FORM.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
  { num: AT.page, body: PAGE.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
  { num, body: sigField("Later", value, rect, rest) },
]
export const signAgain = (pdf: Buffer, objects: Obj[], num = 31, rest = "") =>
  signed(pdf, byJane(), { num, existing: false, objects, rest })
