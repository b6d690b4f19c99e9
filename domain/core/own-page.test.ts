import { expect, test } from "vitest"
import { isOwnPage } from "./own-page"

const ID = "01jx0000000000000000000000"

test.each([
  [`/parties/pty_${ID}`, true],
  [`/announcements?party=pty_${ID}#ann_${ID}`, true],
  ["//evil.example", false],
  ["/\\evil.example", false],
  ["https://evil.example", false],
  ["javascript:alert(1)", false],
  ["/parties/../sign-in", false],
  [`/parties/pty_${ID}?next=//evil.example`, false],
  ["/parties\n", false],
  ["", false],
])("a way on leads to a page of ours alone: %s", (text, wanted) => {
  expect(isOwnPage(text)).toBe(wanted)
})
