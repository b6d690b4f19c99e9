import { expect, test } from "vitest"
import { canonical } from "@/domain/core/canonical"
import { fileIdsOf } from "./advice"
import { filesNamedIn } from "./files-named"

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
