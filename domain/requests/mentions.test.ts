import fc from "fast-check"
import { expect, test } from "vitest"
import { mentionsIn, placeOf } from "./mentions"

const people = [
  { id: "lena", name: "Lena Law" },
  { id: "lenora", name: "Lena Lawson" },
  { id: "dora", name: "Dora Protect" },
  { id: "twin", name: "Dora Protect" },
  { id: "zoe", name: "Zoë Ünal" },
]

test.each<[string, string[]]>([
  ["@Lena Law please look", ["lena"]],
  ["@lena law, and @DORA PROTECT", ["lena", "dora", "twin"]],
  ["@Lena Lawson", ["lenora"]],
  ["(@Zoë Ünal)", ["zoe"]],
  ["mail lena@Lena Law.example", []],
  ["@Lena", []],
  ["@Lena Lawyer", []],
  ["Lena Law", []],
  ["@", []],
  ["@@Lena Law", ["lena"]],
])("%s", (words, wanted) => expect(mentionsIn(words, people).sort()).toEqual([...wanted].sort()))

test("nobody is found who was not given, whatever is written", () => {
  fc.assert(
    fc.property(fc.string(), fc.subarray(people), (words, some) => {
      const ids = some.map((one) => one.id)
      for (const id of mentionsIn(`${words} @Dora Protect`, some)) expect(ids).toContain(id)
    }),
  )
})

test("a place is a record, or a field of one", () => {
  const id = "pty_01jx0000000000000000000000"
  expect(placeOf(id)).toEqual({ recordId: id, field: null })
  expect(placeOf(`${id}.legalName`)).toEqual({ recordId: id, field: "legalName" })
  for (const path of ["", "x", `${id}.`, `${id}.a.b`, `${id}.a b`, `${id}<script>`]) expect(placeOf(path)).toBeNull()
})
