/** The register inside a package, as it was read: what belongs to what, and what is searched. */
import { listOf, membersOf, wordOf, type Json, type Members } from "@/verifier/core/json"
import type { OpenRecord } from "@/verifier/core/records"
import { textIn } from "./words"

export type Entry = { index: number; at: string; act: string; who: string; ids: string[]; line: string }
/** More does not fit into the memory of a page. */
export const MOST_RECORDS = 40_000
const MOST_ENTRIES = 300_000

/** Takes records, entries and decisions while the package is checked. */
export class Register {
  readonly records = new Map<string, OpenRecord>()
  readonly entries: Entry[] = []
  readonly decisions: Members[] = []
  private readonly about = new Map<string, OpenRecord[]>()
  private readonly texts = new Map<string, string>()
  tooLarge = false

  /** One more record. */
  addRecord(record: OpenRecord): void {
    if (this.records.size >= MOST_RECORDS) this.tooLarge = true
    else this.records.set(record.id, record)
  }

  /** One more entry of the log. */
  addEntry(entry: Members, line: string): void {
    if (this.entries.length >= MOST_ENTRIES) {
      this.tooLarge = true
      return
    }
    const ids = (listOf(entry.objects) ?? []).map((one) => wordOf(membersOf(one)?.id) ?? "")
    const actor = membersOf(entry.actor)
    const who = [wordOf(actor?.id), wordOf(actor?.role)].filter((one) => one !== null).join(", ")
    const index = typeof entry.index === "number" ? entry.index : 0
    const request = wordOf(entry.request)
    if (request !== null) ids.push(request)
    this.entries.push({ index, at: wordOf(entry.at) ?? "", act: wordOf(entry.act) ?? "", who, ids, line })
  }

  /** Once all are here: who is named by whom. */
  settle(): void {
    for (const record of this.records.values())
      for (const id of idsIn(record.body)) {
        const list = this.about.get(id)
        if (list) list.push(record)
        else this.about.set(id, [record])
      }
  }

  /** The records that name this one. */
  naming(id: string): OpenRecord[] {
    return [...new Set(this.about.get(id) ?? [])].filter((one) => one.id !== id)
  }

  /** What a record is called. */
  title(id: string): string {
    const record = this.records.get(id)
    if (!record) return id
    const { body, kind } = record
    if (kind === "sharing") {
      const [from, to] = [textIn(body, "entityId"), textIn(body, "partyId")]
      return [
        `${this.title(from)} → ${to === "" ? "a class of recipients" : this.title(to)}`,
        textIn(body, "mode"),
      ].join(", ")
    }
    if (kind === "agreement")
      return [textIn(body, "reference"), textIn(body, "kind"), this.title(textIn(body, "partyId"))]
        .filter(Boolean)
        .join(", ")
    for (const field of ["legalName", "title", "name", "wording", "reference"]) {
      const text = textIn(body, field)
      if (text !== "") return text.length > 120 ? `${text.slice(0, 119)}…` : text
    }
    return id
  }

  /** Records in whose title or text all the words stand, of one kind or of all; those found by their title first. */
  search(words: string, kind: string | null): OpenRecord[] {
    const parts = fold(words).split(/\s+/).filter(Boolean)
    const [byTitle, byText]: [OpenRecord[], OpenRecord[]] = [[], []]
    for (const record of this.records.values()) {
      if (kind !== null && record.kind !== kind) continue
      const title = fold(this.title(record.id))
      if (parts.every((part) => title.includes(part))) byTitle.push(record)
      else if (parts.every((part) => this.text(record).includes(part))) byText.push(record)
    }
    const order = (a: OpenRecord, b: OpenRecord): number => (fold(this.title(a.id)) < fold(this.title(b.id)) ? -1 : 1)
    // Whoever types a name looks for the party of it, then for what is about it.
    const rank = (one: OpenRecord): number => (one.kind === "party" ? 0 : 1)
    return [...byTitle.sort((a, b) => rank(a) - rank(b) || order(a, b)), ...byText.sort(order)]
  }

  /** Decisions on the requests that put these records in force. */
  decisionsOn(records: readonly OpenRecord[]): Members[] {
    const requests = new Set(records.map((one) => one.request))
    return this.decisions.filter((one) => requests.has(wordOf(one.request)))
  }

  private text(record: OpenRecord): string {
    const known = this.texts.get(record.id)
    if (known !== undefined) return known
    const made = fold(`${record.id} ${JSON.stringify(record.body)}`)
    this.texts.set(record.id, made)
    return made
  }
}

function idsIn(value: Json, into = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    if (/^[a-z]{3}_[0-9a-z]{26}$/.test(value)) into.add(value)
  } else if (Array.isArray(value)) for (const one of value) idsIn(one, into)
  else if (value !== null && typeof value === "object") for (const one of Object.values(value)) idsIn(one, into)
  return into
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
}
