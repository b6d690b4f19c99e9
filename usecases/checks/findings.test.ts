import { afterAll, beforeAll, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { putEntity } from "@/usecases/people/entities"
import { viewCsv } from "@/usecases/register/view-csv"
import { newId, OPERATOR } from "@/usecases/scene"
import type { Id } from "@/domain/core/id"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { listClauses, listFindings, viewFindings } from "./list-findings"

let on: TestDatabase
let cast: Cast
let sharing: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const [party] = await inForce(on.db, cast, "Party", [
    { kind: "party", body: typedParty({ legalName: "=HYPERLINK(evil)", risk: known("high") }) },
  ])
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found running", kind: "discovered" }))
  sharing = newId(scene, "sharing")
  must(
    await saveProposal(scene, {
      requestId: draft.id,
      kind: "sharing",
      op: "create",
      recordId: sharing,
      body: typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party as Id<"party"> }),
      discovered: true,
    }),
  )
  must(await submitRequest(scene, { requestId: draft.id }))
})
afterAll(() => on.drop())

test("what was found running is listed with what it lacks, by severity and clause", async () => {
  const page = must(await listFindings(sceneFor(on.db, cast.legal), {}))
  expect(page.findings.map((one) => one.clause)).toEqual(expect.arrayContaining(["S-III.A-2", "S-IV-4.1"]))
  expect(page.findings.every((one) => one.recordId === sharing && one.standing === "discovered")).toBe(true)
  const one = must(await listFindings(sceneFor(on.db, cast.legal), { filters: { clause: ["S-IV-4.1"] } }))
  expect(one.findings.map((item) => item.clause)).toEqual(["S-IV-4.1"])
  const first = must(await listFindings(sceneFor(on.db, cast.legal), { size: 1 }))
  const second = must(await listFindings(sceneFor(on.db, cast.legal), { size: 1, after: first.next ?? "" }))
  expect(second.findings[0]?.clause).not.toBe(first.findings[0]?.clause)
})

test("whoever reads another company's content gets none of these findings, not even counted", async () => {
  const other = must(await putEntity(sceneFor(on.db, OPERATOR), { body: typedEntity({ legalName: "Other Ltd" }) }))
  const stranger = await aPerson(on.db, "Stella Stranger", ["legal"], other.id)
  expect(must(await listFindings(sceneFor(on.db, stranger), {}))).toMatchObject({
    findings: [],
    counts: { severities: {}, facets: { clause: [], entity: [], owner: [] } },
  })
  const csv = must(await viewCsv(sceneFor(on.db, stranger), { list: "sharings" }))
  expect(csv.rows).toBe(0)
  expect(must(await viewFindings(sceneFor(on.db, stranger), {})).findings).toEqual([])
})

test("the numbers beside the list are those of the list, as known now and at an instant", async () => {
  const scene = sceneFor(on.db, cast.legal)
  for (const asOf of [null, new Date().toISOString()]) {
    const whole = must(await listFindings(scene, { severity: null, size: 500, asOf }))
    const { counts, findings } = whole
    expect(findings.length).toBeGreaterThan(5)
    for (const severity of ["blocking", "warning", "advice"])
      expect(counts?.severities[severity] ?? 0).toBe(findings.filter((one) => one.severity === severity).length)
    for (const { value, n } of counts?.facets.clause ?? [])
      expect(n).toBe(findings.filter((one) => one.clause === value).length)
    expect(counts?.facets.country.map((one) => one.n)).toEqual([findings.length])
    expect(counts?.facets.owner).toEqual([{ value: "nobody", n: findings.length }])
    const kind = counts?.facets.kind[0]
    const narrowed = must(
      await listFindings(scene, { severity: null, size: 500, asOf, filters: { kind: [kind?.value] } }),
    )
    expect(narrowed.findings).toHaveLength(kind?.n ?? 0)
    const without = must(
      await listFindings(scene, { severity: null, size: 500, asOf, excluded: { clause: ["S-IV-4.1"] } }),
    )
    expect(without.counts?.facets.clause.map((one) => one.value)).not.toContain("S-IV-4.1")
    expect(without.findings.length).toBe(Object.values(without.counts?.severities ?? {}).reduce((a, b) => a + b, 0))
  }
})

test("a view of findings holds what the list holds page by page, narrowed alike, and nothing before they were found", async () => {
  const scene = sceneFor(on.db, cast.legal)
  const all: string[] = []
  let after: string | null = ""
  while (after !== null) {
    const page: { findings: { key: string }[]; next: string | null } = must(
      await listFindings(scene, { severity: null, size: 2, after }),
    )
    all.push(...page.findings.map((one) => one.key))
    after = page.next
  }
  const view = must(await viewFindings(scene, { severity: null }))
  expect(view.findings.map((one) => one.key)).toEqual(all)
  expect(view).toMatchObject({ cut: false })
  const one = must(await viewFindings(scene, { filters: { clause: ["S-IV-4.1"] } }))
  expect(one.findings.map((item) => item.clause)).toEqual(["S-IV-4.1"])
  expect(must(await viewFindings(scene, { severity: null, asOf: "2020-01-01T00:00:00.000Z" })).findings).toEqual([])
})

test("a view as CSV starts no formula and holds what the table holds", async () => {
  const { csv, rows } = must(await viewCsv(sceneFor(on.db, cast.legal), { list: "parties" }))
  expect(rows).toBe(1)
  expect(csv).toContain("'=HYPERLINK(evil)")
  expect(csv).not.toMatch(/(^|,|")=HYPER/m)
})

test("clauses are data with their days", async () => {
  const clauses = must(await listClauses(sceneFor(on.db, OPERATOR), {}))
  expect(clauses.length).toBeGreaterThan(40)
  expect(clauses.find((one) => one.id === "S-III.A-1")).toMatchObject({
    pack: "statement",
    severity: "blocking",
    check: "actsForUs",
    effectiveFrom: "2018-01-01",
    effectiveTo: null,
  })
})
