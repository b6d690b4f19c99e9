import { describe, expect, test } from "vitest"
import { caught, first, swapped, TRAILER } from "./attack"
import { byJane, cast, inShort, look } from "./cast"
import { makeCms } from "./cms"
import { agreement, AT, blank, BLANK_RANGE, CATALOG, content, field, fill, FORM, PAGE, signed } from "./signed"
import { append, lastStart, streamBody, type Obj } from "./writer"

describe("bytes under the signature", () => {
  test("one changed byte: failed", async () => {
    await caught(swapped(first(), "fee is 100", "fee is 900"), /^failed \| failed\(digest/)
  })

  test("a signature of another file: failed", async () => {
    const other = signed(agreement([{ num: AT.content, body: content("999") }]), byJane())
    const value = /\/Contents <([0-9a-f]+)>/
    const stolen = value.exec(first().toString("latin1"))?.[1] ?? ""
    const mine = value.exec(other.toString("latin1"))?.[1] ?? ""
    await caught(swapped(other, mine, stolen), /digest/)
  })

  test("the digest put right, the value not: failed", async () => {
    const make = (pieces: Uint8Array[]) => {
      const good = makeCms(pieces, { signer: cast().jane })
      good[good.length - 1] = (good[good.length - 1] ?? 0) ^ 1
      return good
    }
    await caught(signed(agreement(), make), /value|not-cms/)
  })

  test("the certificate of somebody else beside a stranger's signature: failed", async () => {
    const { jane, stranger } = cast()
    const make = byJane({ signer: { ...jane, keys: stranger.keys } })
    await caught(signed(agreement(), make), /^failed \| failed\(value/)
  })

  test("signed attributes that name another certificate: not passed", async () => {
    const report = await look(signed(agreement(), byJane({ namedCertificate: cast().stranger })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(other-certificate) later none[]")
  })
})

describe("universal forgery", () => {
  const range = (replace: string) => (pdf: Buffer) =>
    swapped(pdf, found(pdf, /\/ByteRange \[[^\]]*\]/), padded(pdf, replace))
  const found = (pdf: Buffer, what: RegExp) => what.exec(pdf.toString("latin1"))?.[0] ?? ""
  const padded = (pdf: Buffer, text: string) => text.padEnd(found(pdf, /\/ByteRange \[[^\]]*\]/).length, " ")
  test.each([
    ["no ByteRange", "/Bytexxxxx [0 1]"],
    ["null", "/ByteRange null"],
    ["empty", "/ByteRange []"],
    ["one number", "/ByteRange [0]"],
    ["below zero", "/ByteRange [0 -1 -1 -1]"],
    ["nothing covered", "/ByteRange [0 0 0 0]"],
    ["far beyond", "/ByteRange [0 99999 99999 99999]"],
    ["six numbers", "/ByteRange [0 1 2 3 4 5]"],
    ["indirect", "/ByteRange 7 0 R"],
    ["an indirect number", "/ByteRange [0 7 0 R 1 2]"],
    ["words", "/ByteRange [(0) (1) (2) (3)]"],
    ["fractions", "/ByteRange [0.0 1.5 2.5 3.5]"],
    ["huge", "/ByteRange [0 1 99999999999999999999 1]"],
    ["one piece over all", "/ByteRange [0 99 0 99]"],
  ])("ByteRange: %s", async (_name, text) => {
    await caught(range(text)(first()), /^failed \| failed\(form\./)
  })

  test.each([
    ["gone", (hole: string) => `/Contexxx <${"0".repeat(hole.length - 12)}>`],
    ["null", (hole: string) => "/Contents null".padEnd(hole.length)],
    ["empty", (hole: string) => "/Contents <>".padEnd(hole.length)],
    ["zeros", (hole: string) => `/Contents <${"0".repeat(hole.length - 12)}>`],
    ["a text", (hole: string) => `/Contents (${"0".repeat(hole.length - 12)})`],
    ["indirect", (hole: string) => "/Contents 7 0 R".padEnd(hole.length)],
    ["spaces inside", (hole: string) => hole.replace(/<../, "<  ")],
    ["something behind it", (hole: string) => hole.replace(/00>$/, "ff>")],
  ])("Contents: %s", async (_name, change) => {
    const pdf = first()
    const hole = found(pdf, /\/Contents <[0-9a-f]+>/)
    await caught(swapped(pdf, hole, change(hole)), /^failed \| failed\(/)
  })

  test("ByteRange twice", async () => {
    const pdf = fill(
      append(
        agreement(),
        [
          { num: AT.field, body: field("", 20) },
          { num: 20, body: blank("/ByteRange [0 1 2 3]") },
        ],
        TRAILER,
      ),
      byJane(),
    )
    await caught(pdf, /read-two-ways/)
  })

  test("no signature where the field says there is one", async () => {
    await caught(
      append(
        agreement(),
        [
          { num: AT.field, body: field("", 20) },
          { num: 20, body: "<< /Type /Sig >>" },
        ],
        TRAILER,
      ),
      /^failed/,
    )
    await caught(
      append(
        agreement(),
        [
          { num: AT.field, body: field("", 20) },
          { num: 20, body: "(signed)" },
        ],
        TRAILER,
      ),
      /^failed/,
    )
  })
})

describe("signature wrapping", () => {
  test("the second piece moved behind what was put between", async () => {
    // The value stays; what follows it is pushed on, and other objects stand in the gap that ByteRange leaves.
    const pdf = first()
    const text = pdf.toString("latin1")
    const [, b, c, d] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text) ?? []
    const wedge = Buffer.from(`\n4 0 obj\n${content("999").toString("latin1")}\nendobj\n`, "latin1")
    const moved = Buffer.concat([pdf.subarray(0, Number(c)), wedge, pdf.subarray(Number(c))])
    const range = `/ByteRange [0 ${b} ${String(Number(c) + wedge.length).padStart(10, "0")} ${d}]`
    await caught(swapped(moved, `/ByteRange [0 ${b} ${c} ${d}]`, range), /^failed/)
  })

  test("a gap wider than the value", async () => {
    const wide = (pdf: Buffer) => {
      const at = pdf.lastIndexOf(BLANK_RANGE)
      const open = pdf.indexOf("<", pdf.indexOf("/Contents", at))
      const close = pdf.indexOf(">", open) + 1
      const early = open - 30
      const out = Buffer.from(pdf)
      const numbers = [early, close, pdf.length - close].map((one) => String(one).padStart(10, "0"))
      out.write(`/ByteRange [0 ${numbers.join(" ")}]`, at, "latin1")
      out.write(byJane()([out.subarray(0, early), out.subarray(close)]).toString("hex"), open + 1, "latin1")
      return out
    }
    const pdf = append(
      agreement(),
      [
        { num: AT.field, body: field("", 20) },
        { num: 20, body: blank() },
      ],
      TRAILER,
    )
    await caught(wide(pdf), /hole-is-not-contents/)
  })

  test("the value of another signature object", async () => {
    // A second object borrows the bytes of the first: its own value stands elsewhere.
    const pdf = first()
    const [range, hole] = [/\/ByteRange \[[^\]]*\]/, /\/Contents <[0-9a-f]+>/].map(
      (one) => one.exec(pdf.toString("latin1"))?.[0],
    )
    const copy = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${range} ${hole} >>`
    const objects: Obj[] = [
      { num: AT.field, body: field("", 40) },
      { num: 40, body: copy },
      { num: AT.content, body: content("999") },
    ]
    await caught(append(pdf, objects, TRAILER), /^failed/)
  })

  test("a value packed away in an object stream, with a decoy where it is said to stand", async () => {
    const hole = `<${"0".repeat(12_000)}>`
    const base = append(agreement(), [{ num: 40, body: streamBody("", `${BLANK_RANGE} /Contents ${hole}`) }], TRAILER)
    const decoy = fill(base, byJane())
    const text = decoy.toString("latin1")
    const [range, value] = [/\/ByteRange \[[^\]]*\]/, /\/Contents <[0-9a-f]+>/].map((one) => one.exec(text)?.[0])
    // What is told apart by `/ByteRange` is left where it is by the writer: the name is written another way.
    const body = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${range?.replace("/Byte", "/#42yte")} ${value} >>`
    const pdf = append(
      decoy,
      [
        { num: AT.field, body: field("", 41) },
        { num: 41, body },
      ],
      { ...TRAILER, layout: "packed" },
    )
    await caught(pdf, /^failed .*packed-away/)
  })

  test("a signature that ends before the save does", async () => {
    const make = (cut: number) => {
      const pdf = append(
        agreement(),
        [
          { num: AT.field, body: field("", 20) },
          { num: 20, body: blank() },
        ],
        TRAILER,
      )
      return fill(pdf.subarray(0, pdf.length - cut), byJane())
    }
    await caught(Buffer.concat([make(20), Buffer.from("9\n%%EOF\n")]), /./)
  })
})

describe("saved once more", () => {
  const late = `\n4 0 obj\n${content("999").toString("latin1")}\nendobj\n`
  test.each([
    ["objects and nothing else", late],
    ["objects and a trailer without a table", `${late}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`],
    ["objects and an end mark", `${late}%%EOF\n`],
    ["a table that nothing points to", `${late}xref\n4 1\n0000000000 00000 n \ntrailer\n<< /Root 1 0 R >>\n`],
    ["an ending that points to the signed table", `${late}startxref\nSTART\n%%EOF\n`],
    ["bytes of no meaning", "hello"],
    ["zeros behind a byte", "\0\0x\0"],
  ])("%s: altered or failed", async (_name, text) => {
    const pdf = first()
    await caught(
      Buffer.concat([pdf, Buffer.from(text.replace("START", String(lastStart(pdf))), "latin1")]),
      /^(altered|failed)/,
    )
  })

  test("a whole update that changes a page: altered", async () => {
    await caught(append(first(), [{ num: AT.content, body: content("999") }], TRAILER), /^altered/)
  })

  test("an update whose table skips the signed one: not passed", async () => {
    const base = agreement()
    const prev = lastStart(base)
    const report = await look(
      append(signed(base, byJane()), [{ num: AT.content, body: content("999") }], { ...TRAILER, prev }),
    )
    // To whoever opens it the file is not signed at all; the bytes that nothing names are told.
    expect(inShort(report)).toBe("indeterminate")
    expect(report.notes.map((one) => one.says)).toEqual(["signatures.note.traces-only"])
  })

  test("an update that names an older object again: altered", async () => {
    const base = append(agreement(), [{ num: AT.content, body: content("200") }], TRAILER)
    const pdf = signed(base, byJane())
    const old = pdf.indexOf("4 0 obj")
    const entry = `xref\n4 1\n${String(old).padStart(10, "0")} 00000 n \ntrailer\n<< /Size 21 /Root 1 0 R /Info 7 0 R /Prev ${lastStart(pdf)} >>\nstartxref\n${pdf.length}\n%%EOF\n`
    await caught(Buffer.concat([pdf, Buffer.from(entry)]), /^altered/)
  })
})

describe("shadow documents", () => {
  test("hide: what covers a page is taken away", async () => {
    const over: Obj[] = [
      { num: AT.page, body: PAGE.replace("9 0 R", "50 0 R").replace("4 0 R", "[4 0 R 51 0 R]") },
      { num: 50, body: "<< /Font << /F1 8 0 R >> /XObject << /X 52 0 R >> >>" },
      { num: 51, body: streamBody("", "/X Do") },
      { num: 52, body: streamBody("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", "1 g 0 0 595 842 re f") },
    ]
    const pdf = signed(agreement(over), byJane())
    await caught(append(pdf, [], { ...TRAILER, free: [52] }), /^altered .*page-/)
    await caught(
      append(pdf, [{ num: 52, body: streamBody("/Type /XObject /Subtype /Form /BBox [0 0 0 0]", "") }], TRAILER),
      /^altered .*page-/,
    )
  })

  test("replace: the value of a form field shows something else", async () => {
    const base = agreement([
      { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 12 0 R]") },
      { num: 12, body: "<< /FT /Tx /T (Fee) /V (100) >>" },
    ])
    await caught(
      append(signed(base, byJane()), [{ num: 12, body: "<< /FT /Tx /T (Fee) /V (900) >>" }], TRAILER),
      /^altered .*form-value!/,
    )
  })

  test("replace: a font that shows other letters", async () => {
    await caught(append(first(), [{ num: AT.font, body: "<< /Type /Font /Subtype /Type3 >>" }], TRAILER), /^altered/)
  })

  test("hide and replace: a second document inside is switched to", async () => {
    const shadow: Obj[] = [
      { num: 50, body: "<< /Type /Catalog /Pages 51 0 R /AcroForm 5 0 R >>" },
      { num: 51, body: "<< /Type /Pages /Kids [52 0 R] /Count 1 >>" },
      { num: 52, body: PAGE.replace("2 0 R", "51 0 R").replace("4 0 R", "53 0 R") },
      { num: 53, body: content("999") },
    ]
    const pdf = signed(agreement(shadow), byJane())
    await caught(append(pdf, [], { trailer: "/Root 50 0 R /Info 7 0 R" }), /^altered .*catalog-replaced!/)
    await caught(append(pdf, [{ num: AT.catalog, body: CATALOG.replace("2 0 R", "51 0 R") }], TRAILER), /^altered/)
    await caught(
      append(pdf, [{ num: AT.pages, body: "<< /Type /Pages /Kids [52 0 R] /Count 1 >>" }], TRAILER),
      /^altered/,
    )
    await caught(append(pdf, [{ num: AT.page, body: PAGE.replace("4 0 R", "53 0 R") }], TRAILER), /^altered/)
  })
})
