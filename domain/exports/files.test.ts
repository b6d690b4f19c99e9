import { expect, test } from "vitest"
import { extensionOf, whyNot } from "./files"

const sha256 = "ab".repeat(32)

test("a file stays out where nobody asked for it, or the scanner holds it or found something", () => {
  const said = (scan: string, choice: "none" | "all" | string[]) => whyNot({ sha256, scan }, choice)
  expect(said("clean", "none")).toBe("not-asked")
  expect(said("clean", [])).toBe("not-asked")
  expect(said("waiting", "none")).toBe("not-asked")
  expect(said("waiting", "all")).toBe("held")
  expect(said("infected", [sha256])).toBe("infected")
  for (const scan of ["none", "clean"]) expect(said(scan, "all")).toBeNull()
  expect(said("clean", [sha256])).toBeNull()
})

test("a packed file ends with what it is, or as it was called where that is plain", () => {
  expect(extensionOf("contract.docx", "application/pdf")).toBe("pdf")
  expect(extensionOf("contract.DOCX", "application/octet-stream")).toBe("docx")
  for (const name of ["a", "a.", "a.b/c", "a.b c", "a.verylongname", "../..", "a.é"])
    expect(extensionOf(name, "application/octet-stream")).toBe("bin")
})
