/**
 * Ed25519 as RFC 8032, 5.1.7 checks it, and stricter where the RFC leaves room: no second way to write a point or a number, no key or
 * nonce of small order (under such a key one signature holds for many texts), and the equation without the cofactor.
 */
import { isSame, joined } from "./bytes"
import { sha512 } from "./sha512"

const P = (1n << 255n) - 19n
const L = (1n << 252n) + 27742317777372353535851937790883648493n

function mod(x: bigint, m: bigint = P): bigint {
  const rest = x % m
  return rest < 0n ? rest + m : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let [out, square] = [1n, mod(base)]
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) out = mod(out * square)
    square = mod(square * square)
  }
  return out
}

const inverse = (x: bigint): bigint => power(x, P - 2n)
const D = mod(-121665n * inverse(121666n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
type Point = { x: bigint; y: bigint; z: bigint; t: bigint }
const NONE: Point = { x: 0n, y: 1n, z: 1n, t: 0n }

function sum(p: Point, q: Point): Point {
  const a = mod((p.y - p.x) * (q.y - q.x))
  const b = mod((p.y + p.x) * (q.y + q.x))
  const c = mod(2n * D * p.t * q.t)
  const d = mod(2n * p.z * q.z)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) }
}

function times(scalar: bigint, point: Point): Point {
  let [out, double] = [NONE, point]
  for (let n = scalar; n > 0n; n >>= 1n) {
    if (n & 1n) out = sum(out, double)
    double = sum(double, double)
  }
  return out
}

function isEqual(p: Point, q: Point): boolean {
  return mod(p.x * q.z - q.x * p.z) === 0n && mod(p.y * q.z - q.y * p.z) === 0n
}

function numberOf(bytes: Uint8Array): bigint {
  let out = 0n
  for (let i = bytes.length - 1; i >= 0; i -= 1) out = (out << 8n) | BigInt(bytes[i] as number)
  return out
}

/** Null where the bytes are no point, or not the one way to write it. */
function pointOf(bytes: Uint8Array): Point | null {
  const all = numberOf(bytes)
  const odd = all >> 255n
  const y = all & ((1n << 255n) - 1n)
  if (y >= P) return null
  const u = mod(y * y - 1n)
  const v = mod(D * y * y + 1n)
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n))
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE)
  if (mod(v * x * x) !== u) return null
  if (x === 0n && odd === 1n) return null
  if ((x & 1n) !== odd) x = P - x
  return { x, y, z: 1n, t: mod(x * y) }
}

const BASE = pointOf(joined([0x58], new Uint8Array(31).fill(0x66))) as Point
const isSmall = (point: Point): boolean => isEqual(times(8n, point), NONE)

/** Whether the key signed the text. */
export function ed25519Holds(key: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false
  const [r, s] = [signature.subarray(0, 32), numberOf(signature.subarray(32))]
  const [a, nonce] = [pointOf(key), pointOf(r)]
  if (!a || !nonce || s >= L || isSmall(a) || isSmall(nonce)) return false
  const k = mod(numberOf(sha512(joined(r, key, text))), L)
  return isEqual(times(s, BASE), sum(nonce, times(k, a)))
}

/** Whether the bytes are a key by which anything may be signed. */
export function isKey(key: Uint8Array): boolean {
  const point = key.length === 32 ? pointOf(key) : null
  return point !== null && !isSmall(point) && !isSame(key, new Uint8Array(32))
}
