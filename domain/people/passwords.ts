import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { COMMON_WHOLE, COMMON_WORDS } from "./common-passwords.data"

const flat = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, "")
const WHOLE = new Set(COMMON_WHOLE.map(flat))
const WORDS = new Set(COMMON_WORDS.map(flat))
const LONGEST = Math.max(...[...WORDS].map((word) => word.length))

/**
 * Password rules after NIST SP 800-63B: 15 to 256 characters, none of the common ones nor strung together from them,
 * not made for the most part of the person's own address, name or company, nor of one repeated piece. No rules of composition.
 */
export function passwordRules(password: string, who: { email: string | null; name: string }): Outcome<string> {
  const length = [...password].length
  if (length < 15) return bad("invalid.password-short")
  if (length > 256) return bad("invalid.password-long")
  const plain = flat(password)
  if (WHOLE.has(plain) || isRun(password) || (plain.length >= 8 && (isRun(plain) || isStrung(plain))))
    return bad("invalid.password-common")
  const email = who.email ?? ""
  const [local = "", domain = ""] = email.split("@")
  const own = [email, local, domain.split(".")[0] ?? "", who.name, ...who.name.split(/\s+/)]
    .map(flat)
    .filter((word) => word.length >= 4)
  const rest = own.reduce((left, word) => left.split(word).join(""), plain)
  if (plain.length > 0 && rest.length < plain.length / 2) return bad("invalid.password-own")
  return good(password)
}

/** Made of common words and digits alone: what remains when each is taken off from the left, in every way, is nothing. */
function isStrung(plain: string): boolean {
  if (/^\d+$/.test(plain)) return true
  const straight = plain.replace(
    /[013457]/g,
    (sign) => ({ 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t" })[sign] ?? sign,
  )
  return [plain, straight].some((text) => {
    const reach = new Set([0])
    for (let at = 0; at < text.length; at += 1) {
      if (!reach.has(at)) continue
      if (/\d/.test(plain[at] ?? "")) reach.add(at + 1)
      for (let end = at + 2; end <= Math.min(at + LONGEST, text.length); end += 1)
        if (WORDS.has(text.slice(at, end))) reach.add(end)
    }
    return reach.has(text.length)
  })
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
  const full =
    tail === undefined
      ? left
      : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right]
  return `${full
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":")}::/64`
}
