/**
 * Replays the entries of the log: which version of each record they put in force, by which request, and whether the rules held that
 * the product promises. Nothing here is the product's own code.
 */
import { countOf, listOf, membersOf, wordOf, wordsOf, type Members } from "./json"
import type { Findings } from "./report"

const EVENTS = "log/events.jsonl"
const YES = {
  decides: ["approve", "approve-with-conditions"],
  advises: ["agree", "agree-with-conditions", "advise-against"],
} as const

/** So many texts that come again soon are known. */
const LATELY = 1000

export type InForce = {
  id: string
  kind: string
  version: number
  standing: string
  sha256: string
  index: number
  at: string
  request: string | null
}
export type Decision = {
  request: string
  revision: number
  hash: string
  stage: string
  entity: string
  verdict: string
  person: string
  forPerson: string | null
  at: string
  index: number
  seat: string | null
}
export type Request = {
  id: string
  revision: number
  hash: string
  /** `stage:entity` to the seat, of the newest revision; null where no entry here says. */
  stages: Map<string, string> | null
  authors: Set<string>
  decisions: Decision[]
  /** Whom a stage is of for good, by person. */
  seats: Map<string, string>
  /** Which stages each later revision kept the decision of. */
  kept: Map<number, Set<string>>
  proposals: number
  inForce: InForce[]
  last: { at: string; index: number } | null
  /** Entries of it are not here: what they say is not known. */
  partial: boolean
}

/** Takes the entries in their order. */
export class Replay {
  readonly records = new Map<string, InForce>()
  readonly requests = new Map<string, Request>()
  readonly decisions = new Map<number, Decision>()
  /** Entries that name a key, by their place, and those that end one, by its id. */
  readonly keys = new Map<number, { after: Members; at: string }>()
  readonly ended = new Map<string, { index: number; at: string }[]>()
  readonly erased = new Map<string, number>()
  /** What entries put in force, by their place; kept only where somebody asked. */
  readonly history = new Map<number, string>()
  keepHistory = false
  readonly complete: boolean
  private readonly found: Findings
  private readonly lately = new Map<string, string>()
  /** How many rules did not hold. */
  broken = 0

  constructor({ complete, found }: { complete: boolean; found: Findings }) {
    this.complete = complete
    this.found = found
  }

  /** The next entry that is here. */
  take(entry: Members, index: number): void {
    const act = wordOf(entry.act)
    if (act === "record.in-force" || act === "entity.put") this.inForce(entry, index, act)
    else if (act === "request.submit" || act === "request.send-back") this.revision(entry, index, act)
    else if (act === "request.decide") this.decide(entry, index)
    else if (act === "log.key.add")
      this.keys.set(index, { after: membersOf(entry.after) ?? {}, at: wordOf(entry.at) ?? "" })
    else if (act === "log.key.retire") this.endKey(entry, index)
    else if (act?.startsWith("disclosure.erase"))
      for (const one of wordsOf(membersOf(entry.after)?.commitments) ?? []) this.erased.set(one, index)
  }

  private shared(text: string): string {
    const known = this.lately.get(text)
    if (known !== undefined) return known
    if (this.lately.size >= LATELY) this.lately.clear()
    this.lately.set(text, text)
    return text
  }

  private endKey(entry: Members, index: number): void {
    const id = wordOf(membersOf(listOf(entry.objects)?.[0])?.id) ?? ""
    this.ended.set(id, [...(this.ended.get(id) ?? []), { index, at: wordOf(entry.at) ?? "" }])
  }

  private fault(index: number, says: string): void {
    this.broken += 1
    this.found.fault(EVENTS, `entry ${index}: ${says}`)
  }

  private request(id: string): Request {
    const known = this.requests.get(id)
    if (known) return known
    const made: Request = {
      ...{ id, revision: 0, hash: "", stages: null, authors: new Set<string>(), decisions: [], seats: new Map() },
      ...{ kept: new Map(), proposals: 0, inForce: [], last: null, partial: false },
    }
    this.requests.set(id, made)
    return made
  }

  private revision(entry: Members, index: number, act: string): void {
    const [after, id] = [membersOf(entry.after), wordOf(entry.request)]
    const [n, hash, stages] = [countOf(after?.revision), wordOf(after?.hash), wordsOf(after?.stages)]
    if (!after || id === null || n === null || hash === null || !stages) return this.fault(index, "it says no revision")
    const request = this.request(id)
    if (n !== request.revision + 1) {
      if (this.complete) this.fault(index, `revision ${n} does not follow revision ${request.revision}`)
      request.partial = true
    }
    if (request.inForce.length > 0) this.fault(index, "it changes a request that was in force already")
    request.revision = n
    request.hash = hash
    request.proposals = countOf(after.proposals) ?? countOf(after.kept) ?? 0
    for (const author of wordsOf(after.authors) ?? []) request.authors.add(author)
    request.stages = new Map(
      stages.map((stage) => {
        const [seat = "", ...rest] = stage.split(":")
        return [rest.join(":"), seat]
      }),
    )
    request.kept.set(
      n,
      new Set((wordsOf(after.decisionsKept) ?? []).map((one) => one.split(":").slice(0, 2).join(":"))),
    )
    request.last = { at: wordOf(entry.at) ?? "", index }
    if (act !== "request.send-back") return
    // Whoever sends back has that seat for good.
    const actor = membersOf(entry.actor)
    const place = `${wordOf(after.stage)}:${wordOf(after.entity)}`
    for (const person of [wordOf(actor?.id), wordOf(actor?.for)]) this.sit(request, person, place, index)
  }

  private sit(request: Request, person: string | null, place: string, index: number): void {
    if (person === null) return
    if (request.authors.has(person)) this.fault(index, `${person} takes part in deciding what they edited themselves`)
    const held = request.seats.get(person)
    if (held !== undefined && held !== place) this.fault(index, `${person} decides two stages of one request`)
    request.seats.set(person, place)
  }

  private decide(entry: Members, index: number): void {
    const [after, actor, id] = [membersOf(entry.after), membersOf(entry.actor), wordOf(entry.request)]
    const [revision, hash, stage] = [countOf(after?.revision), wordOf(after?.hash), wordOf(after?.stage)]
    const [entity, verdict, person] = [wordOf(after?.entity), wordOf(after?.verdict), wordOf(actor?.id)]
    if (id === null || revision === null || hash === null || !stage || !entity || !verdict || !person)
      return this.fault(index, "it says no decision")
    const request = this.request(id)
    const forPerson = wordOf(actor?.for)
    const at = wordOf(entry.at) ?? ""
    if (request.revision !== revision || request.hash !== hash) {
      if (this.complete || request.revision > revision)
        this.fault(index, "it decides on something that was not submitted")
      request.partial = true
    }
    if (request.inForce.length > 0) this.fault(index, "it decides on what is in force already")
    const place = `${stage}:${entity}`
    const seat = request.partial ? null : (request.stages?.get(place) ?? null)
    if (!request.partial && request.stages && seat === null)
      this.fault(index, "it decides a stage that the request does not need")
    if (request.decisions.some((one) => one.revision === revision && `${one.stage}:${one.entity}` === place))
      this.fault(index, `the stage ${stage} is decided twice`)
    for (const one of [person, forPerson]) this.sit(request, one, place, index)
    const decision = { request: id, revision, hash, stage, entity, verdict, person, forPerson, at, index, seat }
    request.decisions.push(decision)
    request.last = { at, index }
    this.decisions.set(index, decision)
  }

  private inForce(entry: Members, index: number, act: string): void {
    const [after, before] = [membersOf(entry.after), membersOf(entry.before)]
    const object = membersOf(listOf(entry.objects)?.[0])
    const [id, kind] = [wordOf(object?.id), wordOf(object?.type)]
    const [version, sum] = [countOf(after?.version), wordOf(after?.sha256)]
    const request = wordOf(entry.request)
    if (id === null || kind === null || version === null || sum === null || object?.version !== version)
      return this.fault(index, "it does not say which version came into force")
    const held = this.records.get(id)
    if (held ? version !== held.version + 1 : version !== 1 && this.complete)
      this.fault(index, `version ${version} of ${id} does not follow version ${held?.version ?? 0}`)
    if ((version === 1 ? undefined : version - 1) !== (before?.version ?? undefined))
      this.fault(index, `version ${version} of ${id} does not name the version before it`)
    if (held && held.kind !== kind) this.fault(index, `${id} is of another kind than before`)
    const standing = act === "entity.put" ? "approved" : (wordOf(after?.standing) ?? "")
    // One text for what many say alike: a register has a million of these.
    const [at, by] = [this.shared(wordOf(entry.at) ?? ""), request === null ? null : this.shared(request)]
    const made = { id, kind: this.shared(kind), version, standing, sha256: sum, index, at, request: by }
    this.records.set(id, made)
    if (this.keepHistory) this.history.set(index, `${id} ${version} ${sum}`)
    if (act === "entity.put") {
      if (kind !== "entity" || request !== null) this.fault(index, "it is no company of the register's own")
      return
    }
    if (kind === "entity") this.fault(index, "a company of the register's own came by a request")
    if (request === null) return this.fault(index, `${id} came into force without a request`)
    this.byRequest(made, request)
  }

  /** What comes into force does so by a request of which every stage was decided, in one act with the last of the decisions. */
  private byRequest(made: InForce, id: string): void {
    const request = this.request(id)
    const first = request.inForce.length === 0
    request.inForce.push(made)
    if (request.stages === null || request.partial) {
      if (this.complete) this.fault(made.index, `${made.id} came into force without a request that was submitted`)
      request.partial = true
      return
    }
    if (request.last?.at !== made.at)
      this.fault(made.index, `${made.id} came into force at another moment than it was decided`)
    if (!first) return
    for (const [place, seat] of request.stages) {
      const counting = countingOn(request, place)
      const yes: readonly string[] = seat === "advises" ? YES.advises : YES.decides
      if (!counting || !yes.includes(counting.verdict))
        this.fault(made.index, `${made.id} came into force though ${place.split(":")[0]} had not said yes`)
      else if (counting.revision === request.revision && counting.hash !== request.hash)
        this.fault(made.index, `${made.id} came into force with other content than was decided on`)
      for (const person of [counting?.person, counting?.forPerson])
        if (person && request.authors.has(person))
          this.fault(made.index, `${made.id} came into force by ${person}, who edited it`)
    }
  }
}

/** The decision that counts at a stage of the newest revision: its own, or one that the revisions since kept. */
export function countingOn(request: Request, place: string): Decision | null {
  for (let n = request.revision; n > 0; n -= 1) {
    const own = request.decisions.find((one) => one.revision === n && `${one.stage}:${one.entity}` === place)
    if (own) return own
    if (!request.kept.get(n)?.has(place)) return null
  }
  return null
}
