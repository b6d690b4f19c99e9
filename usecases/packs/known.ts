import { packVersions } from "@/db/statements/packs"
import type { Db, Tx } from "@/db/connect"
import { CHECKS_EDITION } from "@/domain/checks/edition"
import type { Pack } from "@/domain/checks/types"
import type { Instant } from "@/domain/core/instant"
import { packsInForce, type OwnVersion } from "@/domain/packs/in-force"
import { dayIn } from "@/domain/core/day"
import { completed } from "@/domain/records/complete"
import type { OwnPack } from "@/domain/records/own-pack"
import { intervalsWord } from "@/domain/reviews/intervals"

const BODIES = new Map<string, OwnPack>()
const KEPT_AT_MOST = 200

/** Our own versions of packs that came into force by the instant, oldest first. */
export async function ownVersions(tx: Db | Tx, at: Instant | null): Promise<OwnVersion[]> {
  return (await packVersions(tx, at)).map(({ recordId, n, at: since, requestId, hash, body, ends }) => ({
    ...{ recordId, n, at: since, requestId, ends },
    body: bodyOf(hash, body),
  }))
}

/** A body is read once: what is in force never changes, and its hash says which it is. */
function bodyOf(hash: string, body: string): OwnPack {
  const known = BODIES.get(hash)
  if (known) return known
  const read = completed("pack", JSON.parse(body) as OwnPack)
  if (BODIES.size >= KEPT_AT_MOST) BODIES.clear()
  BODIES.set(hash, read)
  return read
}

/** The packs by which the register is judged, as they were known at the instant: shipped ones and our own. */
export async function packsAt(tx: Db | Tx, at: Instant): Promise<Pack[]> {
  return packsInForce(at, await ownVersions(tx, at))
}

/** The packs by which it is judged now: whatever came into force, for the log's clock may be ahead of the caller's. */
export async function packsNow(tx: Db | Tx, now: Instant): Promise<Pack[]> {
  const own = await ownVersions(tx, null)
  const last = own[own.length - 1]?.at as Instant | undefined
  return packsInForce(last !== undefined && last > now ? last : now, own)
}

/**
 * The packs and the edition of the checks as one word: with what everything was judged. On the day on which a text begins
 * or ends that has things looked at in another interval the word is another one.
 */
export function packsWord(packs: readonly Pack[], now: Instant): string {
  const names = packs.map(({ pack, version, own }) => `${pack} ${version}${own ? ` ${own}` : ""}`).sort()
  const own = packs.some((pack) => pack.own) ? [`every ${intervalsWord(packs, dayIn("UTC", now))}`] : []
  return [...names, ...own, `checks ${CHECKS_EDITION}`].join(", ")
}

/** How the clauses of our own texts are called, by id, in the words known last. Those that are shipped have their own. */
export async function ownTitles(tx: Db | Tx, at: Instant | null): Promise<Record<string, string>> {
  const own = await ownVersions(tx, at)
  return Object.fromEntries(own.flatMap(({ body }) => body.clauses.map((clause) => [clause.id, clause.title])))
}
