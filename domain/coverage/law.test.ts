import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { lawFactsOf, NO_LAW, type LawFacts } from "@/domain/checks/law"
import { PACKS, packsKnownAt } from "@/domain/packs/all"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import {
  BETWEEN,
  factsOf,
  gapsOf,
  goingTo,
  LAW,
  lawKnownOn,
  mechanism,
  words,
  type CoverStory,
} from "@/testing/covered"
import { aGround, OPEN, typedAgreement } from "@/testing/in-2026"
import { daysAbroad } from "./areas"
import { coverageOf } from "./coverage"

const listed = (condition: Party["conditions"][number]["condition"]): Party["conditions"][number] => ({
  condition,
  evidence: BLANK,
  ...OPEN,
})
const adequate = (country: string, sharing: Partial<Sharing> = {}, party: Partial<Party> = {}): CoverStory => ({
  sharing: { ...goingTo(country, [mechanism("adequacy")]), ...sharing },
  party,
})
const ALL_2026 = ["2026-01-01..2027-01-01"]

describe("the limits of a decision of adequacy", () => {
  test("data about staff needs the listing for staff besides", () => {
    const staff = { subjects: known(["employee" as const]) }
    expect(gapsOf(adequate("US", {}, { conditions: [listed("dpf")] }))).toEqual([])
    expect(gapsOf(adequate("US", staff, { conditions: [listed("dpf")] }))).toEqual(ALL_2026)
    expect(gapsOf(adequate("US", staff, { conditions: [listed("dpf"), listed("dpf-hr")] }))).toEqual([])
  })
  test("public bodies of Japan are none of its businesses", () => {
    const japan = { conditions: [listed("appi")] }
    expect(gapsOf(adequate("JP", {}, japan))).toEqual([])
    expect(gapsOf(adequate("JP", {}, { ...japan, kinds: [{ kind: "authority", ...OPEN }] }))).toEqual(ALL_2026)
  })
  test("paper is no automated processing in Israel", () => {
    expect(gapsOf(adequate("IL"))).toEqual([])
    expect(gapsOf(adequate("IL", { channel: known("paper") }))).toEqual(ALL_2026)
  })
  test("an organisation has its own; institutions of the Union are no transfer", () => {
    expect(gapsOf(adequate("IO:EPO"))).toEqual([])
    expect(gapsOf(adequate("IO:WHO"))).toEqual(ALL_2026)
    expect(gapsOf({ sharing: goingTo("IO:EU") })).toEqual([])
  })
})

describe("areas have dated members", () => {
  test("the United Kingdom was inside, then bridged, then abroad", () => {
    expect(words(daysAbroad(LAW, "EU", "GB"))).toEqual(["2021-06-28.."])
    const bridge = { ...LAW, areas: LAW.areas.filter((line) => !line.act.startsWith("bridge")) }
    expect(words(daysAbroad(bridge, "EU", "GB"))).toEqual(["2021-01-01.."])
  })
  test("overseas parts with codes of their own are inside, others are not", () => {
    for (const inside of ["GF", "GP", "MQ", "RE", "YT", "MF", "AX"]) expect(daysAbroad(LAW, "EU", inside)).toEqual([])
    for (const outside of ["GL", "NC", "PF", "BL", "PM", "AW", "CW", "SX", "BQ"])
      expect(words(daysAbroad(LAW, "EU", outside))).toEqual([".."])
    for (const outside of ["HK", "MO", "TW"]) expect(words(daysAbroad(LAW, "CN", outside))).toEqual([".."])
  })
})

describe("facts of law are an argument", () => {
  const story = factsOf(adequate("BR"))
  test("a scenario lays other facts over: a decision that falls on a day uncovers from that day", () => {
    const falls: LawFacts = {
      ...LAW,
      adequacy: LAW.adequacy.map((line) => (line.to.includes("BR") ? { ...line, until: day("2026-03-01") } : line)),
    }
    expect(words(coverageOf(story, LAW).covered)).toEqual(["2026-01-26..2027-01-01"])
    expect(words(coverageOf(story, falls).covered)).toEqual(["2026-01-26..2026-03-01"])
  })
  test("what no pack had published yet is no law: nothing is covered, and it says that no rules are loaded", () => {
    const none = lawFactsOf(packsKnownAt("2023-12-31T23:59:59.999Z"))
    expect(none).toEqual(NO_LAW)
    expect(coverageOf(factsOf({}), none)).toMatchObject({ covered: [], unloaded: ["EU"] })
  })
  test("a decision, or its end, that nobody knew of on the day is left out", () => {
    expect(coverageOf(story, lawKnownOn(day("2026-01-25"))).covered).toEqual([])
    const old = lawKnownOn(day("2024-03-21")).bands
    expect(old.map((line) => line.until)).toContain(null)
    expect(lawFactsOf(PACKS).bands.map((line) => line.until)).toContain("2024-03-22")
  })
})

test("why a paper is missing changes nothing: the gap stays", () => {
  const reason = { missingPaperReason: known("refuses" as const) }
  expect(gapsOf({ sharing: reason, agreements: [] })).toEqual(ALL_2026)
})

test("a shared flow of a Californian business needs the terms for third parties", () => {
  const sharing: Partial<Sharing> = {
    mode: "share",
    grounds: [aGround("partner")],
    bases: [{ regime: "CCPA", basis: "ca.business-purpose", evidence: BLANK, ...OPEN }],
  }
  const entity = { country: "US", regimes: [{ regime: "CCPA" as const, ...OPEN }] }
  const secret = { kind: "confidentiality" as const, checklist: typedAgreement(BETWEEN, []).checklist }
  const ccpa = { kind: "ccpa" as const, amends: null }
  expect(gapsOf({ sharing, entity, agreements: [secret] })).toEqual(ALL_2026)
  expect(gapsOf({ sharing, entity, agreements: [secret, ccpa] })).toEqual([])
})
