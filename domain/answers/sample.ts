/**
 * How a sample is drawn, so that whoever has the seed and the lists can redo it by hand:
 *
 * 1. The population is every record of the kind that was in force at the instant, within the reader's scope.
 * 2. Each record is in exactly one stratum.
 * 3. Of each record a rank is worked out: HMAC-SHA-256 with the seed as its key and the record's id as its message (both
 *    UTF-8), written in small hexadecimal letters.
 * 4. In each stratum the records with the lowest ranks are taken, as many as the stratum is given (`shares`).
 *
 * A rank depends on the seed and the record alone. So every record of a stratum is as likely as every other, a larger sample
 * holds the smaller one, and records of other strata change nothing.
 */
export const SAMPLE_METHOD = "onward-sample-1: HMAC-SHA-256(seed, id), lowest first, by stratum"

/** A seed is the key of the rank. Up to 64 bytes: what is longer HMAC would hash first, which is one step more by hand. */
export const SEED_BYTES = 64

export type Allocation = "each" | "share"

/** How many records each stratum has. */
export type Sizes = ReadonlyMap<string, number>

/**
 * How many of each stratum are taken. *each*: `n` of every stratum. *share*: `n` in all, by the strata's sizes (largest remainder
 * first, then by the stratum's name), and of none fewer than `least`. Never more than a stratum has.
 */
export function shares(sizes: Sizes, want: { n: number; how: Allocation; least: number }): Map<string, number> {
  const names = [...sizes.keys()].sort(plain)
  const size = (name: string): number => sizes.get(name) ?? 0
  if (want.how === "each") return new Map(names.map((name) => [name, Math.min(want.n, size(name))]))
  const all = names.reduce((sum, name) => sum + size(name), 0)
  const n = Math.min(want.n, all)
  const exact = new Map(names.map((name) => [name, all === 0 ? 0 : (n * size(name)) / all]))
  const given = new Map(names.map((name) => [name, Math.floor(exact.get(name) ?? 0)]))
  const rest = n - [...given.values()].reduce((sum, one) => sum + one, 0)
  const byRemainder = [...names].sort((a, b) => remainder(exact, b) - remainder(exact, a) || plain(a, b))
  for (const name of byRemainder.slice(0, rest)) given.set(name, (given.get(name) ?? 0) + 1)
  return new Map(names.map((name) => [name, Math.min(size(name), Math.max(want.least, given.get(name) ?? 0))]))
}

const remainder = (exact: ReadonlyMap<string, number>, name: string): number => {
  const value = exact.get(name) ?? 0
  // Told apart to a millionth: what is equal on paper is equal here.
  return Math.round((value - Math.floor(value)) * 1_000_000)
}

/** By code points, in whatever language the machine is set up. */
const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export type Member = { id: string; stratum: string }
export type Drawn = Member & { rank: string }

/** The sample: of each stratum those with the lowest ranks. `rank` is step 3; the order of the members does not matter. */
export function draw(
  members: readonly Member[],
  want: { n: number; how: Allocation; least: number },
  rank: (id: string) => string,
): Drawn[] {
  const strata = new Map<string, Drawn[]>()
  for (const one of members) {
    const list = strata.get(one.stratum) ?? []
    list.push({ ...one, rank: rank(one.id) })
    strata.set(one.stratum, list)
  }
  const given = shares(new Map([...strata].map(([name, list]) => [name, list.length])), want)
  return [...given].flatMap(([name, n]) =>
    (strata.get(name) ?? []).sort((a, b) => plain(a.rank, b.rank) || plain(a.id, b.id)).slice(0, n),
  )
}
