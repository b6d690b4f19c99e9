import { describe, expect, test } from "vitest"
import { CAUGHT, caught, first, swapped, TRAILER } from "./attack"
import { byJane, look } from "./cast"
import { agreement, AT, blank, CATALOG, content, fill, signed } from "./signed"
import { append, lastStart, streamBody, writePdf } from "./writer"

describe("a file that can be read in two ways", () => {
  test("bytes before the beginning", async () => {
    const shifted = Buffer.concat([Buffer.from("GIF89a\n"), agreement()])
    const report = await look(signed(shifted, byJane()))
    expect(CAUGHT).toContain(report.overall)
    await caught(Buffer.concat([Buffer.from("x"), first()]), /^failed/)
  })

  test("an object twice in what was signed", async () => {
    const base = agreement()
    const twice = Buffer.from(`4 0 obj\n${content("999").toString("latin1")}\nendobj\n`, "latin1")
    const at = base.lastIndexOf("xref\n", base.lastIndexOf("trailer"))
    const pdf = Buffer.concat([base.subarray(0, at), twice, base.subarray(at)])
    const start = String(lastStart(base))
    const right = Buffer.from(
      pdf.toString("latin1").replace(`startxref\n${start}`, `startxref\n${Number(start) + twice.length}`),
      "latin1",
    )
    await caught(signed(right, byJane()), /object-twice/)
  })

  test("an object twice in a later save", async () => {
    const pdf = append(
      first(),
      [
        { num: AT.info, body: "<< /Title (x) >>" },
        { num: AT.info, body: "<< /Title (y) >>" },
      ],
      TRAILER,
    )
    await caught(pdf, /^altered/)
  })

  test("a number twice in a table", async () => {
    const base = agreement()
    const text = base.toString("latin1").replace("xref\n0 12\n", "xref\n4 1\n0000000015 00000 n \n0 12\n")
    expect(text.length).toBeGreaterThan(base.length)
    await caught(signed(Buffer.from(text, "latin1"), byJane()), /number-twice/)
  })

  test("a hybrid file whose two tables disagree; one whose tables agree passes", async () => {
    const base = agreement()
    const stream = append(base, [{ num: 12, body: "<< /Extra true >>" }], { layout: "stream", ...TRAILER })
    const at = lastStart(stream)
    const table = (num: number, place: number) =>
      `xref\n${num} 1\n${String(place).padStart(10, "0")} 00000 n \ntrailer\n<< /Size 14 /Root 1 0 R /Info 7 0 R /Prev ${lastStart(base)} /XRefStm ${at} >>\n`
    const cut = stream.subarray(0, stream.lastIndexOf("startxref"))
    const hybrid = (text: string) => Buffer.concat([cut, Buffer.from(`${text}startxref\n${cut.length}\n%%EOF\n`)])
    const good = hybrid(table(12, stream.indexOf("12 0 obj", base.length)))
    expect((await look(signed(good, byJane()))).overall).toBe("passed")
    await caught(signed(hybrid(table(12, base.indexOf("4 0 obj"))), byJane()), /number-twice|points-back/)
  })

  test("a second trailer", async () => {
    const base = agreement()
    const at = base.lastIndexOf("xref\n", base.lastIndexOf("trailer"))
    const extra = Buffer.from("trailer\n<< /Root 50 0 R >>\nstartxref\n9\n%%EOF\n")
    const start = lastStart(base)
    const text = Buffer.concat([base.subarray(0, at), extra, base.subarray(at)]).toString("latin1")
    const right = text.replace(`startxref\n${start}`, `startxref\n${start + extra.length}`)
    await caught(signed(Buffer.from(right, "latin1"), byJane()), /second-trailer/)
  })

  test("objects that lie over each other", async () => {
    const inner = `4 0 obj\n${content("999").toString("latin1")}\nendobj`
    const base = agreement([{ num: 12, body: streamBody("", inner) }])
    const at = base.lastIndexOf("4 0 obj")
    const entry = (place: number) => `${String(place).padStart(10, "0")} 00000 n`
    const text = base.toString("latin1").replace(entry(base.indexOf("4 0 obj")), entry(at))
    await caught(signed(Buffer.from(text, "latin1"), byJane()), /overlap|object-twice/)
  })

  test("damaged tables are not repaired: failed while it speaks of signatures", async () => {
    const pdf = first()
    const report = await look(
      swapped(pdf, `startxref\n${lastStart(pdf)}`, `startxref\n${"7".repeat(String(lastStart(pdf)).length)}`),
    )
    expect(report.overall).toBe("failed")
    expect(report.notes.map((one) => one.says)).toEqual(["signatures.note.needs-repair", "signatures.note.traces"])
    const plain = await look(
      Buffer.from(
        agreement()
          .toString("latin1")
          .replace(/startxref\n\d+/, "startxref\n5"),
        "latin1",
      ),
    )
    expect(plain.overall).toBe("indeterminate")
  })

  test("what looks like a signature, and hangs nowhere: indeterminate", async () => {
    const report = await look(fill(append(agreement(), [{ num: 20, body: blank() }], TRAILER), byJane()))
    expect(report.overall).toBe("indeterminate")
    expect(report.notes.map((one) => one.says)).toEqual(["signatures.note.traces-only"])
  })
})

describe("odd signature values", () => {
  test.each([
    ["two signers", { signers: 2 }, "not-one-signer"],
    ["no signer", { signers: 0 }, "not-one-signer"],
    ["content of its own", { content: Buffer.from("other") }, "carries-content"],
    ["an attribute twice", { twice: true }, "attribute-twice"],
    ["another kind of content", { contentType: "1.2.840.113549.1.9.16.1.4" }, "wrong-content-type"],
    ["no attributes", { noAttributes: true }, "no-attributes"],
    ["another digest", { messageDigest: Buffer.alloc(32) }, "digest"],
  ])("%s: failed", async (_name, more, why) => {
    await caught(signed(agreement(), byJane(more)), new RegExp(`^failed .*${why}`))
  })
})

describe("bombs end in a sentence", () => {
  test("loops of tables, pages, fields and references", async () => {
    const self = writePdf([
      { num: 1, body: CATALOG },
      { num: 2, body: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>" },
      { num: 5, body: "<< /Fields [6 0 R] >>" },
      { num: 6, body: "<< /FT /Sig /T (a) /Kids [6 0 R] /Parent 6 0 R /V 20 0 R >>" },
      { num: 20, body: "20 0 R" },
    ])
    expect(["failed", "indeterminate", "unsigned"]).toContain((await look(self)).overall)
    const looped = append(agreement(), [], { ...TRAILER, prev: agreement().length })
    expect((await look(looped)).overall).toBe("indeterminate")
  })

  test("nesting", async () => {
    const deep = writePdf([
      { num: 1, body: `<< /Type /Catalog /Pages 2 0 R /X ${"[".repeat(5000)}${"]".repeat(5000)} >>` },
      { num: 2, body: "<< >>" },
    ])
    expect((await look(deep)).notes[0]?.says).toBe("signatures.note.too-deep")
  })

  test("what unpacks without end", async () => {
    const { deflateSync } = await import("node:zlib")
    const bomb = deflateSync(Buffer.alloc(120 * 1024 * 1024))
    const body = streamBody("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", bomb)
    const base = writePdf(
      [
        { num: 1, body: CATALOG },
        { num: 30, body },
      ],
      "stream",
    )
    // The catalog's pages are said to lie in the stream.
    const pdf = append(base, [{ num: 40, body: "<< >>" }], { layout: "stream" })
    expect((await look(pdf)).overall).toBe("unsigned")
    const reader = signed(agreement(), byJane(), {
      objects: [
        { num: AT.catalog, body: CATALOG.replace(" >>", " /DSS << /CRLs [40 0 R] >> >>") },
        { num: 40, body: streamBody("/Filter /FlateDecode", bomb) },
      ],
    })
    const report = await look(reader)
    expect(report.notes[0]?.says).toBe("signatures.note.inflates-too-far")
    expect(report.overall).toBe("failed")
  })
})
