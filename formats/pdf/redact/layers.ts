import type { PdfView } from "@/formats/pdf/file"
import { nameOf, type PdfDict, type PdfValue } from "@/formats/pdf/values"
import { dict, name, type Made, type Out } from "./write"

/** Layers of the pages that are kept: what was hidden stays hidden. They lose their names, which are nobody's business. */
export class Layers {
  private readonly made = new Map<PdfDict, { ref: number; off: boolean }>()

  constructor(
    private readonly view: PdfView,
    private readonly out: Out,
  ) {}

  /** What a marked part of a page belongs to; what is no layer says nothing. */
  copy(value: PdfValue | undefined): Made {
    const of = this.view.dict(value)
    const type = of && nameOf(this.view.resolve(of.map.get("Type")))
    if (!of || (type !== "OCG" && type !== "OCMD")) return dict()
    if (type === "OCG") return this.layer(of)
    const held = of.map.get("OCGs")
    const some = this.view.dict(held) ? [held as PdfValue] : this.view.items(held)
    const policy = nameOf(this.view.resolve(of.map.get("P")))
    return dict(
      ["Type", name("OCMD")],
      [
        "OCGs",
        some.flatMap((one) => {
          const layer = this.view.dict(one)
          return layer ? [this.layer(layer)] : []
        }),
      ],
      ["P", policy === null ? undefined : name(policy)],
    )
  }

  private layer(of: PdfDict): { ref: number } {
    const known = this.made.get(of)
    if (known) return { ref: known.ref }
    const { ref } = this.out.put(dict(["Type", name("OCG")], ["Name", { text: `Layer ${this.made.size + 1}` }]))
    this.made.set(of, { ref, off: this.hidden().has(of) })
    return { ref }
  }

  private off: Set<PdfDict> | null = null
  private hidden(): Set<PdfDict> {
    if (this.off) return this.off
    const root = this.view.dict(this.view.trailer.map.get("Root"))
    const all = this.view.dict(root?.map.get("OCProperties"))
    const usual = this.view.dict(all?.map.get("D"))
    const dicts = (value: PdfValue | undefined): PdfDict[] =>
      this.view.items(value).flatMap((one) => this.view.dict(one) ?? [])
    const base = nameOf(this.view.resolve(usual?.map.get("BaseState"))) === "OFF" ? dicts(all?.map.get("OCGs")) : []
    this.off = new Set([...base, ...dicts(usual?.map.get("OFF"))])
    for (const one of base.length > 0 ? dicts(usual?.map.get("ON")) : []) this.off.delete(one)
    return this.off
  }

  /** What the catalog says of them; undefined where there are none. */
  catalog(): Made | undefined {
    if (this.made.size === 0) return undefined
    const refs = [...this.made.values()]
    const ref = ({ ref: at }: { ref: number }): Made => ({ ref: at })
    return dict(["OCGs", refs.map(ref)], ["D", dict(["OFF", refs.filter(({ off }) => off).map(ref)], ["Order", []])])
  }
}
