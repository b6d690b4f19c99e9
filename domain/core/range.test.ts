import { expect, test } from "vitest"
import { rangeOf } from "./range"

test.each([
  [null, 10, null],
  ["bytes=0-3", 10, { from: 0, to: 3 }],
  ["bytes=4-", 10, { from: 4, to: 9 }],
  ["bytes=-3", 10, { from: 7, to: 9 }],
  ["bytes=-30", 10, { from: 0, to: 9 }],
  ["bytes=8-99", 10, { from: 8, to: 9 }],
  ["bytes=9-9", 10, { from: 9, to: 9 }],
  ["bytes=10-", 10, "outside"],
  ["bytes=10-12", 10, "outside"],
  ["bytes=-0", 10, "outside"],
  ["bytes=0-", 0, "outside"],
  // What is no range, or several, is answered by the whole.
  ["bytes=-", 10, null],
  ["bytes=5-2", 10, null],
  ["bytes=0-1,4-5", 10, null],
  ["lines=0-3", 10, null],
  ["bytes=a-b", 10, null],
  [`bytes=0-${"9".repeat(40)}`, 10, null],
  ["", 10, null],
])("%s of %d", (header, size, wanted) => {
  expect(rangeOf(header, size)).toEqual(wanted)
})
