import { PdfError } from "@/formats/pdf/budget"
import { PdfFile } from "@/formats/pdf/file"
import { PageCopier } from "./copy"
import { pagesOf } from "./pages"
import { dict, name, Out } from "./write"

/**
 * A new PDF of the original's pages in their order, where in the place of each withheld one stands a sheet, and before all of
 * them the other sheets. `sheets`: a PDF of ours, its last pages the sheets of the withheld pages in their order. Of the
 * original nothing gets in but what the kept pages draw.
 */
export function redacted(
  original: Uint8Array,
  sheets: Uint8Array,
  withheld: readonly number[],
): { bytes: Buffer; pages: number } {
  const from = new PdfFile(original)
  const view = from.view(from.revisions.length - 1)
  const pages = pagesOf(view)
  const gone = new Set(withheld)
  if (gone.size === 0 || [...gone].some((n) => n < 1 || n > pages.length))
    throw new PdfError("needs-repair", "no such page")
  const ours = new PdfFile(sheets)
  const oursView = ours.view(ours.revisions.length - 1)
  const own = pagesOf(oursView)
  if (own.length <= gone.size) throw new PdfError("needs-repair", "too few sheets")
  const out = new Out()
  const root = out.place()
  const tree = { ref: out.place() }
  const kept = pages.filter((_page, i) => !gone.has(i + 1))
  const copier = new PageCopier(view, out)
  const writer = new PageCopier(oursView, out)
  copier.withhold(
    pages.filter((_page, i) => gone.has(i + 1)),
    kept,
  )
  copier.note(kept)
  writer.note(own)
  const before = own.slice(0, own.length - gone.size)
  const instead = own.slice(own.length - gone.size)
  const kids = before.map((page) => writer.page(page, tree))
  pages.forEach((page, i) => {
    const sheet = gone.has(i + 1) ? instead.shift() : undefined
    kids.push(sheet ? writer.page(sheet, tree) : copier.page(page, tree))
  })
  out.put(dict(["Type", name("Pages")], ["Count", kids.length], ["Kids", kids]), tree.ref)
  out.put(dict(["Type", name("Catalog")], ["Pages", tree], ["OCProperties", copier.layers.catalog()]), root)
  return { bytes: out.file({ ref: root }), pages: pages.length }
}
