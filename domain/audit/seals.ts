import { plusMillis, toMillis, type Instant } from "@/domain/core/instant"

/** A visit as its grant says it: whose, since when, and until which instant its looks are sealed (null: nobody can say yet). */
export type Visit = { personId: string; from: Instant; until: Instant | null; entityId: string | null }

/**
 * Whether a look of this person at the instant is still sealed. The day that was named when the grant was given holds, also where the
 * grant is taken back before: nobody opens a seal by sending the visitor home.
 */
export function isSealed(look: { actorId: string; at: Instant }, visits: readonly Visit[], now: Instant): boolean {
  return visits.some(
    (visit) => visit.personId === look.actorId && visit.from <= look.at && (visit.until === null || visit.until > now),
  )
}

/** Whether an entry of the log is a look. */
export function isLook(act: string): boolean {
  return act.startsWith("look.")
}

/** Whether what a visitor did is sealed with their looks: what they took away tells what they look for as well as what they opened. */
export function isSealable(act: string): boolean {
  return isLook(act) || act === TAKING
}

/** The act of taking a package. */
export const TAKING = "export.make"

/** Whether an entry is a supervisor's taking of a package, by its bytes. */
export function isSupervisorsTaking({ act, bytes }: { act: string; bytes: string }): boolean {
  return act === TAKING && (JSON.parse(bytes) as { actor?: { role?: string } }).actor?.role === "supervisor"
}

export type LookLine = { index: number; at: Instant; act: string; objects: readonly { type: string; id: string }[] }
/** Looks at the same thing, one after another and near to each other: told as one. */
export type FoldedLook = Omit<LookLine, "at"> & { first: Instant; last: Instant; n: number }

const NEAR = 30 * 60 * 1000

/** Looks in order of the log, those at the same thing within half an hour of each other as one line. */
export function foldLooks(lines: readonly LookLine[]): FoldedLook[] {
  const out: FoldedLook[] = []
  for (const { at, ...line } of lines) {
    const before = out[out.length - 1]
    if (before && same(before, line) && toMillis(at) - toMillis(before.last) <= NEAR) {
      before.last = at
      before.n += 1
    } else out.push({ ...line, first: at, last: at, n: 1 })
  }
  return out
}

function same(a: Pick<LookLine, "act" | "objects">, b: Pick<LookLine, "act" | "objects">): boolean {
  return (
    a.act === b.act && a.objects.length === b.objects.length && a.objects.every((one, i) => one.id === b.objects[i]?.id)
  )
}

/** Parts of one file that are read so near to each other are one look at it. */
const ONE_FILE = 10 * 60 * 1000

/** Since when a look at the same file counts for this one as well. */
export function oneLookSince(now: Instant): Instant {
  return plusMillis(now, -ONE_FILE)
}
