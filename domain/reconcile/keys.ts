import { valueOf } from "@/domain/core/answer"
import { fold } from "@/domain/core/fold"
import type { Party } from "@/domain/records/party"

/** By what a supplier is known: each kind of key is looked up on its own. */
export const KEY_KINDS = ["number", "name", "other-name", "host", "core"] as const
export type KeyKind = (typeof KEY_KINDS)[number]
export type Key = { kind: KeyKind; key: string }

const LEGAL_FORMS = new Set(
  (
    "ab ag as asa bv bvba co company corp corporation cv eg ek eood ev gbr gesellschaft gmbh group holding holdings inc incorporated kft kg kgaa kk " +
    "limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa sarl sas sasu se sl slu snc spa spzoo srl sro ug sp zoo the und and et"
  ).split(" "),
)

/** A name without what only says its legal form, so that "Acme" and "Acme GmbH & Co. KG" meet; never empty for a name. */
export function coreName(name: string): string {
  // Dotted forms (B.V., S.à r.l.) are one word: what stands alone by letters is joined.
  const words = fold(name)
    .replace(/(?<=^| )(\p{L}) (?=\p{L}(?: |$))/gu, "$1")
    .split(" ")
  const core = words.filter((word) => !LEGAL_FORMS.has(word))
  return (core.length ? core : words).join(" ")
}

/** A number of a register, of the tax office or of a list, without spaces and signs; short ones say nothing. */
export function numberKey(text: string): string | null {
  const key = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")
  return key.length >= 4 && /\d/.test(key) ? key : null
}

/** The host of an address, a host name or an e-mail address; without `www`. Null where there is none. */
export function hostKey(text: string): string | null {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[/?#:].*$/, "")
    .replace(/^www\./, "")
    .replace(/\.$/, "")
  return /^(?=.{4,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u.test(host) ? host : null
}

/** A host and every domain above it that could be somebody's own, nearest first. */
export function hostsUp(host: string): string[] {
  const labels = host.split(".")
  return labels.slice(0, -1).map((_label, i) => labels.slice(i).join("."))
}

/** The keys by which a party is found, each once. */
export function keysOfParty(party: Party): Key[] {
  const website = valueOf(party.website)
  const latin = valueOf(party.latinName)
  const keys: Key[] = [
    { kind: "name", key: fold(party.legalName) },
    ...[...(latin ? [latin] : []), ...party.otherNames].map((name): Key => ({ kind: "other-name", key: fold(name) })),
    { kind: "core", key: coreName(party.legalName) },
    ...(latin ? [{ kind: "core" as const, key: coreName(latin) }] : []),
    ...party.identifiers.flatMap((item): Key[] => {
      const key = numberKey(item.value)
      return key ? [{ kind: "number", key }] : []
    }),
    ...[...(website ? [website] : []), ...party.hosts].flatMap((text): Key[] => {
      const key = hostKey(text)
      return key ? [{ kind: "host", key }] : []
    }),
  ]
  const seen = new Set<string>()
  return keys.filter(({ kind, key }) => key !== "" && !seen.has(`${kind} ${key}`) && seen.add(`${kind} ${key}`))
}
