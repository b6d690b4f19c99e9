import { PDF_LIMITS, PdfError } from "@/formats/pdf/budget"
import type { PdfView } from "@/formats/pdf/file"
import { nameOf, type PdfDict, type PdfValue } from "@/formats/pdf/values"

/** A page with what it has from those above it. */
export type Page = { dict: PdfDict; inherited: ReadonlyMap<string, PdfValue> }

const INHERITS = ["Resources", "MediaBox", "CropBox", "Rotate"]
const MOST = 5_000

/** The pages of a file in their order. A page that stands in two places is not what it seems, and is refused. */
export function pagesOf(view: PdfView): Page[] {
  const root = view.dict(view.trailer.map.get("Root"))
  if (!root) throw new PdfError("needs-repair", "no catalog")
  const out: Page[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue | undefined, above: ReadonlyMap<string, PdfValue>, depth: number): void => {
    if (depth > PDF_LIMITS.depth) throw new PdfError("too-deep")
    if (value !== null && typeof value === "object" && value.t === "ref") {
      if (seen.has(value.num)) throw new PdfError("needs-repair", "a page in two places")
      seen.add(value.num)
    }
    const node = view.dict(value)
    if (!node) throw new PdfError("needs-repair", "a page that is none")
    if (node.twice.length > 0) throw new PdfError("needs-repair", "a page that reads in two ways")
    const inherited = new Map(above)
    for (const key of INHERITS) if (node.map.has(key)) inherited.set(key, node.map.get(key) as PdfValue)
    const kids = node.map.has("Kids") && nameOf(view.resolve(node.map.get("Type"))) !== "Page"
    if (!kids) {
      out.push({ dict: node, inherited })
      if (out.length > MOST) throw new PdfError("too-many-objects")
      return
    }
    const before = out.length
    for (const kid of view.items(node.map.get("Kids"))) walk(kid, inherited, depth + 1)
    // Readers go by these numbers: where they are wrong, one's second page is another's third.
    if (view.resolve(node.map.get("Count")) !== out.length - before)
      throw new PdfError("needs-repair", "pages that are counted otherwise")
  }
  walk(root.map.get("Pages"), new Map(), 0)
  return out
}
