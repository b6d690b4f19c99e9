import { describe, expect, test } from "vitest"
import { CATALOGUE } from "@/components/words/catalogue"
import { CHECKS } from "@/domain/checks/registry"
import { findingsOf } from "@/domain/checks/run"
import type { Clause, Pack } from "@/domain/checks/types"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { abroad, CONSENT, daysOf, factsOf, partner, plain, share, type Story } from "@/testing/clause-stories"
import { aGround, aLine } from "@/testing/in-2026"
import { clauseFrom, compileTemplate, TEMPLATES } from "./templates"

const clauseOf = (name: string, given: unknown): Clause => {
  const compiled = compileTemplate(name, given)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults))
  const own = { id: "OWN-1", title: "Ours", remedy: "Mend it.", severity: "blocking", effectiveFrom: null } as const
  return clauseFrom(own, compiled)
}
const found = (clause: Clause, story: Story) => {
  const pack: Pack = {
    pack: "own",
    version: "1",
    publishedAt: "2025-01-01T00:00:00.000Z",
    scope: { regimes: null, entities: null, products: null, subjects: null },
    clauses: [clause],
  }
  return findingsOf(factsOf(story), [pack])
}

type Row = { name: string; given: object; sentence: string; kept: Story; broken: Story; days: string[] }
const YEAR = ["2026-01-01..2027-01-01"]
const last = day("2026-12-31")
const ROWS: readonly Row[] = [
  {
    name: "needs-agreement",
    given: { modes: ["entrust"], kinds: ["processing"] },
    sentence: "When we Entrust, a signed paper of this kind covers it: Processing clauses.",
    kept: plain,
    broken: { agreement: { endsOn: known(day("2026-12-30")) } },
    days: ["2026-12-31..2027-01-01"],
  },
  {
    name: "never-to-country",
    given: { kinds: ["acct.identifier"], countries: ["US"] },
    sentence: "This data never lies in, nor is reached from, US: Account identifier.",
    kept: plain,
    broken: share(plain, abroad([], { firstOn: last })),
    days: ["2026-12-31..2027-01-01"],
  },
  {
    name: "only-in-countries",
    given: { subjects: ["user"], countries: ["IE", "DE"] },
    sentence: "Data about Registered user lies only in IE, DE.",
    kept: plain,
    broken: share(plain, abroad([])),
    days: YEAR,
  },
  {
    name: "never-shared",
    given: { modes: ["share"], kinds: ["loc.precise"] },
    sentence: "When we Share, this data stays out: Precise location.",
    kept: partner,
    broken: share(partner, { dataLines: known([aLine("loc.precise", { firstOn: last })]) }),
    days: ["2026-12-31..2027-01-01"],
  },
  {
    name: "needs-measures",
    given: { kinds: ["device.id"], measures: ["transit.encryption", "key.ours"] },
    sentence:
      "Whoever gets Device identifier (IMEI, ESN, MEID, serial) takes each of these measures: Encryption in transit, Keys held by us.",
    kept: share(plain, { measures: known(["transit.encryption", "key.ours"]) }),
    broken: plain,
    days: YEAR,
  },
  {
    name: "needs-assessment",
    given: { purposes: ["svc.infra"], kind: "pia" },
    sentence:
      "For Hosting and delivery network an assessment of this kind has been passed and holds: Impact assessment.",
    kept: { assessments: [{ kind: "pia" }] },
    broken: { assessments: [{ kind: "pia", validUntil: known(day("2026-12-30")) }] },
    days: ["2026-12-31..2027-01-01"],
  },
  {
    name: "kept-at-most",
    given: { kinds: ["device.id"], days: 30 },
    sentence: "Whoever gets Device identifier (IMEI, ESN, MEID, serial) keeps it for 30 days at most.",
    kept: plain,
    broken: share(plain, {
      retention: known({ days: known(31), trigger: known("end"), deletion: known("erased") }),
    }),
    days: YEAR,
  },
  {
    name: "runs-at-most",
    given: { grounds: ["partner"], days: 364 },
    sentence: "On these grounds data flows for 364 days at most: Business partner.",
    kept: share(partner, { endsOn: known(day("2026-12-30")) }),
    broken: partner,
    days: ["2026-12-31..2027-01-01"],
  },
  {
    name: "never-to-party",
    given: { subjects: ["child"], partyKinds: ["partner"] },
    sentence: "Data about Minor never goes to a Business partner.",
    kept: share(plain, { subjects: known(["child"]) }),
    broken: share(partner, { subjects: known(["child"]) }),
    days: YEAR,
  },
  {
    name: "consent-for",
    given: { purposes: ["ana.usage"] },
    sentence: "Data is used for Usage statistics only with a consent on record.",
    kept: {
      ...share(partner, { purposes: known(["ana.usage"]), grounds: [aGround("consent", { consentId: CONSENT })] }),
      consent: {},
    },
    broken: share(partner, { purposes: known(["ana.usage"]) }),
    days: YEAR,
  },
]

describe.each(ROWS.map((row) => [row.name, row] as const))("the template %s", (name, row) => {
  test("says its promise, and names a check that is there", () => {
    expect(compileTemplate(name, row.given)).toMatchObject({ ok: true, sentence: row.sentence })
    expect(CHECKS[TEMPLATES.find((one) => one.name === name)?.check ?? ""]).toBeDefined()
  })
  test("is kept by one flow and broken by another on exactly its days, with a sentence", () => {
    const clause = clauseOf(name, row.given)
    expect(found(clause, row.kept)).toEqual([])
    const findings = found(clause, row.broken)
    expect(daysOf(findings)).toEqual(row.days)
    for (const one of findings) expect(CATALOGUE[one.says], one.says).toBeDefined()
  })
  test("refuses what it does not know, at the field", () => {
    expect(compileTemplate(name, { ...row.given, code: "() => 1" })).toMatchObject({ ok: false })
    expect(compileTemplate(name, {})).toMatchObject({ ok: false })
  })
})

test("every template has its row", () => {
  expect(TEMPLATES.map((one) => one.name).sort()).toEqual(ROWS.map((row) => row.name).sort())
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(8)
})

test("a parameter out of range is said beside its field", () => {
  expect(compileTemplate("kept-at-most", { kinds: ["device.id"], days: 99_999 })).toEqual({
    ok: false,
    faults: [{ path: "days", says: "invalid.range" }],
  })
  expect(compileTemplate("never-to-country", { kinds: ["device.id"], countries: ["Utopia"] })).toEqual({
    ok: false,
    faults: [{ path: "countries.0", says: "invalid.country" }],
  })
  expect(compileTemplate("nonsense", {})).toEqual({ ok: false, faults: [{ path: "template", says: "invalid.choice" }] })
})

test("a clause from a template may be reworded, and keeps what it was made from", () => {
  const clause = clauseOf("kept-at-most", { kinds: ["device.id"], days: 30 })
  expect(clause).toMatchObject({ params: { template: "kept-at-most", given: { kinds: ["device.id"], days: 30 } } })
})
