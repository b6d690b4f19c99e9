import { describe, expect, test } from "vitest"
import { first, after, certified, withField, textField, picture, sigField, anew, signAgain } from "./later"
import { byJane, byTime, inShort, look } from "./cast"
import { AT, content, PAGE, signed } from "./signed"

describe("allowed after signing", () => {
  test("a second signature, seen or not", async () => {
    for (const rect of ["0 0 0 0", "300 50 480 110"])
      expect(inShort(await look(signAgain(first(), anew(30, rect))))).toBe(
        "passed | passed() later allowed[signature-added] | passed() later none[]",
      )
  })

  test("a second signature in a field that stood there, and a document timestamp", async () => {
    const pdf = signed(withField(), byJane())
    const again = signAgain(pdf, [{ num: 14, body: sigField("Sig2", 31) }])
    expect(inShort(await look(again))).toContain("passed | passed() later allowed[signature-added]")
    const stamp = signed(again, byTime("2026-01-06T00:00:00Z"), {
      num: 33,
      subFilter: "ETSI.RFC3161",
      existing: false,
      objects: anew(32, "0 0 0 0", 33).map((one) =>
        one.num === 32
          ? one
          : { ...one, body: String(one.body).replace("[6 0 R 32 0 R]", "[6 0 R 12 0 R 14 0 R 32 0 R]") },
      ),
    })
    expect(inShort(await look(stamp))).toContain(
      "passed | passed() later allowed[signature-added timestamp-added] | passed()",
    )
  })

  test("data about the file, and what a tool leaves behind", async () => {
    expect(inShort(await after([{ num: AT.info, body: "<< /Title (Renamed) >>" }]))).toBe(
      "passed | passed() later allowed[metadata]",
    )
    expect(inShort(await after([{ num: 50, body: "<< /Left (over) >>" }]))).toBe(
      "passed | passed() later allowed[unused]",
    )
    expect(inShort(await after([{ num: AT.content, body: content("100") }]))).toBe("passed | passed() later none[]")
  })

  test.each([
    [1, "altered"],
    [2, "passed"],
    [3, "passed"],
  ])("filling a form under a certificate of level %d: %s", async (level, word) => {
    const filled = [
      { num: 12, body: textField("(900)") },
      { num: 13, body: picture("900") },
    ]
    const report = await after(filled, certified(level, withField()))
    expect(report.overall, inShort(report)).toBe(word)
    expect(report.signatures[0]?.kind).toBe("certification")
    expect(report.signatures[0]?.later.differences[0]).toMatchObject({
      kind: "form-value",
      field: "Fee",
      from: "100",
      to: "900",
    })
  })

  test("a note that covers nothing, at level 3 alone", async () => {
    const note = [
      { num: AT.page, body: PAGE.replace("[6 0 R]", "[6 0 R 50 0 R]") },
      { num: 50, body: "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (seen) >>" },
    ]
    expect((await after(note, certified(3))).overall).toBe("passed")
    expect((await after(note, certified(2))).overall).toBe("altered")
    expect((await after(note)).overall).toBe("altered")
  })

  test("a timestamp, even where nothing else is", async () => {
    const stamp = signed(certified(1), byTime("2026-01-06T00:00:00Z"), {
      num: 31,
      subFilter: "ETSI.RFC3161",
      existing: false,
      objects: anew(30, "0 0 0 0"),
    })
    expect(inShort(await look(stamp))).toBe("passed | passed() later allowed[timestamp-added] | passed() later none[]")
  })
})
