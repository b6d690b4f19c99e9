import { expect, test } from "vitest"
import { heldPlaces } from "./held-places"

const body = {
  title: "Paper",
  files: [{ fileId: "fil_a" }, { fileId: "fil_b" }],
  checklist: [
    { item: "one", fileId: "fil_b" },
    { item: "two", fileId: null },
  ],
  deletionProof: { state: "known", value: { fileId: "fil_c" } },
}

test.each([
  [{}, []],
  [{ fil_a: "waiting" }, [["files.0.fileId", "files.field-held"]]],
  [
    { fil_b: "infected", fil_c: "infected" },
    [
      ["files.1.fileId", "files.field-refused"],
      ["checklist.0.fileId", "files.field-refused"],
      ["deletionProof.value.fileId", "files.field-refused"],
    ],
  ],
] as const)("with %j held, the places that name them say so", (held, places) => {
  expect(heldPlaces(body, held)).toEqual(places)
})

test("what is no body has no places", () => {
  for (const nothing of [null, undefined, "fil_a", 7]) expect(heldPlaces(nothing, { fil_a: "waiting" })).toEqual([])
})
