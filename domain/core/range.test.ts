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
  ["bytes=0-1,", 10, { from: 0, to: 1 }],
  ["bytes= , 2-3 , ", 10, { from: 2, to: 3 }],
  ["Bytes=0-3", 10, { from: 0, to: 3 }],
  // Numbers that no number of ours holds are counted all the same.
  [`bytes=0-${"9".repeat(40)}`, 10, { from: 0, to: 9 }],
  [`bytes=${"9".repeat(40)}-`, 10, "outside"],
  [`bytes=-${"9".repeat(40)}`, 10, { from: 0, to: 9 }],
  [`bytes=${"0".repeat(60)}3-4`, 10, { from: 3, to: 4 }],
  [`bytes=0-${"9".repeat(4000)}`, 10, null],
  [`bytes=${Array.from({ length: 50 }, () => "0-").join(",")}`, 10, null],
  ["bytes=--3", 10, null],
  ["bytes=+1-3", 10, null],
  ["bytes=1.5-3", 10, null],
  ["bytes=0x1-3", 10, null],
  ["", 10, null],
])("%s of %d", (header, size, wanted) => {
  expect(rangeOf(header, size)).toEqual(wanted)
})
