import { describe, expect, test } from "vitest"
import {
  TRAILER,
  first,
  after,
  certified,
  CERTIFIED,
  withField,
  textField,
  picture,
  sigField,
  anew,
  signAgain,
} from "./later"
import { byJane, cast, inShort, look } from "./cast"
import { agreement, AT, blank, CATALOG, content, field, fill, FORM, PAGE, signed } from "./signed"
import { append, streamBody, type Obj } from "./writer"

describe("changed after signing", () => {
  const js = "<< /S /JavaScript /JS (app.alert(1)) >>"
  const cases: [string, Obj[], string][] = [
    ["what a page says", [{ num: AT.content, body: content("999") }], "page-content"],
    ["a font", [{ num: AT.font, body: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" }], "page-resources"],
    ["resources", [{ num: AT.resources, body: "<< /Font << /F1 8 0 R /F2 8 0 R >> >>" }], "page-resources"],
    ["the box of a page", [{ num: AT.page, body: PAGE.replace("842", "400") }], "page-box"],
    ["turning a page", [{ num: AT.page, body: PAGE.replace(" >>", " /Rotate 180 >>") }], "page-box"],
    [
      "another content",
      [
        { num: AT.page, body: PAGE.replace("4 0 R", "50 0 R") },
        { num: 50, body: content("999") },
      ],
      "page-content",
    ],
    [
      "a page more",
      [
        { num: AT.pages, body: "<< /Type /Pages /Kids [3 0 R 10 0 R 50 0 R] /Count 3 >>" },
        { num: 50, body: PAGE },
      ],
      "page-added-or-removed",
    ],
    ["a page less", [{ num: AT.pages, body: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>" }], "page-added-or-removed"],
    [
      "pages in another order",
      [{ num: AT.pages, body: "<< /Type /Pages /Kids [10 0 R 3 0 R] /Count 2 >>" }],
      "page-added-or-removed",
    ],
    [
      "other pages",
      [
        { num: AT.catalog, body: CATALOG.replace("2 0 R", "50 0 R") },
        { num: 50, body: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>" },
      ],
      "page-added-or-removed",
    ],
    [
      "an action on opening",
      [{ num: AT.catalog, body: CATALOG.replace(" >>", ` /OpenAction ${js} >>`) }],
      "open-action",
    ],
    [
      "a script by name",
      [{ num: AT.catalog, body: CATALOG.replace(" >>", ` /Names << /JavaScript << /Names [(a) ${js}] >> >> >>`) }],
      "names",
    ],
    [
      "a script of the document",
      [{ num: AT.catalog, body: CATALOG.replace(" >>", ` /AA << /WC ${js} >> >>`) }],
      "script",
    ],
    [
      "layers",
      [{ num: AT.catalog, body: CATALOG.replace(" >>", " /OCProperties << /OCGs [] /D << >> >> >>") }],
      "layers",
    ],
    ["a setting", [{ num: AT.catalog, body: CATALOG.replace(" >>", " /PageLayout /OneColumn >>") }], "catalog-other"],
    [
      "something laid over",
      [
        { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 50 0 R]") },
        { num: 50, body: "<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (999) >>" },
      ],
      "annotation-added",
    ],
    ["the form taken away", [{ num: AT.catalog, body: "<< /Type /Catalog /Pages 2 0 R >>" }], "form-structure"],
    ["the signature taken out", [{ num: AT.field, body: field() }], "signature-removed"],
    ["the widget taken away", [{ num: AT.page, body: PAGE.replace("/Annots [6 0 R]", "") }], "annotation-removed"],
    [
      "the picture of the signature",
      [
        { num: AT.field, body: field("/AP << /N 50 0 R >>", 20) },
        { num: 50, body: picture("Nobody") },
      ],
      "signature-picture",
    ],
    [
      "the place of the signature",
      [{ num: AT.field, body: field("", 20).replace("[0 0 0 0]", "[0 0 500 500]") }],
      "form-structure",
    ],
    [
      "a form that is drawn anew",
      [{ num: AT.form, body: FORM.replace(" >>", " /NeedAppearances true >>") }],
      "form-structure",
    ],
    [
      "a field more",
      [
        { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 50 0 R]") },
        { num: 50, body: textField("(999)") },
      ],
      "form-structure",
    ],
  ]
  test.each(cases)("%s: altered", async (_name, objects, kind) => {
    const report = await after(objects)
    expect(inShort(report)).toMatch(/^altered/)
    expect(report.signatures[0]?.later.differences.map((one) => one.kind)).toContain(kind)
    expect(report.signatures[0]?.integrity).toBe("intact")
    // A certificate of any level allows none of it.
    for (const level of [1, 2, 3]) {
      const body = (one: Obj) =>
        one.num === AT.catalog && one.body !== CATALOG
          ? String(one.body).replace(/ >>$/, " /Perms << /DocMDP 20 0 R >> >>")
          : one.body
      const same = await after(
        objects.map((one) => ({ ...one, body: body(one) })),
        certified(level),
      )
      expect(same.overall, inShort(same)).toBe("altered")
    }
  })

  test("a form field without a certificate: altered, with both values", async () => {
    const report = await after([{ num: 12, body: textField("(900)") }], signed(withField(), byJane()))
    expect(inShort(report)).toBe("altered | passed() later changed[form-value!]")
  })

  test("what a field shows, while its value stays: altered at every level", async () => {
    for (const level of [1, 2, 3]) {
      const report = await after([{ num: 13, body: picture("900") }], certified(level, withField()))
      expect(inShort(report)).toContain("form-picture!")
      expect(report.overall).toBe("altered")
    }
  })

  test("a filled field that covers its page: altered at every level", async () => {
    const large = (value: string) => textField(value).replace("[10 10 90 30]", "[0 0 595 842]")
    const base = agreement([
      { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 12 0 R]") },
      { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 12 0 R]") },
      { num: 12, body: large("()") },
      { num: 13, body: picture("") },
    ])
    for (const level of [2, 3]) {
      const report = await after(
        [
          { num: 12, body: large("(900)") },
          { num: 13, body: picture("900") },
        ],
        certified(level, base),
      )
      expect(inShort(report)).toMatch(/^altered .*form-picture!/)
    }
  })

  test("a locked field: altered", async () => {
    const lock = "/Lock << /Type /SigFieldLock /Action /Include /Fields [(Fee)] >>"
    const report = await after([{ num: 12, body: textField("(900)") }], certified(2, withField(), lock))
    expect(report.overall, inShort(report)).toBe("altered")
  })

  test("a certificate that was taken back: altered", async () => {
    const report = await after([{ num: AT.catalog, body: CATALOG }], certified(1))
    expect(report.overall, inShort(report)).toBe("altered")
  })

  test("a certificate put on what was signed already: altered", async () => {
    const rest = "/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P 3 >> >>]"
    const objects = [...anew(30, "0 0 0 0"), { num: AT.catalog, body: CERTIFIED.replace("20 0 R", "31 0 R") }]
    const report = await look(signAgain(first(), objects, 31, rest))
    expect(inShort(report)).toContain("certified-later!")
    expect(report.overall).toBe("altered")
  })

  test("the trailer names another catalog: altered", async () => {
    const other = { num: 50, body: CATALOG.replace("/Pages 2 0 R", "/Pages 51 0 R") }
    const pages = { num: 51, body: "<< /Type /Pages /Kids [10 0 R] /Count 1 >>" }
    const report = await after([other, pages], first(), { trailer: "/Root 50 0 R /Info 7 0 R" })
    expect(inShort(report)).toContain("catalog-replaced!")
  })

  test("a new signature whose picture covers a page: altered; under a certificate any picture is", async () => {
    expect(inShort(await look(signAgain(first(), anew(30, "0 0 595 842"))))).toContain("signature-large!")
    for (const level of [1, 2, 3]) {
      const report = await look(signAgain(certified(level), anew(30, "300 50 480 110")))
      expect(inShort(report)).toMatch(/^altered .*signature-added!/)
    }
  })

  test("a signature in a field that stood there and covers a page, or in many small ones: altered", async () => {
    const wide = agreement([
      { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 14 0 R]") },
      { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 14 0 R]") },
      { num: 14, body: sigField("Sig2", null, "0 0 595 842") },
    ])
    for (const base of [signed(wide, byJane()), certified(2, wide)]) {
      const filled = signAgain(base, [
        { num: 14, body: sigField("Sig2", 31, "0 0 595 842", "/AP << /N 50 0 R >>") },
        { num: 50, body: picture("999") },
      ])
      expect(inShort(await look(filled))).toMatch(/^altered .*signature-large!/)
    }
    const kids = Array.from({ length: 12 }, (_none, i) => 40 + i)
    const refs = kids.map((num) => `${num} 0 R`).join(" ")
    const objects: Obj[] = [
      { num: AT.form, body: FORM.replace("[6 0 R]", "[6 0 R 30 0 R]") },
      { num: AT.page, body: PAGE.replace("[6 0 R]", `[6 0 R ${refs}]`) },
      { num: 30, body: `<< /FT /Sig /T (Later) /V 31 0 R /Kids [${refs}] >>` },
      ...kids.map((num, i) => ({
        num,
        body: `<< /Type /Annot /Subtype /Widget /Parent 30 0 R /Rect [0 ${i * 70} 595 ${i * 70 + 70}] /P 3 0 R >>`,
      })),
    ]
    expect(inShort(await look(signAgain(first(), objects)))).toMatch(/^altered .*signature-large!/)
  })

  test("a field that hides behind another of its name: altered", async () => {
    const inside = "<< /FT /Tx /T (Fee) /V (100) >>"
    const base = agreement([{ num: AT.form, body: FORM.replace("[6 0 R]", `[6 0 R ${inside}]`) }])
    const more = FORM.replace("[6 0 R]", `[6 0 R ${inside.replace("100", "900")} ${inside}]`)
    expect(inShort(await after([{ num: AT.form, body: more }], signed(base, byJane())))).toMatch(/^altered/)
  })

  test("a new signature field that acts: altered", async () => {
    const report = await look(signAgain(first(), anew(30, "0 0 0 0", 31, `/AA << /E ${js} >>`)))
    expect(inShort(report)).toMatch(/^altered/)
  })

  test("a note with a picture of its own, at level 3: altered", async () => {
    const objects = [
      { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 50 0 R]") },
      { num: 50, body: "<< /Type /Annot /Subtype /Text /Rect [0 0 500 500] /AP << /N 51 0 R >> >>" },
      { num: 51, body: picture("999") },
    ]
    expect(inShort(await after(objects, certified(3)))).toMatch(/^altered .*annotation-added!/)
  })

  test("an object that stands for two things takes no change by the door of one", async () => {
    // The file's title and a page's content are one object; the title may change, the page may not.
    const base = agreement([], "table", "/Root 1 0 R /Info 4 0 R")
    const pdf = signed(base, byJane(), { update: { trailer: "/Root 1 0 R /Info 4 0 R" } })
    const report = await after([{ num: AT.content, body: content("999") }], pdf, { trailer: "/Root 1 0 R /Info 4 0 R" })
    expect(inShort(report)).toContain("page-content!")
    const moved = await after([{ num: AT.content, body: content("999") }], first(), {
      trailer: "/Root 1 0 R /Info 4 0 R",
    })
    expect(inShort(moved)).toContain("page-content!")
  })

  test("a hole left in the signed file is not filled later", async () => {
    // The page names an object that does not exist yet; it comes as part of a new signature field.
    const base = agreement([{ num: AT.page, body: PAGE.replace("/Resources 9 0 R", "/Resources 30 0 R") }])
    const objects = anew(30, "0 0 0 0").map((one) =>
      one.num === AT.page ? { ...one, body: String(one.body).replace("/Resources 9 0 R", "/Resources 30 0 R") } : one,
    )
    expect(inShort(await look(signAgain(signed(base, byJane()), objects)))).toMatch(/^altered .*page-resources!/)
  })

  test("an object stream exchanged with all that is in it: altered", async () => {
    const pdf = signed(agreement([], "packed"), byJane(), { update: { layout: "stream" } })
    const packed = /(\d+) 0 obj\n<< \/Type \/ObjStm/.exec(pdf.toString("latin1"))
    const report = await after(
      [{ num: Number(packed?.[1]), body: streamBody("/Type /ObjStm /N 1 /First 4", "3 0 << >>") }],
      pdf,
      {
        layout: "stream",
      },
    )
    expect(report.overall, inShort(report)).toBe("altered")
  })

  test("a change hidden under a later good signature: altered all the same", async () => {
    const objects = [...anew(30, "0 0 0 0"), { num: AT.content, body: content("999") }]
    const report = await look(signAgain(first(), objects))
    expect(report.overall).toBe("altered")
    expect(report.signatures.map((one) => [one.verdict.indication, one.later.state])).toEqual([
      ["passed", "changed"],
      ["passed", "none"],
    ])
  })

  test("objects freed: altered", async () => {
    const report = await after([], first(), { free: [AT.content] })
    expect(report.overall, inShort(report)).toBe("altered")
  })

  test("the sample itself holds", async () => {
    expect(cast().pem.length).toBeGreaterThan(100)
    expect(
      inShort(
        await look(
          fill(
            append(
              agreement(),
              [
                { num: AT.field, body: field("", 20) },
                { num: 20, body: blank() },
              ],
              TRAILER,
            ),
            byJane(),
          ),
        ),
      ),
    ).toBe("passed | passed() later none[]")
  })
})
