import { valueOf, valueOr } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import { cut } from "@/domain/core/cut"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { Answers, Given, Whence } from "./question"

/** What is known already of who asks, of our companies and of the party. */
export type KnownAlready = {
  me: string
  /** By when what was found running is settled, unless somebody says otherwise. */
  settleBy: string
  entities: readonly { id: string; title: string }[]
  party: { title: string; body: Party } | null
  /** The newest flow to the same party that this person may read. */
  flow: { title: string; body: Sharing } | null
}

/** Answers that need not be asked, each with whence it is known. */
export function prefilled(known: KnownAlready): Record<string, Given> {
  const out: Record<string, Given> = {}
  const put = (id: string, value: string | string[] | null, from: Whence): void => {
    if (value !== null && value.length !== 0) out[id] = { state: "known", value, from }
  }
  const [only] = known.entities
  if (only && known.entities.length === 1) put("1.2", only.id, { of: "entity", title: only.title })
  put("9.2", cut(known.me, 200), { of: "account", title: known.me })
  put("9.2a", known.settleBy, { of: "term", title: "" })
  if (known.party) put("4.3", valueOf(known.party.body.subKind), { of: "party", title: known.party.title })
  if (known.flow) fromFlow(known.flow, put)
  return out
}

function fromFlow(
  { title, body }: { title: string; body: Sharing },
  put: (id: string, value: string | string[] | null, from: Whence) => void,
): void {
  const from: Whence = { of: "sharing", title }
  const role = valueOf(body.role)
  put("4.1", (role && ROLE_WORDS[role]) ?? null, from)
  const places = valueOr(body.destinations, []).filter((line) => line.lastOn === null)
  const at = (kinds: readonly string[]): string[] => [
    ...new Set(places.filter((line) => kinds.includes(line.kind)).map((line) => line.country as string)),
  ]
  put("6.1", at(["storage", "service"]), from)
  put("6.1a", at(["access"]), from)
  put("8.2", [...valueOr(body.measures, [])], from)
  const retention = valueOf(body.retention)
  put("9.1b", retention ? valueOf(retention.deletion) : null, from)
}

const ROLE_WORDS: Record<string, string> = {
  processor: "for-us",
  "sub-processor": "for-us",
  controller: "own-ends",
  joint: "together",
}

/** What was answered, above what was known already. */
export function overPrefilled(answers: Answers, known: Answers): Record<string, Given> {
  return { ...known, ...answers }
}

/** Whether somebody left an answer as it was filled in: then it stays the register's and is not theirs. */
export function isLeft(given: Given, known: Given | undefined): boolean {
  return given.state === "known" && known?.state === "known" && canonical(given.value) === canonical(known.value)
}
