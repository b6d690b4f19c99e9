import { expect, test } from "vitest"
import { addressOf, parseState } from "@/components/table/url-state"
import { OTHERS, type Band } from "@/domain/flows/layout"
import { strokeState } from "./stroke-state"

const FACETS = ["coverage", "destination", "entity", "party", "route", "mode"]
const stateOf = (words: Record<string, string>) => parseState(words, FACETS, ["name"])
const band = (over: Partial<Band> & { routes?: string[] | null }) => ({
  ...{ step: 0 as const, from: "e1", to: "p1", state: "gap" as const, n: 3, weight: 3, routes: null },
  ...over,
})
const NAMED = [["e1"], ["p1", "p2"]]
const leadsTo = (words: Record<string, string>, over: Parameters<typeof band>[0]): string =>
  addressOf("/sharings", strokeState(stateOf(words), band(over), NAMED))

test("a stroke leads to the table with the picture's filters and its own", () => {
  expect(leadsTo({ "f.mode": "share" }, {})).toBe("/sharings?f.coverage=gap&f.entity=e1&f.mode=share&f.party=p1")
  expect(leadsTo({}, { step: 1, from: "p1", to: "US", state: "covered", routes: ["US:none"] })).toBe(
    "/sharings?f.coverage=covered,expiring&f.destination=US&f.party=p1",
  )
  expect(leadsTo({}, { step: 2, from: "US", to: "bcr", state: "other", routes: ["US:bcr"] })).toBe(
    "/sharings?f.coverage=ended,not-begun,unchecked&f.route=US:bcr",
  )
})

test("the others are those that are not drawn by name", () => {
  expect(leadsTo({}, { to: OTHERS })).toBe("/sharings?f.coverage=gap&f.entity=e1&not.party=p1,p2")
  expect(leadsTo({ "f.party": "p1,p2,p3" }, { to: OTHERS })).toBe("/sharings?f.coverage=gap&f.entity=e1&f.party=p3")
  expect(leadsTo({}, { step: 1, from: OTHERS, to: OTHERS, routes: ["MT:none", "CY:none"] })).toBe(
    "/sharings?f.coverage=gap&f.route=CY:none,MT:none&not.party=p1,p2",
  )
})

test("what was filtered by stays filtered by", () => {
  expect(leadsTo({ "f.coverage": "expiring" }, { state: "covered" })).toContain("f.coverage=expiring&")
  expect(leadsTo({ "f.destination": "DE,FR" }, { step: 1, from: "p1", to: "US", routes: ["US:none"] })).toBe(
    "/sharings?f.coverage=gap&f.destination=DE,FR&f.party=p1&f.route=US:none",
  )
  expect(leadsTo({ "as-of": "2025-01-01" }, { state: "other" })).toBe(
    "/sharings?f.entity=e1&f.party=p1&as-of=2025-01-01",
  )
})
