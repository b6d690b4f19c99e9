import fc from "fast-check"
import { expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { SHAPES } from "@/domain/records/kinds"
import { typedParty } from "@/testing/bodies"
import { typedSharing } from "@/testing/in-2026"
import { isOverdue, isThere, linkState } from "./links"
import { answeredCount, keepTyped, LINES, readAnswers, type Typed } from "./questions"
import { assessmentBegun, chainNamed, intoParty, intoSharing, partyNamed } from "./take-over"

const said = (typed: Record<string, unknown>) => readAnswers(keepTyped(typed))
const PARTY = `pty_0${"1".repeat(25)}` as Id<"party">
const SHARING = `shr_0${"1".repeat(25)}` as Id<"sharing">
const flow = () => typedSharing({ entityId: `ent_0${"1".repeat(25)}` as Id<"entity">, partyId: PARTY })

test("of what was sent only what the form asks for is kept, cut to its room", () => {
  const kept = keepTyped({
    ...{ notes: "x".repeat(9000), "sub.0.name": "A\u202eB\u0000", [`sub.${LINES.sub}.name`]: "one too many" },
    ...{
      "sub.0.constructor": "x",
      __proto__: "x",
      restrictedTo: "x",
      measures: ["logging", "logging", { a: 1 }, "x".repeat(99)],
    },
    ...{ retentionDays: 30, access: "US" },
  })
  expect(kept).toEqual({ notes: "x".repeat(2000), "sub.0.name": "AB", measures: ["logging"], access: "US" })
})

test("whatever is sent, it is read without breaking, fits the kept size, and saving it again changes nothing", () => {
  const names = [
    "hosting",
    "sub.0.name",
    "sub.1.country",
    "cert.0.until",
    "retentionDays",
    "contactEmail",
    "notes",
    "zz",
  ]
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(null), fc.integer(), fc.object())
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (sent) => {
      const kept = keepTyped(sent)
      expect(JSON.stringify(kept).length).toBeLessThan(200_000)
      expect(keepTyped(kept)).toEqual(kept)
      const { answers, wrong } = readAnswers(kept)
      expect(answeredCount(answers, 0)).toBeLessThanOrEqual(7)
      for (const one of wrong) expect(one.path in kept || one.path.endsWith(".name")).toBe(true)
    }),
  )
})

test.each([
  [{ "sub.0.country": "DE" }, "sub.0.name", "invalid.required"],
  [{ "sub.0.name": "Relay", "sub.0.country": "Atlantis" }, "sub.0.country", "invalid.country-name"],
  [{ hosting: "Ireland\nEurope" }, "hosting", "invalid.country-name"],
  [{ "cert.2.until": "2027-02-30", "cert.2.name": "ISO" }, "cert.2.until", "invalid.day"],
  [{ retentionDays: "forever" }, "retentionDays", "invalid.days"],
  [{ retentionDays: "99999" }, "retentionDays", "invalid.days"],
  [{ contactEmail: "me" }, "contactEmail", "invalid.email"],
  [{ noSubs: "yes", "sub.0.name": "Relay" }, "noSubs", "invalid.subs-and-none"],
])("%j is said to be wrong at %s: %s", (typed, path, says) => {
  expect(said(typed as unknown as Record<string, unknown>).wrong).toEqual([{ path, says }])
})

const ALL: Typed = {
  ...{ hosting: "Ireland\nUnited States", access: "IN", measures: ["rest.encryption", "no such"], retentionDays: "30" },
  ...{ deletion: "Overwritten", contactName: "Ada", contactEmail: "ada@harbour.example", notes: "None" },
  ...{ "sub.0.name": "Relay GmbH", "sub.0.country": "DE", "sub.0.task": "Sends mail", "cert.0.name": "ISO 27001" },
  "cert.0.until": "2027-06-30",
}

test("what is taken over fits the shape of its record, and touches the one field alone", () => {
  const { answers, wrong } = said(ALL)
  expect([wrong, answeredCount(answers, 0)]).toEqual([[], 7])
  const before = flow()
  for (const [question, field] of [
    ["where", "destinations"],
    ["measures", "measures"],
    ["retention", "retention"],
  ] as const) {
    const after = intoSharing(question, answers, before)
    expect(SHAPES.sharing.safeParse(after).success).toBe(true)
    expect({ ...after, [field]: null }).toEqual({ ...before, [field]: null })
  }
  const party = intoParty("contact", answers, typedParty())
  expect(SHAPES.party.safeParse(party).success).toBe(true)
  expect(party?.contacts.map((one) => one.email)).toEqual(["privacy@harbour.example", "ada@harbour.example"])
  expect(party && intoParty("contact", answers, party)?.contacts).toEqual(party?.contacts)
  const [sub] = answers.subprocessors
  if (!sub) throw new Error("no sub-processor")
  expect(SHAPES.party.safeParse(partyNamed(sub)).success).toBe(true)
  const between = { sharingId: SHARING, partyId: PARTY, engagedBy: PARTY }
  expect(SHAPES.chain.safeParse(chainNamed(sub, between)).success).toBe(true)
  const look = assessmentBegun(answers, { partyId: PARTY, title: "Certificates", files: [] })
  expect(SHAPES.assessment.safeParse(look).success).toBe(true)
  expect(look).toMatchObject({ outcome: BLANK, doneOn: BLANK, validUntil: BLANK, risk: BLANK })
})

test("countries that are taken over keep the mechanisms of those that stood there, and lines that have ended", () => {
  const line = (country: string, kind: "storage" | "access", over = {}) => ({
    ...{ country, kind, mechanisms: [], firstOn: null, lastOn: null },
    ...over,
  })
  const kept = line("US", "storage", { firstOn: "2025-01-01" as Day })
  const ended = line("BR", "storage", { lastOn: "2025-01-01" as Day })
  const before = { ...flow(), destinations: known([kept, ended, line("CN", "storage"), line("FR", "access")]) }
  const after = intoSharing("where", said({ hosting: "US, Irland" }).answers, before)
  expect(after?.destinations).toEqual(known([kept, ended, line("FR", "access"), line("IE", "storage")]))
})

test("what stands in a flow is not emptied by what a party did not say", () => {
  const silent = said({ measuresText: "We take many measures.", notes: "x" }).answers
  for (const question of ["where", "measures", "retention"] as const)
    expect(intoSharing(question, silent, flow()), question).toBeNull()
})

const at = (text: string) => text as Instant
const link = (over: object) => ({
  ...{ openedAt: null, sentAt: null, revokedAt: null, expiresAt: at("2026-03-01T00:00:00.000Z") },
  dueOn: "2026-02-01" as Day,
  ...over,
})
const T = at("2026-01-10T00:00:00.000Z")

test.each([
  [{}, "asked", true],
  [{ openedAt: T }, "opened", true],
  [{ openedAt: T, sentAt: T }, "answered", true],
  [{ revokedAt: T }, "revoked", false],
  [{ sentAt: T, revokedAt: T }, "answered", false],
  [{ expiresAt: T }, "expired", false],
])("a link with %j is %s", (over, state, there) => {
  const now = at("2026-01-20T00:00:00.000Z")
  expect([linkState(link(over), now), isThere(link(over), now)]).toEqual([state, there])
  expect(isOverdue(link(over), "2026-02-01" as Day, now)).toBe(false)
  expect(isOverdue(link(over), "2026-02-02" as Day, now)).toBe(["asked", "opened", "expired"].includes(state))
})
