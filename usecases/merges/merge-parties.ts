import { sql } from "drizzle-orm"
import { z } from "zod"
import { neighbours } from "@/db/statements/neighbours"
import { insertRequest, saveProposals } from "@/db/statements/requests"
import { rows, type Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mergeProposals } from "@/domain/merges/merge-proposals"
import type { AnyRecord, RecordKind, RecordOf } from "@/domain/records/kinds"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"

const input = z.strictObject({
  fromId: idOf("party"),
  intoId: idOf("party"),
  /** The first day on which everything goes to the party that stays. */
  on: dayShape,
  title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
})
type Input = z.output<typeof input>

/** More than these nobody would look through in one request. */
const MOST = 2_000

/**
 * Begins one request that merges two parties: the one ends and leads to the other, which takes over its names, numbers and
 * addresses; each flow that still runs is succeeded by one to the party that stays, with its papers and looks.
 */
export const beginMerge = jot<Input, { id: string; records: number }>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    const scope = scopeOf(actor)
    const both = await parties(tx, asked, scope)
    if (!both.ok) return both
    const { from, into } = both.value
    // Parties are the group's: whoever merges them sees what they get from every company.
    if (scope.entities !== null) return refuse("not-allowed", "not-allowed.merge-all")
    const around = (await aroundParty(tx, from.id)).filter((one) => readable(one, scope) && one.standing !== "ended")
    const of = <K extends RecordKind>(kind: K) => around.filter((one) => one.kind === kind) as unknown as RecordOf<K>[]
    const sharings = of("sharing").filter((one) => one.body.partyId === from.id)
    if (sharings.some((one) => one.standing === "discovered")) return refuse("conflict", "conflict.merge-found")
    const ids = new Set<string>(sharings.map((one) => one.id))
    const proposals = mergeProposals({
      ...{ from, into, on: asked.on, sharings },
      agreements: of("agreement").filter((one) => one.body.partyId === from.id),
      assessments: of("assessment").filter((one) => one.body.partyId === from.id),
      chains: of("chain").filter(
        ({ body }) => body.partyId === from.id || body.engagedBy === from.id || ids.has(body.sharingId),
      ),
      newId: (kind) => newId(scene, kind),
    })
    if (proposals.length > MOST) return refuse("invalid", "invalid.merge-large")
    const id = newId(scene, "request")
    const title = asked.title.trim()
    const { restrictedTo } = from.body
    await insertRequest(tx, {
      ...{ id, title, fold: fold(title), kind: "change", by: actor.id, at: scene.now, restrictedTo },
    })
    await saveProposals(
      tx,
      id,
      scene.now,
      proposals.map((one, i) => ({
        ...{ recordId: one.recordId, kind: one.kind, op: one.op, baseVersion: one.record?.version ?? null },
        ...{ position: i + 1, body: canonical(one.body) },
        ...{ discovered: false, importId: null, sheet: null, row: null },
      })),
    )
    return good({ id, records: proposals.length })
  },
})

async function parties(
  tx: Tx,
  { fromId, intoId }: Input,
  scope: Scope,
): Promise<Outcome<{ from: RecordOf<"party">; into: RecordOf<"party"> }>> {
  const found = (await loadRecords(tx, [fromId, intoId], null)).filter((one) => readable(one, scope))
  const find = (id: string) =>
    found.find((one) => one.id === id && one.kind === "party") as RecordOf<"party"> | undefined
  const [from, into] = [find(fromId), find(intoId)]
  if (!from || !into) return refuse("not-found", "not-found")
  if (from.id === into.id)
    return refuse("invalid", "invalid.form", { fields: [{ path: "intoId", says: "invalid.merge-self" }] })
  if (from.standing === "ended" || into.standing === "ended") return refuse("conflict", "conflict.already-over")
  // The names of one would stand in the other for everybody.
  if (canonical(from.body.restrictedTo) !== canonical(into.body.restrictedTo))
    return refuse("conflict", "conflict.merge-restricted")
  return good({ from, into })
}

/** Everything in force that stands with the party or names it. */
async function aroundParty(tx: Tx, partyId: string): Promise<AnyRecord[]> {
  const named = await rows<{ id: string }>(
    tx,
    sql`select distinct f.record_id as id from version_refs f where f.target_id = ${partyId} limit 5000`,
  )
  const near = await neighbours(tx, { parties: [partyId], sharings: [], allSharings: true }, null)
  return loadRecords(tx, [...new Set([...near, ...named.map((one) => one.id)])], null)
}
