import { FAMILIES, familyOf, type Family } from "./families"

/** Why data is needed is asked in at most so many sentences. */
export const MOST_SENTENCES = 4

/** One sentence that is asked for: for which purposes and groups of kinds; `key` names it among the answers. */
export type Need = { key: string; purposes: readonly string[]; families: readonly Family[]; kinds: readonly string[] }

/**
 * The sentences that are asked for: one for each purpose and group of kinds; where those would be too many, one for each
 * group, or one for each purpose, with special kinds by themselves.
 */
export function needsOf(purposes: readonly string[], kinds: readonly string[]): Need[] {
  const of = (family: Family): string[] => kinds.filter((kind) => familyOf(kind) === family)
  const families = FAMILIES.filter((family) => of(family).length > 0)
  if (families.length === 0) return []
  const all = purposes.length === 0 ? [""] : purposes
  if (all.length * families.length <= MOST_SENTENCES)
    return all.flatMap((purpose) =>
      families.map((family) =>
        need(purpose === "" ? [] : [purpose], [family], of(family), `${purpose || "*"}~${family}`),
      ),
    )
  if (families.length <= MOST_SENTENCES)
    return families.map((family) => need(purposes, [family], of(family), `*~${family}`))
  const usual = families.filter((family) => family !== "special")
  const byPurpose = all.map((purpose) =>
    need(purpose === "" ? [] : [purpose], usual, usual.flatMap(of), `${purpose || "*"}~*`),
  )
  return families.includes("special")
    ? [...byPurpose, need(purposes, ["special"], of("special"), "*~special")]
    : byPurpose
}

const need = (
  purposes: readonly string[],
  families: readonly Family[],
  kinds: readonly string[],
  key: string,
): Need => ({
  ...{ key, purposes, families, kinds },
})

const DATA: Record<Exclude<Family, "special">, string> = {
  contact: "names and ways to reach people",
  account: "the accounts that people hold with us",
  device: "details of the device and how it is used",
  location: "where somebody is",
  order: "what was ordered and paid",
  content: "what people store or send",
  background: "the particulars of the person",
}

/** What could not be done without the data, to stand behind *they could not*. */
const DOES: Record<string, string> = {
  "acct.register": "set up and activate an account",
  "acct.unique": "tell whether somebody has an account already",
  "auth.identity": "be sure who logs in",
  "svc.deliver": "deliver what people asked for",
  "svc.support": "help people who ask us for help",
  "svc.notify": "tell people of updates",
  "svc.storage": "keep and synchronise what people upload",
  "svc.infra": "run the service on their machines",
  "svc.comms": "send messages for us to the right people",
  "order.fulfil": "complete an order",
  "order.deliver": "bring the goods to the buyer",
  "order.pay": "take and match a payment",
  "pers.service": "fit the service to the person",
  "mkt.direct": "send offers to those who agreed to them",
  "mkt.ads": "choose advertising by interest",
  "mkt.social": "offer the functions of the social network",
  "ana.usage": "count how the service is used",
  "ana.improve": "find out what to improve",
  "int.audit": "audit our own work",
  "err.fix": "find and mend errors",
  "sec.fraud": "notice fraud and loss",
  "sec.protect": "keep our systems safe",
  "law.comply": "give what the law asks for",
  "law.dispute": "settle a dispute or defend a claim",
  "law.safety": "protect the safety of the public",
  "law.national": "answer a matter of national security",
  "hr.manage": "look after the people who work for us",
  "corp.deal": "take over the contracts with these people",
}

/** A first sentence to edit, from purpose and group of kinds. For special kinds there is none: their need is never usual. */
export function suggested({ purposes, families }: Need): string {
  const data = families.flatMap((family) => (family === "special" ? [] : [DATA[family]]))
  const does = purposes.flatMap((purpose) => DOES[purpose] ?? [])
  if (data.length === 0 || does.length === 0) return ""
  return `Without ${joined(data)} they could not ${joined(does)}.`
}

/** A first sentence to edit of why less would not do. Where a special kind is among the data there is none. */
export function suggestedLess(purposes: readonly string[], kinds: readonly string[]): string {
  const does = purposes.flatMap((purpose) => DOES[purpose] ?? [])
  if (does.length === 0 || kinds.length === 0 || kinds.some((kind) => familyOf(kind) === "special")) return ""
  return `With less data, or data of fewer people, they could not ${joined(does)}.`
}

function joined(list: readonly string[]): string {
  return list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list[list.length - 1] ?? ""}`
}

/** Why one kind of data is needed, by the sentences that were given; empty where none was. */
export function necessityOf(kind: string, needs: readonly Need[], sentences: Readonly<Record<string, string>>): string {
  return needs
    .filter((one) => one.kinds.includes(kind))
    .map((one) => (sentences[one.key] ?? "").trim())
    .filter((text) => text !== "")
    .join(" ")
}
