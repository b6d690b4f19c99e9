/** SHA-512 after FIPS 180-4. It hashes some hundred bytes for each signature, so it need not be quick. */

const MASK = (1n << 64n) - 1n

function root(prime: number, degree: 2 | 3): bigint {
  const wanted = BigInt(prime) << BigInt(64 * degree)
  let [low, high] = [0n, 1n << 72n]
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    const power = degree === 2 ? middle * middle : middle * middle * middle
    if (power <= wanted) low = middle
    else high = middle - 1n
  }
  return low & MASK
}

function primes(): number[] {
  const found: number[] = []
  for (let n = 2; found.length < 80; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

const PRIMES = primes()
const K = PRIMES.map((prime) => root(prime, 3))
const START = PRIMES.slice(0, 8).map((prime) => root(prime, 2))
const turn = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK

/** The hash of these bytes. */
export function sha512(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 17) / 128) * 128)
  padded.set(bytes)
  padded[bytes.length] = 128
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n)
  const state = [...START]
  for (let at = 0; at < padded.length; at += 128) block(state, view, at)
  const out = new DataView(new ArrayBuffer(64))
  state.forEach((word, i) => out.setBigUint64(i * 8, word))
  return new Uint8Array(out.buffer)
}

function block(state: bigint[], view: DataView, at: number): void {
  const words: bigint[] = []
  const word = (i: number): bigint => words[i] as bigint
  for (let i = 0; i < 80; i += 1) {
    if (i < 16) {
      words.push(view.getBigUint64(at + i * 8))
      continue
    }
    const [x, y] = [word(i - 15), word(i - 2)]
    const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n)
    const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n)
    words.push((word(i - 16) + s0 + word(i - 7) + s1) & MASK)
  }
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
  for (let i = 0; i < 80; i += 1) {
    const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)
    const t1 = (h + s1 + ((e & f) ^ (~e & MASK & g)) + (K[i] as bigint) + word(i)) & MASK
    const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = ((state[i] as bigint) + value) & MASK
  })
}
