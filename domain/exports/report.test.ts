import { expect, test } from "vitest"
import { day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Entity } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { nthId, typedSharing } from "@/testing/flow"
import { onTheDay, ReportGathered, type Piece } from "./report"

const entityId = nthId("entity", 1)
const entity = { ...(blankOf(FIELDS.entity) as Entity), legalName: "Ours AG", country: "DE" } as Entity

const textOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      piece.is === "page"
        ? ""
        : piece.is === "table"
          ? piece.rows.map((row) => row.join(" | ")).join("\n")
          : piece.text,
    )
    .join("\n")

test("a day is covered, a gap with its causes, outside the flow's days, or nothing had been judged", () => {
  const stretch = { from: day("2026-01-01"), to: day("2027-01-01") }
  const gap = {
    from: day("2026-06-01"),
    to: day("2027-01-01"),
    causes: [{ what: "ground" }, { what: "mechanism", country: "US", regime: "EU" }],
  }
  const coverage = {
    own: [stretch],
    covered: [{ from: stretch.from, to: gap.from }],
    gaps: [gap],
  } as unknown as Coverage
  expect(onTheDay(null, day("2026-03-01")).state).toBe("unjudged")
  expect(onTheDay(coverage, day("2025-12-31")).state).toBe("not-running")
  expect(onTheDay(coverage, day("2026-05-31")).state).toBe("covered")
  expect(onTheDay(coverage, day("2026-06-01"))).toEqual({
    ...{ state: "gap", since: "2026-06-01", causes: ["no ground", "no mechanism: United States of America (US) (EU)"] },
  })
})

test("everything is counted, the first of it listed, and what is left out is said; the worst findings come first", () => {
  const report = new ReportGathered(new Map([[entityId, entity]]))
  for (let n = 0; n < 100; n += 1) {
    const partyId = nthId("party", n % 70)
    report.flow({
      ...{
        id: nthId("sharing", n),
        version: 1,
        standing: n === 0 ? "ended" : "approved",
        createdAt: null,
        at: "2026-01-01T00:00:00.000Z" as Instant,
      },
      ...{
        on: day("2026-06-01"),
        sharing: typedSharing({ entityId, partyId }),
        entity,
        party: null,
        papers: [],
        assessments: [],
      },
      ...{ chains: [], consents: [], notice: null, decisions: [], nameOf: (id: string) => id },
    })
  }
  const found = { entity: entityId, clause: "X-1", verdict: "broken", from: null, title: "A paper" }
  for (let n = 0; n < 80; n += 1) report.finding({ ...found, severity: "warning", record: `w${n}` })
  for (let n = 0; n < 3; n += 1) report.finding({ ...found, severity: "blocking", record: "b" })
  report.finding({ ...found, entity: null, severity: "advice", record: "p" })
  const text = textOf(report.pieces())
  expect(text).toContain("100 flows (1 ended) to 70 recipients.")
  expect(text).toContain("40 more: workbook.xlsx, sheet Article 30(1).")
  expect(text).toContain("blocking | X-1 | A paper (3 times) | broken |  | b")
  expect(text.indexOf("blocking | X-1")).toBeLessThan(text.indexOf("warning | X-1"))
  expect(text).toContain("21 more: findings.jsonl.")
  expect(text).toContain("Parties")
})
