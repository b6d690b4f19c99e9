import { expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { conditionState, toldOfCondition } from "./conditions"

const DUE = day("2026-03-10")

test.each([
  [null, "2026-03-10", "open"],
  ["met", "2026-03-10", "said"],
  ["sent-back", "2026-03-10", "open"],
  [null, "2026-03-11", "missed"],
  ["met", "2026-03-11", "missed"],
  ["confirmed", "2026-03-11", "met"],
])("last %s on %s reads %s", (last, on, wanted) => expect(conditionState({ last, dueOn: DUE }, day(on))).toBe(wanted))

test.each([
  ["2026-03-06", null],
  ["2026-03-07", "soon"],
  ["2026-03-10", "soon"],
  ["2026-03-11", "missed"],
  ["2026-05-09", "missed"],
  ["2026-05-10", null],
])("on %s it is told %s", (on, wanted) => expect(toldOfCondition(DUE, day(on))).toBe(wanted))
