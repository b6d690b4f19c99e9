import { landLines, linesPage, type LineRow } from "@/db/statements/reconciliations"
import { knownSuppliers, partiesByKeys, partiesLike } from "@/db/statements/supplier-list"
import type { Tx } from "@/db/connect"
import { coreName, type Key } from "@/domain/reconcile/keys"
import { keysOfLine, reconcile, type KnownSupplier, type Landed } from "@/domain/reconcile/reconcile"

const BATCH = 500

/**
 * Looks every line of a list up in the register as it stands, and says where it lands. Exact keys first; only what they
 * leave is looked up by likeness. The rule decides (domain/reconcile); the database only narrows down.
 */
export async function matchLines(tx: Tx, id: string): Promise<void> {
  for (let after = 0; ;) {
    const lines = await linesPage(tx, id, { landed: null, after, limit: BATCH })
    const last = lines[lines.length - 1]
    if (!last) return
    after = last.line
    await landLines(tx, id, await landed(tx, lines))
  }
}

async function landed(tx: Tx, lines: readonly LineRow[]): Promise<Landed[]> {
  const keys = lines.flatMap((line) => keysOfLine(line).map(({ how, key }) => ({ kind: how, key })))
  const exact = await suppliers(tx, await partiesByKeys(tx, keys))
  const first = reconcile(lines, exact)
  const left = lines.filter((_line, i) => first[i]?.how === null || first[i]?.how === "similar")
  const cores = [...new Set(left.map((line) => coreName(line.name)).filter((core) => core !== ""))]
  const like = await suppliers(tx, await partiesLike(tx, cores))
  // The likeness of names is asked of what is left alone, so that it never stands before a surer sign.
  const second = new Map(left.map((line) => [line.line, guessed(line, like)]))
  return first.map((one) => second.get(one.line) ?? one)
}

const unmatched = (line: number): Landed => ({ line, group: "unmatched", partyId: null, how: null, by: null })

/** A party that a person said is another is not guessed again. */
function guessed(line: LineRow, parties: readonly KnownSupplier[]): Landed {
  const others = line.notParty === null ? parties : parties.filter((party) => party.partyId !== line.notParty)
  return reconcile([line], others)[0] ?? unmatched(line.line)
}

async function suppliers(tx: Tx, ids: readonly string[]): Promise<KnownSupplier[]> {
  const parties = new Map<string, KnownSupplier & { keys: Key[] }>()
  for (const { partyId, country, decision, kind, key } of await knownSuppliers(tx, ids)) {
    const party = parties.get(partyId) ?? { partyId, country, decision, keys: [] }
    party.keys.push({ kind: kind as Key["kind"], key })
    parties.set(partyId, party)
  }
  return [...parties.values()]
}
