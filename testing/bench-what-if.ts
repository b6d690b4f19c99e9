import { sql } from "drizzle-orm"
import { closeDb, openDb, row } from "@/db/connect"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Scenario } from "@/domain/whatif/scenario"
import { beginWhatIf, doRuns, readRun } from "@/usecases/whatif/runs"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { idMaker, loadBench, PLAIN, type Made } from "./bench-load"
import { typedParty } from "./bodies"
import { mechanism } from "./covered"
import { OPEN, typedAgreement, typedSharing } from "./flow"
import { sceneFor } from "./people"
import { aCast, must, submitted } from "./requests"

const SIZE = { parties: 10_000, sharings: 100_000, agreements: 20_000, events: 0 }
const EACH = SIZE.sharings / SIZE.agreements

/** A quarter goes to the US and a twentieth to Japan, both on adequacy alone; the rest stays at home. All are covered. */
function* flows(entityId: Id<"entity">): Generator<Made> {
  const newId = idMaker()
  const conditions = (["dpf", "appi"] as const).map((condition) => ({ condition, evidence: BLANK, ...OPEN }))
  const parties = Array.from({ length: SIZE.parties }, () => newId("party"))
  for (const [i, id] of parties.entries())
    yield { kind: "party", id, ...PLAIN, body: typedParty({ legalName: `Party ${i}`, conditions }) }
  for (let n = 0; n < SIZE.agreements; n += 1) {
    const between = { entityId, partyId: parties[n % parties.length] as Id<"party"> }
    const mine: Id<"sharing">[] = []
    for (let i = n * EACH; i < (n + 1) * EACH; i += 1) {
      const country = i % 4 === 0 ? "US" : i % 20 === 1 ? "JP" : "DE"
      const mechanisms = country === "DE" ? [] : [mechanism("adequacy")]
      const destinations = known([{ country, kind: "storage" as const, mechanisms, ...OPEN }])
      const id = newId("sharing")
      yield { kind: "sharing", id, ...PLAIN, body: typedSharing(between, { title: `Flow ${i}`, destinations }) }
      mine.push(id)
    }
    yield { kind: "agreement", id: newId("agreement"), ...PLAIN, body: typedAgreement(between, mine) }
  }
}

export type WhatIfBench = { scenario: string; looked: number; uncovered: number; seconds: number; cpuSeconds: number }

/** What if, over 100,000 sharings in a migrated, empty database: how long it takes, with how much work of one core. */
export async function benchWhatIf(ownerUrl: string, appUrl: string): Promise<WhatIfBench[]> {
  const db = openDb(appUrl, { name: "onward-bench" })
  const cast = await aCast(db)
  const { requestId } = await submitted(db, cast, "Load", [{ kind: "party", body: typedParty() }])
  const entityId = cast.entityId as Id<"entity">
  await loadBench(ownerUrl, SIZE, { entityIds: [entityId], requestId }, flows(entityId))
  const party = await row<{ id: string }>(db, sql`select party_id as id from sharing_rows limit 1`)
  const on = day("2026-03-01")
  const scene = sceneFor(db, cast.legal)
  const out: WhatIfBench[] = []
  const scenarios: Scenario[] = [
    { kind: "loses-adequacy", regime: "EU", country: "US", on },
    { kind: "loses-adequacy", regime: "EU", country: "JP", on },
    { kind: "party-insolvent", partyId: party?.id as Id<"party">, on },
  ]
  for (const scenario of scenarios) {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const { runId } = must(await beginWhatIf(scene, { scenario }))
    if (runId) await doRuns(scene)
    const { summary } = runId ? must(await readRun(scene, { runId })) : must(await readWhatIf(scene, { scenario }))
    const { user, system } = process.cpuUsage(cpu)
    out.push({
      scenario: "country" in scenario ? `${scenario.kind} ${scenario.country}` : scenario.kind,
      looked: summary?.candidates ?? 0,
      uncovered: summary?.parts.uncovered.tally.sharings ?? 0,
      seconds: (performance.now() - began) / 1000,
      cpuSeconds: (user + system) / 1e6,
    })
  }
  await closeDb(db)
  return out
}
