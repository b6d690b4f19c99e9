import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"

/** Passwords that are long enough and yet commonly used; and words that may not make up most of one. */
const COMMON = [
  "passwordpassword", "password12345678", "123456789012345", "1234567890123456", "qwertyuiopasdfgh", "qwertyuiop123456", "iloveyouiloveyou",
  "letmeinletmeinletmein", "adminadminadmin", "administrator123", "welcomewelcome1", "changemechangeme", "correcthorsebatterystaple", "1q2w3e4r5t6y7u8i9o0p",
  "qazwsxedcrfvtgb", "onwardonwardonward", "thisismypassword", "mypasswordispassword", "trustno1trustno1", "abcdefghijklmnop",
]
const COMMON_FOLDED = new Set(COMMON.map((word) => fold(word).replace(/ /g, "")))

/**
 * Password rules after NIST SP 800-63B: 15 to 256 characters, none of the common ones, not made of the person's own
 * address or name or of one repeated piece. No rules of composition.
 */
export function passwordRules(password: string, who: { email: string; name: string }): Outcome<string> {
  const length = [...password].length
  if (length < 15) return bad("invalid.password-short")
  if (length > 256) return bad("invalid.password-long")
  const plain = fold(password).replace(/ /g, "")
  if (COMMON_FOLDED.has(plain) || isRun(password)) return bad("invalid.password-common")
  const own = [who.email, who.email.split("@")[0] ?? "", who.name].map((word) => fold(word).replace(/ /g, "")).filter((word) => word.length >= 4)
  const rest = own.reduce((left, word) => left.split(word).join(""), plain)
  if (plain.length > 0 && rest.length < plain.length / 2) return bad("invalid.password-own")
  return good(password)
}

/** One piece of up to five characters repeated, or a run of neighbouring characters. */
function isRun(password: string): boolean {
  if (/^(.{1,5})\1+.{0,4}$/su.test(password)) return true
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0)
  const step = (codes[1] ?? 0) - (codes[0] ?? 0)
  return Math.abs(step) <= 1 && codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step)
}

function bad(says: string): Outcome<string> {
  return refuse("invalid", "invalid.form", { fields: [{ path: "password", says }] })
}

/**
 * How long a try must wait after so many failures: nothing up to four, then doubling from one second at the fifth to
 * fifteen minutes. Never a permanent lock. Milliseconds.
 */
export function throttleWait(failed: number): number {
  return failed < 5 ? 0 : Math.min(1000 * 2 ** (failed - 5), 15 * 60 * 1000)
}

/** The part of an address that counts as one caller: an IPv4 address whole, an IPv6 address by its /64. */
export function callerOf(address: string): string {
  const plain = address.replace(/^::ffff:/, "")
  if (!plain.includes(":")) return plain
  const [head = "", tail] = plain.split("::")
  const left = head ? head.split(":") : []
  const right = tail ? tail.split(":") : []
  const full = tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right]
  return `${full.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16)).join(":")}::/64`
}
