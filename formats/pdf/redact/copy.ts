import { PDF_LIMITS, PdfError } from "@/formats/pdf/budget"
import type { PdfView } from "@/formats/pdf/file"
import { dictOf, kindOf, nameOf, type PdfDict, type PdfStream, type PdfValue } from "@/formats/pdf/values"
import { usedAs, usesOf, type Uses } from "./content"
import { decoded } from "./decode"
import { FontCopier } from "./font-copy"
import { Layers } from "./layers"
import { stampsOf } from "./stamps"
import type { Page } from "./pages"
import { dict, name, plain, type Made, type Out } from "./write"

const IMAGE = "Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData Filter".split(
  " ",
)
const STATE = "LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK BG BG2 UCR UCR2 TR TR2".split(" ")
/** What colours, shadings, functions, packed pictures and maps of letters are made of; whatever else stands in them stays behind. */
const PARTS = new Set(
  [
    "Type N Alternate Range WhitePoint BlackPoint Gamma Matrix Subtype Process Components ColorSpace Colorants",
    "FunctionType Domain Size BitsPerSample Order Encode Decode C0 C1 Functions Bounds",
    "ShadingType Background BBox AntiAlias Coords Function Extend BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow",
    "Filter DecodeParms Predictor Colors Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1",
    "DamagedRowsBeforeError JBIG2Globals ColorTransform CMapName CIDSystemInfo Registry Ordering Supplement WMode UseCMap",
  ].flatMap((line) => line.split(" ")),
)
const ELSEWHERE = new Set(
  "Page Pages Catalog Outlines StructElem StructTreeRoot Filespec EmbeddedFile Metadata Annot Action Sig".split(" "),
)

/**
 * Copies pages into a new file: nothing but what is drawn on them, taken up by its name, and of each resource only what they use.
 * What has no name here stays behind.
 */
export class PageCopier {
  private readonly made = new Map<string, { ref: number }>()
  private readonly uses = new Map<PdfStream, Uses>()
  readonly fonts: FontCopier
  readonly layers: Layers

  constructor(
    private readonly view: PdfView,
    private readonly out: Out,
  ) {
    this.fonts = new FontCopier(
      view,
      out,
      (value) => this.value(value, 0),
      (resources, drawings) => {
        const names = new Set(drawings.flatMap((one) => [...this.usesOf(one).names]))
        return this.resources(resources, { names, shown: new Map() }, null)
      },
    )
    this.layers = new Layers(view, out)
  }

  /** Notes what pages show with each font, before any of it is copied: a font is copied once for all of them. */
  note(pages: readonly Page[]): void {
    for (const page of pages) {
      const { bytes, stamps } = this.drawn(page)
      const resources = this.view.dict(page.inherited.get("Resources"))
      this.noteUses(usesOf(bytes), resources, resources, 0)
      for (const { stream } of stamps) this.noteForm(stream, resources, 0)
    }
  }

  private readonly apart = new Set<number>()
  /** Notes what withheld pages alone say: where it is asked for as a colour or a picture, there is no copy. */
  withhold(gone: readonly Page[], kept: readonly Page[]): void {
    for (const page of gone) for (const one of this.contents(page)) this.apart.add(one.start)
    for (const page of kept) for (const one of this.contents(page)) this.apart.delete(one.start)
  }

  private contents(page: Page): PdfStream[] {
    const held = this.view.resolve(page.dict.map.get("Contents"))
    const parts = held !== null && typeof held === "object" && held.t === "array" ? held.items : [held]
    return parts.flatMap((part) => this.stream(part) ?? [])
  }

  private readonly seen = new Set<string>()
  private noteForm(stream: PdfStream, page: PdfDict | null, depth: number): void {
    const key = `${stream.start}`
    if (depth > 40) throw new PdfError("too-deep")
    if (this.seen.has(key)) return
    this.seen.add(key)
    const own = this.view.dict(stream.dict.map.get("Resources"))
    this.noteUses(this.usesOf(stream), own ?? page, page, depth + 1)
  }

  private noteUses(uses: Uses, resources: PdfDict | null, page: PdfDict | null, depth: number): void {
    const held = (kind: string): [string, PdfValue][] =>
      [...(this.view.dict(resources?.map.get(kind))?.map ?? [])].filter(([key]) => uses.names.has(usedAs(kind, key)))
    for (const [key, value] of held("Font")) {
      const font = this.view.dict(value)
      if (!font) continue
      this.fonts.shows(font, uses.shown.get(key) ?? new Set())
      for (const glyph of this.fonts.drawings(font))
        this.noteForm(glyph, this.view.dict(font.map.get("Resources")) ?? page, depth)
    }
    for (const [, value] of [...held("XObject"), ...held("Pattern")]) {
      const stream = this.stream(value)
      if (stream && nameOf(this.view.resolve(stream.dict.map.get("Subtype"))) !== "Image")
        this.noteForm(stream, page, depth)
    }
    for (const [, value] of held("ExtGState")) {
      const state = this.view.dict(value)
      const font = this.view.dict(this.view.items(state?.map.get("Font"))[0])
      if (font) this.fonts.shows(font, null)
      const group = this.stream(this.view.dict(state?.map.get("SMask"))?.map.get("G"))
      if (group) this.noteForm(group, page, depth)
    }
  }

  private usesOf(stream: PdfStream): Uses {
    const known = this.uses.get(stream)
    if (known) return known
    const uses = usesOf(decoded(this.view, stream))
    this.uses.set(stream, uses)
    return uses
  }

  private drawn(page: Page): { bytes: Uint8Array; stamps: ReturnType<typeof stampsOf> } {
    const bytes = Buffer.concat(
      this.contents(page).flatMap((stream) => [Buffer.from(decoded(this.view, stream)), Buffer.from("\n")]),
    )
    return { bytes, stamps: stampsOf(this.view, page.dict, this.layers) }
  }

  /** One page, to hang under these. */
  page(page: Page, parent: { ref: number }): { ref: number } {
    const { bytes, stamps } = this.drawn(page)
    const uses = usesOf(bytes)
    const resources = this.resources(this.view.dict(page.inherited.get("Resources")), uses, null)
    const xobjects = new Map((resources.dict.get("XObject") as { dict: Map<string, Made> } | undefined)?.dict ?? [])
    let behind = ""
    stamps.forEach(({ stream, matrix }, i) => {
      const key = `OnwardStamp${i}`
      const form = this.form(stream, this.view.dict(page.inherited.get("Resources")))
      if (!form) return
      xobjects.set(key, form)
      behind += `q ${matrix.map((one) => Number(one.toFixed(5))).join(" ")} cm /${key} Do Q\n`
    })
    if (xobjects.size > 0) resources.dict.set("XObject", { dict: xobjects })
    // What a page leaves open does not reach what is drawn over it.
    const content = behind === "" ? bytes : Buffer.concat([Buffer.from("q\n"), bytes, Buffer.from(`\nQ\n${behind}`)])
    const box = (key: string): Made | undefined => {
      const found = this.view.items(page.inherited.get(key)).map((one) => plain(this.view.resolve(one)))
      return found.length === 4 && found.every((one) => typeof one === "number") ? found : undefined
    }
    const group = this.group(page.dict)
    const rotate = this.view.resolve(page.inherited.get("Rotate"))
    return this.out.put(
      dict(
        ["Type", name("Page")],
        ["Parent", parent],
        ["MediaBox", box("MediaBox") ?? [0, 0, 612, 792]],
        ["CropBox", box("CropBox")],
        ["Rotate", typeof rotate === "number" && rotate % 90 === 0 ? rotate : undefined],
        ["UserUnit", plainNumber(plain(this.view.resolve(page.dict.map.get("UserUnit"))))],
        ["Resources", resources],
        ["Contents", this.out.stream(dict(), content, false)],
        ["Group", group],
      ),
    )
  }

  private group(of: PdfDict): Made | undefined {
    const group = this.view.dict(of.map.get("Group"))
    if (!group) return undefined
    const space = group.map.get("CS")
    return dict(
      ["S", plain(this.view.resolve(group.map.get("S")))],
      ["CS", space === undefined ? undefined : this.value(space, 0)],
      ["I", plain(this.view.resolve(group.map.get("I")))],
      ["K", plain(this.view.resolve(group.map.get("K")))],
    )
  }

  /** Of resources what is used by name. `page`: those of the page, which a drawing without its own falls back on. */
  private resources(of: PdfDict | null, uses: Uses, page: PdfDict | null): { dict: Map<string, Made> } {
    const out = new Map<string, Made>()
    const add = (kind: string, make: (value: PdfValue) => Made | null): void => {
      const held = this.view.dict(of?.map.get(kind))
      const some = new Map<string, Made>()
      for (const [key, value] of held?.map ?? []) {
        if (!uses.names.has(usedAs(kind, key)) && !(kind === "ColorSpace" && key.startsWith("Default"))) continue
        const made = make(value)
        if (made !== null) some.set(key, made)
      }
      if (some.size > 0) out.set(kind, { dict: some })
    }
    add("Font", (value) => this.fonts.copy(value))
    add("XObject", (value) => this.xobject(value, page ?? of))
    add("ExtGState", (value) => this.state(value, page ?? of))
    add("Pattern", (value) => this.pattern(value, page ?? of))
    add("ColorSpace", (value) => this.value(value, 0))
    add("Shading", (value) => this.value(value, 0))
    add("Properties", (value) => this.layers.copy(value))
    return { dict: out }
  }

  private stream(value: PdfValue | undefined): PdfStream | null {
    const found = this.view.resolve(value)
    return found !== null && typeof found === "object" && found.t === "stream" ? found : null
  }

  private once(kind: string, stream: PdfStream, make: (at: number) => void): { ref: number } {
    if (this.apart.has(stream.start))
      throw new PdfError("needs-repair", "what a withheld page says, under another name")
    const key = `${kind} ${stream.start}`
    const known = this.made.get(key)
    if (known) return known
    const ref = { ref: this.out.place() }
    this.made.set(key, ref)
    make(ref.ref)
    return ref
  }

  private xobject(value: PdfValue, page: PdfDict | null): Made | null {
    const stream = this.stream(value)
    const subtype = stream && nameOf(this.view.resolve(stream.dict.map.get("Subtype")))
    if (!stream) return null
    if (subtype === "Image") return this.image(stream, 0)
    return subtype === "Form" ? this.form(stream, page) : null
  }

  private image(stream: PdfStream, depth: number): Made {
    if (depth > 4) throw new PdfError("too-deep")
    return this.once("image", stream, (at) => {
      const of = stream.dict.map
      const head = dict(...IMAGE.map((key) => [key, of.has(key) ? this.flat(of.get(key)) : undefined] as const))
      for (const key of ["ColorSpace", "DecodeParms"]) if (of.has(key)) head.dict.set(key, this.value(of.get(key), 0))
      for (const key of ["SMask", "Mask"]) {
        const mask = this.stream(of.get(key))
        if (mask) head.dict.set(key, this.image(mask, depth + 1))
        else if (key === "Mask" && of.has(key)) head.dict.set(key, this.flat(of.get(key)))
      }
      if (of.has("OC")) head.dict.set("OC", this.layers.copy(of.get("OC")))
      this.out.stream(head, this.bytes(stream), true, at)
    })
  }

  private form(stream: PdfStream, page: PdfDict | null): Made | null {
    return this.once("form", stream, (at) => {
      const of = stream.dict.map
      const own = this.view.dict(of.get("Resources"))
      const head = dict(
        ["Type", name("XObject")],
        ["Subtype", name("Form")],
        ["BBox", this.flat(of.get("BBox"))],
        ["Matrix", of.has("Matrix") ? this.flat(of.get("Matrix")) : undefined],
        ["Group", this.group(stream.dict)],
        ["OC", of.has("OC") ? this.layers.copy(of.get("OC")) : undefined],
        ["Resources", this.resources(own ?? page, this.usesOf(stream), page)],
      )
      this.out.stream(head, decoded(this.view, stream), false, at)
    })
  }

  private pattern(value: PdfValue, page: PdfDict | null): Made | null {
    const stream = this.stream(value)
    const of = dictOf(this.view.resolve(value))
    if (!of) return null
    if (!stream)
      return dict(
        ["PatternType", 2],
        ["Shading", this.value(of.map.get("Shading"), 0)],
        ["Matrix", of.map.has("Matrix") ? this.flat(of.map.get("Matrix")) : undefined],
      )
    return this.once("pattern", stream, (at) => {
      const keys = "PatternType PaintType TilingType BBox XStep YStep Matrix".split(" ")
      const head = dict(...keys.map((key) => [key, of.map.has(key) ? this.flat(of.map.get(key)) : undefined] as const))
      const own = this.view.dict(of.map.get("Resources"))
      head.dict.set("Resources", this.resources(own ?? page, this.usesOf(stream), page))
      this.out.stream(head, decoded(this.view, stream), false, at)
    })
  }

  private state(value: PdfValue, page: PdfDict | null): Made | null {
    const of = this.view.dict(value)
    if (!of) return null
    const head = dict(
      ...STATE.map((key) => [key, of.map.has(key) ? this.value(of.map.get(key), 0) : undefined] as const),
    )
    const [font, size] = this.view.items(of.map.get("Font"))
    if (font !== undefined) head.dict.set("Font", [this.fonts.copy(font), plain(this.view.resolve(size))])
    const mask = this.view.dict(of.map.get("SMask"))
    const group = this.stream(mask?.map.get("G"))
    if (mask && group)
      head.dict.set(
        "SMask",
        dict(
          ["S", plain(this.view.resolve(mask.map.get("S")))],
          ["G", this.form(group, page)],
          ["BC", mask.map.has("BC") ? this.flat(mask.map.get("BC")) : undefined],
          ["TR", mask.map.has("TR") ? this.value(mask.map.get("TR"), 0) : undefined],
        ),
      )
    else if (of.map.has("SMask")) head.dict.set("SMask", name("None"))
    return head
  }

  /** A value of numbers and names alone. */
  private flat(value: PdfValue | undefined): Made {
    const found = this.view.resolve(value)
    if (found !== null && typeof found === "object" && found.t === "array")
      return found.items.slice(0, 1_000).map((one) => plain(this.view.resolve(one)))
    return plain(found)
  }

  private bytes(stream: PdfStream): Uint8Array {
    const { bytes } = this.view.file
    return bytes.subarray(stream.start, stream.start + stream.length)
  }

  /** Colours, shadings, functions and the like, by what they are made of. `named`: its keys are the names of inks. */
  private value(value: PdfValue | undefined, depth: number, named = false): Made {
    if (depth > PDF_LIMITS.depth) throw new PdfError("too-deep")
    const found = this.view.resolve(value)
    if (found === null || typeof found !== "object") return plain(found)
    if (found.t === "array") {
      // Words stand in no colour but as the table of one that has few.
      const table = ["Indexed", "I"].includes(nameOf(this.view.resolve(found.items[0])) ?? "") ? 3 : -1
      const isText = (one: PdfValue): boolean => kindOf(this.view.resolve(one)) === "string"
      return found.items.map((one, i) => (isText(one) && i !== table ? null : this.value(one, depth + 1)))
    }
    const of = dictOf(found)
    if (!of) return plain(found)
    if (ELSEWHERE.has(nameOf(this.view.resolve(of.map.get("Type"))) ?? "")) return null
    const entries = (): { dict: Map<string, Made> } =>
      dict(
        ...[...of.map]
          .filter(([key]) => PARTS.has(key) || named)
          .map(([key, each]) => [key, this.value(each, depth + 1, key === "Colorants")] as const),
      )
    if (found.t !== "stream") return entries()
    return this.once("value", found, (at) => void this.out.stream(entries(), this.bytes(found), true, at))
  }
}

const plainNumber = (value: Made): Made | undefined => (typeof value === "number" ? value : undefined)
