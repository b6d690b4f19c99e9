import { describe, expect, test } from "vitest"
import { foldFindings, type FoundSpan } from "./fold-findings"

const span = (fromAt: string, goneAt: string | null, over: Partial<FoundSpan> = {}): FoundSpan => ({
  ...{ recordId: "shr_1", clause: "GDPR-28.3", severity: "blocking", says: "finding.x", params: "{}" },
  ...{ fromAt, goneAt, ...over },
})
const spans = (list: readonly FoundSpan[]) => {
  const { standing, past } = foldFindings(list)
  return [standing, past].map((part) =>
    part.map((one) => [one.n, ...one.spans.map((s) => `${s.fromAt}-${s.goneAt ?? ""}`)]),
  )
}

describe("what was found of a record is told once", () => {
  test.each([
    ["nothing", [], [[], []]],
    ["one that stands", [span("1", null)], [[[1, "1-"]], []]],
    ["one that went", [span("1", "2")], [[], [[1, "1-2"]]]],
    ["worked out anew and the same", [span("1", "2"), span("2", null)], [[[1, "1-"]], []]],
    ["gone and back", [span("1", "2"), span("3", null)], [[[1, "1-2", "3-"]], []]],
    ["two places of a record", [span("1", null), span("2", null)], [[[2, "1-"]], []]],
    ["one within another", [span("1", "9"), span("2", "3")], [[], [[1, "1-9"]]]],
    ["whatever their order", [span("3", null), span("1", "2"), span("2", "3")], [[[1, "1-"]], []]],
    [
      "of another record",
      [span("1", null), span("1", null, { recordId: "shr_2" })],
      [
        [
          [1, "1-"],
          [1, "1-"],
        ],
        [],
      ],
    ],
    ["in other words", [span("1", null), span("1", "2", { params: '{"a":"b"}' })], [[[1, "1-"]], [[1, "1-2"]]]],
  ] as [string, FoundSpan[], unknown][])("%s", (_name, list, told) => expect(spans(list)).toEqual(told))
})
