import fc from "fast-check"
import { expect, test } from "vitest"
import { WITHHELD, withIdsKept, withoutIds } from "./withheld"

const body = {
  partyId: "pty_a",
  title: "withheld",
  parties: { state: "known", value: ["pty_b", "pty_a", "pty_c"] },
  covers: [
    { sharingId: "shr_a", firstOn: null },
    { sharingId: "shr_b", firstOn: "2026-01-01" },
  ],
}
const hidden = new Set(["pty_a", "shr_b"])

test("the id of what may not be known of stands nowhere in a body; a word does, and is counted", () => {
  const left = withoutIds(body, hidden)
  expect(JSON.stringify(left.body)).not.toMatch(/pty_a|shr_b/)
  expect(left).toMatchObject({
    places: 3,
    body: { partyId: WITHHELD, parties: { value: ["pty_b", WITHHELD, "pty_c"] }, covers: [{ sharingId: "shr_a" }, {}] },
  })
  expect(withoutIds(body, new Set(["pty_x"]))).toEqual({ body, places: 0 })
  expect(withoutIds(body, new Set(["pty_x"])).body).toBe(body)
})

test("who does not see it changes all the rest and leaves it where it is", () => {
  const seen = withoutIds(body, hidden).body
  expect(withIdsKept(seen, body, hidden)).toEqual(body)
  const typed = { ...seen, title: "Another", parties: { state: "known", value: [WITHHELD, "pty_d"] } }
  expect(withIdsKept(typed, body, hidden)).toEqual({
    ...body,
    title: "Another",
    parties: { state: "known", value: ["pty_a", "pty_d"] },
  })
})

test("who takes the word away, or puts it twice, is told and nothing is kept", () => {
  const seen = withoutIds(body, hidden).body
  expect(withIdsKept({ ...seen, partyId: "pty_d" }, body, hidden)).toBeNull()
  expect(withIdsKept({ ...seen, covers: seen.covers.slice(0, 1) }, body, hidden)).toBeNull()
  expect(withIdsKept({ ...seen, covers: [...seen.covers, ...seen.covers] }, body, hidden)).toBeNull()
})

test("who lets lines change places whose ids they do not see is told, for nobody knows which is whose", () => {
  const before = {
    covers: [
      { sharingId: "shr_b", firstOn: "2026-01-01" },
      { sharingId: "pty_a", firstOn: "2026-02-01" },
    ],
  }
  const [one, other] = withoutIds(before, hidden).body.covers
  const turned = Object.fromEntries(Object.entries(other ?? {}).reverse())
  expect(withIdsKept({ covers: [other, one] }, before, hidden)).toBeNull()
  expect(withIdsKept({ covers: [turned, one] } as object, before, hidden)).toBeNull()
  expect(withIdsKept({ covers: [one, { ...other, firstOn: 1.5 }] } as object, before, hidden)).not.toBeNull()
  const later = { ...other, firstOn: "2026-03-01" }
  expect(withIdsKept({ covers: [one, { sharingId: "shr_c" }, later] }, before, hidden)).toEqual({
    covers: [before.covers[0], { sharingId: "shr_c" }, { sharingId: "pty_a", firstOn: "2026-03-01" }],
  })
})

test("whatever is withheld from whatever body comes back whole", () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("a", "b", "c", "d"),
      fc.array(tie("node")),
      fc.dictionary(fc.constantFrom("x", "y", "z"), tie("node")),
    ),
  })).node
  fc.assert(
    fc.property(tree, fc.uniqueArray(fc.constantFrom("a", "b")), (one, ids) => {
      const some = new Set(ids)
      expect(withIdsKept(withoutIds(one, some).body, one, some)).toEqual(one)
    }),
  )
})
