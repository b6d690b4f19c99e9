/** SHA-256 and HMAC after FIPS 180-4 and RFC 2104. Own code: a browser offers its own to pages from a server only, some do not from a file. */

const K = new Int32Array(64)
const START = new Int32Array(8)

/** The first bits of the fractions of roots of the first primes, which is what the constants are. */
function constants(): void {
  const primes: number[] = []
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  // Whole numbers only: the root of prime * 2^(32 * degree), cut to 32 bits.
  const fraction = (prime: number, degree: 2 | 3): number => {
    const wanted = BigInt(prime) << BigInt(32 * degree)
    let [low, high] = [0n, 1n << 40n]
    while (low < high) {
      const middle = (low + high + 1n) >> 1n
      const power = degree === 2 ? middle * middle : middle * middle * middle
      if (power <= wanted) low = middle
      else high = middle - 1n
    }
    return Number(BigInt.asIntN(32, low))
  }
  primes.forEach((prime, i) => {
    K[i] = fraction(prime, 3)
    if (i < 8) START[i] = fraction(prime, 2)
  })
}
constants()

const W = new Int32Array(64)

/** Takes bytes piece by piece, and gives their hash at the end. */
export class Sha256 {
  private readonly state = Int32Array.from(START)
  private readonly rest = new Uint8Array(64)
  private held = 0
  private length = 0

  /** Adds bytes. */
  update(bytes: Uint8Array): this {
    this.length += bytes.length
    let at = 0
    if (this.held > 0) {
      const taken = Math.min(64 - this.held, bytes.length)
      this.rest.set(bytes.subarray(0, taken), this.held)
      this.held += taken
      at = taken
      if (this.held < 64) return this
      this.block(this.rest, 0)
      this.held = 0
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at)
    this.rest.set(bytes.subarray(at), 0)
    this.held = bytes.length - at
    return this
  }

  /** The hash of everything that was added; nothing may be added behind. */
  digest(): Uint8Array {
    const bits = this.length
    const pad = new Uint8Array((this.held < 56 ? 64 : 128) - this.held)
    pad[0] = 128
    const view = new DataView(pad.buffer)
    view.setUint32(pad.length - 8, Math.floor(bits / 0x20000000))
    view.setUint32(pad.length - 4, (bits << 3) >>> 0)
    this.update(pad)
    const out = new DataView(new ArrayBuffer(32))
    this.state.forEach((word, i) => out.setInt32(i * 4, word))
    return new Uint8Array(out.buffer)
  }

  private block(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < 16; i += 1) {
      const j = at + i * 4
      W[i] = (b(bytes, j) << 24) | (b(bytes, j + 1) << 16) | (b(bytes, j + 2) << 8) | b(bytes, j + 3)
    }
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [w(i - 15), w(i - 2)]
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      W[i] = (w(i - 16) + s0 + w(i - 7) + s1) | 0
    }
    const s = this.state
    let a = s[0] as number
    let bb = s[1] as number
    let c = s[2] as number
    let d = s[3] as number
    let e = s[4] as number
    let f = s[5] as number
    let g = s[6] as number
    let h = s[7] as number
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + w(i)) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & bb) ^ (a & c) ^ (bb & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = bb
      bb = a
      a = (t1 + t2) | 0
    }
    s[0] = (s[0] as number) + a
    s[1] = (s[1] as number) + bb
    s[2] = (s[2] as number) + c
    s[3] = (s[3] as number) + d
    s[4] = (s[4] as number) + e
    s[5] = (s[5] as number) + f
    s[6] = (s[6] as number) + g
    s[7] = (s[7] as number) + h
  }
}

const b = (bytes: Uint8Array, at: number): number => bytes[at] as number
const w = (at: number): number => W[at] as number

/** The hash of these bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Sha256().update(bytes).digest()
}

/** HMAC-SHA-256. */
export function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const short = key.length > 64 ? sha256(key) : key
  const [inner, outer] = [new Uint8Array(64).fill(0x36), new Uint8Array(64).fill(0x5c)]
  short.forEach((byte, i) => {
    inner[i] = 0x36 ^ byte
    outer[i] = 0x5c ^ byte
  })
  return new Sha256().update(outer).update(new Sha256().update(inner).update(bytes).digest()).digest()
}
