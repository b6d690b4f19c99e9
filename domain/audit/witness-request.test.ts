import { expect, test } from "vitest"
import { addCheckpoint, isWitnessDoor, sizeSeen } from "./witness-request"

test.each([
  ["https://witness.example/add-checkpoint", true],
  ["https://witness.example/of/ours/add-checkpoint", true],
  ["https://witness.example/add-checkpoint?x=1", false],
  ["https://witness.example/hook?to=/add-checkpoint", false],
  ["https://witness.example/hook", false],
  ["http://witness.example/add-checkpoint", false],
  ["ada@witness.example", false],
])("%s", (address, is) => {
  expect(isWitnessDoor(address)).toBe(is)
})

test("the request is the old size, the proof line by line, an empty line, and the note as it was signed", () => {
  const note = "origin\n7\nroot\n\n\u2014 origin AAAA\n"
  expect(addCheckpoint(0, [], note)).toBe(`old 0\n\n${note}`)
  expect(addCheckpoint(5, [new Uint8Array(32), new Uint8Array(32).fill(255)], note)).toBe(
    `old 5\n${"A".repeat(43)}=\n//////////////////////////////////////////8=\n\n${note}`,
  )
})

test.each([
  ["3\n", 3],
  ["3", 3],
  ["0\n", 0],
  ["8\n", null],
  ["-1\n", null],
  ["03\n", null],
  ["3\n4\n", null],
  ["three", null],
  [undefined, null],
])("of what a witness says it saw, %j is taken as %j", (answer, size) => {
  expect(sizeSeen(answer, 7)).toBe(size)
})
