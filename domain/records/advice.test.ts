import { expect, test } from "vitest"
import { fileIdsOf, withFilesKept, withoutFiles } from "./advice"

const file = (fileId: string) => ({ fileId, sha256: "ab".repeat(32), name: `${fileId}.pdf` })
const body = {
  files: [file("fil_a"), file("fil_b")],
  checklist: [
    { item: "one", fileId: "fil_a", page: 1 },
    { item: "two", fileId: "fil_b", page: 2 },
    { item: "three", fileId: null, page: 3 },
  ],
  marks: [
    { item: "one", fileId: "fil_a", quote: "open words" },
    { item: "two", fileId: "fil_b", quote: "words of counsel" },
  ],
  deletionProof: { state: "known", value: { provenOn: "2026-01-01", fileId: "fil_b", text: "letter" } },
}

test("a body without a file holds neither its line nor a pointer to it, and everything else", () => {
  const left = withoutFiles(body, new Set(["fil_b"]))
  expect(JSON.stringify(left)).not.toContain("fil_b")
  expect(JSON.stringify(left)).not.toContain("counsel")
  expect(left.files).toEqual([file("fil_a")])
  expect(left.checklist.map((line) => line.fileId)).toEqual(["fil_a", null, null])
  expect(left.deletionProof.value).toEqual({ provenOn: "2026-01-01", fileId: null, text: "letter" })
  expect(withoutFiles(body, new Set(["fil_c"]))).toBe(body)
  expect(fileIdsOf(body)).toEqual(["fil_a", "fil_b"])
})

test("what is typed by somebody who does not see a file keeps it, with what points to it", () => {
  const withheld = new Set(["fil_b"])
  const typed = withoutFiles(body, withheld)
  const kept = withFilesKept({ ...typed, notes: "new" }, body, withheld)
  expect(kept.files).toEqual(body.files)
  expect(kept.checklist).toEqual(body.checklist)
  expect(kept.marks).toEqual(body.marks)
  expect(kept).toMatchObject({ notes: "new" })
  // What they do see they may take away, and point elsewhere.
  expect(withFilesKept({ ...typed, files: [] }, body, withheld).files).toEqual([file("fil_b")])
  const repointed = { ...typed, checklist: typed.checklist.map((line) => ({ ...line, fileId: "fil_a" })) }
  expect(withFilesKept(repointed, body, withheld).checklist.map((line) => line.fileId)).toEqual([
    "fil_a",
    "fil_a",
    "fil_a",
  ])
})
