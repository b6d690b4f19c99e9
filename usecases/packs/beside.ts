import { listEntityIds } from "@/db/statements/entities"
import type { Db, Tx } from "@/db/connect"
import type { Pack } from "@/domain/checks/types"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { PACKS } from "@/domain/packs/all"
import { everyVersion, narrowness, packOf } from "@/domain/packs/in-force"
import type { PackFault } from "@/domain/packs/validate"
import { validateEnd, validateOwn, type Beside } from "@/domain/packs/validate-own"
import type { OwnPack } from "@/domain/records/own-pack"
import { ownVersions } from "./known"

/** What a version of our own is held against: the versions that are shipped and out, our own, our companies. */
export async function besideOf(tx: Db | Tx, recordId: string | null, now: Instant): Promise<Beside> {
  return {
    shipped: PACKS.filter((pack) => pack.publishedAt <= now),
    own: everyVersion(await ownVersions(tx, null)),
    recordId,
    entities: await listEntityIds(tx),
  }
}

/** A version as a request proposes it: another one, or the end of the text. */
export type ProposedVersion = { recordId: string; op: string; body: OwnPack }

/** What is wrong with a version that a request proposes, beside what is in force now; a new record has no version yet. */
export async function faultsOf(
  tx: Db | Tx,
  { recordId, op, body }: ProposedVersion,
  now: Instant,
): Promise<PackFault[]> {
  const beside = await besideOf(tx, recordId, now)
  if (op === "end") return validateEnd(body, beside)
  const last = beside.own[beside.own.length - 1]?.publishedAt ?? now
  return validateOwn(withoutRecord(packOf(body, last > now ? last : now)), beside)
}

/** Whether every version of a pack among the proposals can still be taken: another may have come into force meanwhile. */
export async function packsGood(
  tx: Tx,
  proposals: readonly { recordId: string; kind: string; op: string; body: unknown }[],
  now: Instant,
): Promise<Outcome<unknown> & ({ ok: true } | Refusal)> {
  for (const one of proposals.filter((item) => item.kind === "pack")) {
    const faults = await faultsOf(tx, { ...one, body: one.body as OwnPack }, now)
    if (faults.length) return refusedPack(faults)
  }
  return good({})
}

function withoutRecord({ own: _own, ...pack }: Pack): Pack {
  return pack
}

/** A refusal that names every place of the pack that is wrong. */
export function refusedPack(faults: readonly PackFault[], line?: (path: string) => number): Refusal {
  const inOrder = line ? [...faults].sort((a, b) => line(a.path) - line(b.path)) : faults
  return refuse("invalid", "pack.refused", {
    fields: inOrder.slice(0, 100).map(({ path, says, params }) => ({
      ...{ path, says },
      params: line ? { ...params, line: String(line(path)) } : params,
    })),
  })
}

/** The text that a new one for the scope begins from: our widest own one that counts last, else the shipped one. */
export function sourceOf(beside: Beside, name: string): Pack | null {
  const standing = beside.own.filter((pack) => pack.pack === name && pack.effectiveTo === undefined)
  const own = standing.filter((pack) => narrowness(pack.scope) === 0)
  const shipped = beside.shipped.filter((pack) => pack.pack === name)
  return own[own.length - 1] ?? shipped[shipped.length - 1] ?? null
}
