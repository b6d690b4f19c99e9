import type { PdfView } from "@/formats/pdf/file"
import { nameOf, numberOf, type PdfDict, type PdfStream, type PdfValue } from "@/formats/pdf/values"
import type { Layers } from "./layers"

/** The picture of a filled field, a signature or a stamp, and where it stands on its page. */
export type Stamp = { stream: PdfStream; matrix: [number, number, number, number, number, number] }

/** What a page shows that is no comment, link or note: those are nobody's paper. */
const SHOWN = new Set(["Widget", "Stamp"])
const HIDDEN = 2
const NO_VIEW = 32
const MOST = 1_000

/** Fields and stamps of a page as pictures (ISO 32000, 12.5.5); what they are besides, their values and actions, stays behind. */
export function stampsOf(view: PdfView, page: PdfDict, layers: Pick<Layers, "hides">): Stamp[] {
  return view
    .items(page.map.get("Annots"))
    .slice(0, MOST)
    .flatMap((one) => {
      const of = view.dict(one)
      if (!of || !SHOWN.has(nameOf(view.resolve(of.map.get("Subtype"))) ?? "")) return []
      const flags = view.resolve(of.map.get("F"))
      if (typeof flags === "number" && (flags & (HIDDEN | NO_VIEW)) !== 0) return []
      if (layers.hides(of.map.get("OC"))) return []
      const stream = appearance(view, of)
      const rect = numbers(view, of.map.get("Rect"), 4)
      const matrix = stream && rect && placed(view, stream, rect)
      return stream && matrix ? [{ stream, matrix }] : []
    })
}

function appearance(view: PdfView, of: PdfDict): PdfStream | null {
  const normal = view.resolve(view.dict(of.map.get("AP"))?.map.get("N"))
  if (normal === null || typeof normal !== "object") return null
  if (normal.t === "stream") return normal
  const state = nameOf(view.resolve(of.map.get("AS")))
  const found = normal.t === "dict" && state !== null ? view.resolve(normal.map.get(state)) : null
  return found !== null && typeof found === "object" && found.t === "stream" ? found : null
}

function numbers(view: PdfView, value: PdfValue | undefined, count: number): number[] | null {
  const found = view.items(value).map((one) => numberOf(view.resolve(one)))
  return found.length === count && found.every((one) => one !== null) ? (found as number[]) : null
}

function placed(view: PdfView, stream: PdfStream, rect: number[]): Stamp["matrix"] | null {
  const box = numbers(view, stream.dict.map.get("BBox"), 4)
  if (!box) return null
  const [a, b, c, d, e, f] = (numbers(view, stream.dict.map.get("Matrix"), 6) ?? [1, 0, 0, 1, 0, 0]) as Stamp["matrix"]
  const [x0, y0, x1, y1] = box as [number, number, number, number]
  const corners = [x0, x1].flatMap((x) => [y0, y1].map((y) => [a * x + c * y + e, b * x + d * y + f] as const))
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const [left, low] = [Math.min(...xs), Math.min(...ys)]
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - low]
  const [r0, r1, r2, r3] = rect as [number, number, number, number]
  if (wide <= 0 || high <= 0) return null
  const sx = Math.abs(r2 - r0) / wide
  const sy = Math.abs(r3 - r1) / high
  return [sx, 0, 0, sy, Math.min(r0, r2) - left * sx, Math.min(r1, r3) - low * sy]
}
