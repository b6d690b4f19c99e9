import { fromBER, type AsnType } from "asn1js"

/** What cannot be read as ASN.1, or holds more than a signature has reason to. */
export class DerError extends Error {}

const LIMITS = { maxDepth: 60, maxNodes: 400_000, maxContentLength: 20 * 1024 * 1024 }

/** A value and the bytes it took; what stands behind it is the caller's matter. */
export function readDer(bytes: Uint8Array): { value: AsnType; used: number } {
  const read = fromBER(new Uint8Array(bytes).buffer, LIMITS)
  if (read.offset === -1 || read.result.error) throw new DerError(read.result.error || "not ASN.1")
  return { value: read.result, used: read.offset }
}

/** A value that takes all its bytes. */
export function wholeDer(bytes: Uint8Array): AsnType {
  const { value, used } = readDer(bytes)
  if (used !== bytes.length) throw new DerError("more bytes than the value")
  return value
}

/** A pkijs object from bytes; whatever it throws is said as an unreadable value. */
export function parsed<T>(bytes: Uint8Array, make: (schema: AsnType) => T, whole = true): T {
  const schema = whole ? wholeDer(bytes) : readDer(bytes).value
  try {
    return make(schema)
  } catch (problem) {
    throw new DerError(String((problem as Error).message ?? problem))
  }
}

type Block = {
  idBlock: { tagClass: number; tagNumber: number }
  valueBlock: { value?: unknown; valueHexView?: Uint8Array }
}

/** The parts of a constructed value; none for a plain one. */
export function parts(value: unknown): AsnType[] {
  const inner = (value as Block | undefined)?.valueBlock?.value
  return Array.isArray(inner) ? (inner as AsnType[]) : []
}

/** The tag of a value: class 1 is ASN.1's own, 3 is the context's. */
export function tagOf(value: unknown): { kind: number; number: number } {
  const block = (value as Block | undefined)?.idBlock
  return { kind: block?.tagClass ?? 0, number: block?.tagNumber ?? -1 }
}

/** The object identifier that a value is, else an empty word. */
export function oidOf(value: unknown): string {
  if (tagOf(value).kind !== 1 || tagOf(value).number !== 6) return ""
  return (value as { valueBlock: { toString(): string } }).valueBlock.toString()
}

/** The bytes of an octet string, in one piece or in several. */
export function octetsOf(value: unknown): Buffer | null {
  const { kind, number } = tagOf(value)
  if (kind !== 1 || number !== 4) return null
  const pieces = parts(value)
  if (pieces.length === 0 || !isConstructed(value)) return Buffer.from((value as Block).valueBlock.valueHexView ?? [])
  const all = pieces.map(octetsOf)
  return all.some((one) => one === null) ? null : Buffer.concat(all as Buffer[])
}

function isConstructed(value: unknown): boolean {
  return (value as { idBlock?: { isConstructed?: boolean } }).idBlock?.isConstructed ?? false
}

/** A value as its bytes. */
export function derOf(value: AsnType | { toSchema(): AsnType }): Buffer {
  const schema = "toSchema" in value ? value.toSchema() : value
  return Buffer.from(schema.toBER(false))
}

/** A moment as the product writes it; null for what is none. */
export function instantOf(date: unknown): string | null {
  return date instanceof Date && !Number.isNaN(date.getTime()) && date.getTime() > -62e12 && date.getTime() < 253e12
    ? date.toISOString()
    : null
}
