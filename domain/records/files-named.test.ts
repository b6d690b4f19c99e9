import { expect, test } from "vitest"
import { canonical } from "@/domain/core/canonical"
import { fileIdsOf } from "./advice"
import { filesNamed, filesNamedIn, ownFilesIn } from "./files-named"

test("read from its text, a body names the same files as read from itself", () => {
  const bodies = [
    {
      files: [{ fileId: "fil_a", sha256: "x", name: "a.pdf" }],
      checklist: [{ item: "one", fileId: "fil_b", page: null }],
    },
    { deletionProof: { state: "known", value: { fileId: null, text: '"fileId":"fil_not"' } } },
    { files: [] },
  ]
  for (const body of bodies) expect(filesNamedIn(canonical(body as never)).sort()).toEqual(fileIdsOf(body).sort())
})

test("the files of a paper are among those read from its text, whatever stands before and beside them", () => {
  const papers = [
    {
      checklist: [{ fileId: "fil_z" }],
      files: [
        { fileId: "fil_a", name: 'a"files":[].pdf' },
        { fileId: "fil_b", name: "]" },
      ],
    },
    { changes: [{ files: [] }], extra: ['"files":['], files: [{ fileId: "fil_c", name: "c" }], title: "t" },
    { files: [] },
  ]
  for (const paper of papers) {
    const found = ownFilesIn(canonical(paper as never))
    for (const { id } of filesNamed(paper)) expect(found).toContain(id)
  }
  expect(ownFilesIn(canonical(papers[0] as never))).not.toContain("fil_z")
  expect(ownFilesIn("{}")).toEqual([])
})
