import { expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { aGround, nthId } from "@/testing/flow"
import { isUnderDemand } from "./under-demand"

const demandId = nthId("demand", 1)
const authority = known("authority" as const)

test.each([
  ["an authority's demand", [aGround("statute", { demandId, statuteKind: authority })], true],
  ["a statute without a demand", [aGround("statute", { statuteKind: authority })], false],
  ["a dispute", [aGround("statute", { demandId, statuteKind: known("dispute") })], false],
  ["nobody knows which", [aGround("statute", { demandId, statuteKind: BLANK })], false],
  ["another ground", [aGround("partner", { demandId, statuteKind: authority })], false],
  ["none", [], false],
])("%s", (_name, grounds, is) => {
  expect(isUnderDemand({ grounds })).toBe(is)
})
