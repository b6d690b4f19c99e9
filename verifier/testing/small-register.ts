/**
 * A register of a few records with a log and a key of its own, and the package of it: written after docs/package.md alone, so that it
 * and the verifier know each other by that page only. It can be made to break each rule.
 */
import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto"
import { zipOf, type Item } from "./small-zip"

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value }
type Entry = {
  act: string
  actor: string
  as?: string
  objects: Value[]
  request?: string
  before?: Value
  after?: Value
}
type Version = {
  id: string
  kind: string
  version: number
  standing: string
  at: string
  request: string | null
  index: number
  body: Value
  sha256: string
}

const sha = (bytes: Uint8Array | string): Buffer => createHash("sha256").update(bytes).digest()
/** The one text of a value. */
export const text = (value: Value): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${text(value[key] as Value)}`)
    .join(",")}}`
}
const sumOf = (value: Value): string => sha(text(value)).toString("hex")

function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha("")
  if (leaves.length === 1) return leaves[0] as Buffer
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return sha(Buffer.concat([Buffer.from([1]), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half))]))
}

const id = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(26, "0")}`
export const ENTITY = id("ent", 1)
export const PEOPLE = {
  asks: id("psn", 1),
  buys: id("psn", 2),
  law: id("psn", 3),
  dpo: id("psn", 4),
  other: id("psn", 5),
}
export const STAGES = [`decides:procurement:${ENTITY}`, `decides:legal:${ENTITY}`, `advises:dpo:${ENTITY}`]

export type Row = { id: string; kind: string; body: { [key: string]: Value }; op?: string }
/** How a request goes; what is left out goes by the rules. */
export type Course = {
  rows: Row[]
  authors?: string[]
  stages?: string[]
  decisions?: { stage: string; by: string; for?: string; verdict?: string; hash?: string }[]
  submitted?: boolean
  /** Content that comes into force instead of what was decided on. */
  instead?: Row[]
  later?: boolean
}

type SmallKey = {
  id: string
  publicKey: Buffer
  privateKey: KeyObject
  by: string | null
  signature: string | null
  from: string
  until: string | null
  index: number
}

/** Register, log and keys. */
export class SmallRegister {
  readonly origin = "onward/0123456789abcdef0123"
  /** Its keys in their order, with what the log says of each; the last that was not ended signs packages. */
  readonly keys: SmallKey[] = []
  private readonly entries: string[] = []
  private readonly versions = new Map<string, Version>()
  private readonly disclosures = new Map<string, { salt: Buffer; value: string }>()
  private readonly requests: { [key: string]: Value }[] = []
  private readonly decisions: { [key: string]: Value }[] = []
  readonly erased: { commitment: string; at: string; index: number }[] = []
  private clock = Date.UTC(2026, 0, 5, 9)
  private number = 0

  constructor() {
    this.follow("first")
    const body = { legalName: "Seven Hills Cameras Ltd", country: "NL", zone: "Europe/Amsterdam" }
    this.company(body)
  }

  /** The newest key, as a letter about it says. */
  get publicKey(): Buffer {
    return (this.keys[this.keys.length - 1] as SmallKey).publicKey
  }

  /** A key that follows: signed for by the one before it, by nobody, or by a signature that is over something else. */
  follow(how: "first" | "signed" | "unsigned" | "bad"): void {
    const { origin: name } = this
    const { publicKey: made, privateKey } = generateKeyPairSync("ed25519")
    const publicKey = made.export({ format: "der", type: "spki" }).subarray(12)
    const coded = Buffer.concat([Buffer.from([1]), publicKey])
    const id = sha(Buffer.concat([Buffer.from(`${name}\n`), coded]))
      .subarray(0, 4)
      .toString("hex")
    const old = this.keys[this.keys.length - 1]
    const over = Buffer.from(how === "bad" ? "something else" : `${name}+${id}+${coded.toString("base64")}`)
    const signed = old && how !== "unsigned"
    const by = signed ? old.id : null
    const signature = signed ? sign(null, over, old.privateKey).toString("base64") : null
    const after = { name, id, key: publicKey.toString("base64"), before: this.keys.map((one) => one.id) }
    const objects = [{ type: "log-key", id }]
    const said = signed ? { ...after, by, signature } : after
    const { at: from, first } = this.act([{ act: "log.key.add", actor: "operator", objects, after: said }])
    this.keys.push({ id, publicKey, privateKey, by, signature, from, until: null, index: first })
  }

  /** Ends the key at that place of the list. */
  retire(n: number): void {
    const key = this.keys[n] as SmallKey
    const objects = [{ type: "log-key", id: key.id }]
    key.until = this.act([
      { act: "log.key.retire", actor: "operator", objects, after: { by: this.keys.at(-1)?.id ?? "" } },
    ]).at
  }

  /** Writes entries of one act, and says when it was and at which place they begin. */
  act(entries: readonly Entry[]): { at: string; first: number } {
    this.clock += 3_600_000
    const [at, first] = [new Date(this.clock).toISOString(), this.entries.length]
    for (const { actor, as, ...rest } of entries)
      this.entries.push(
        text({
          ...(rest as { [key: string]: Value }),
          ...{ v: 1, index: this.entries.length, at, origin: this.origin },
          actor: { id: actor, role: "legal", via: "page", ...(as === undefined ? {} : { for: as }) },
        }),
      )
    return { at, first }
  }

  /** One of our own companies. */
  company(body: Value): void {
    const version = (this.versions.get(ENTITY)?.version ?? 0) + 1
    const sha256 = sumOf(body)
    const { at, first } = this.act([
      {
        ...{ act: "entity.put", actor: "operator", objects: [{ type: "entity", id: ENTITY, version }] },
        ...(version > 1 ? { before: { version: version - 1 } } : {}),
        after: { version, sha256 },
      },
    ])
    const made = { id: ENTITY, kind: "entity", version, standing: "approved", at, request: null, index: first }
    this.versions.set(ENTITY, { ...made, body, sha256 })
  }

  /** A text that stands as a commitment. */
  commit(value: string): Value {
    const salt = sha(`salt ${this.disclosures.size} ${value}`)
    const commitment = createHmac("sha256", salt).update(JSON.stringify(value)).digest("hex")
    this.disclosures.set(commitment, { salt, value })
    return { $c: commitment }
  }

  /** Erases the text behind a commitment. */
  erase(commitment: string): void {
    this.disclosures.delete(commitment)
    const { at, first } = this.act([
      { act: "disclosure.erase", actor: PEOPLE.dpo, objects: [], after: { commitments: [commitment] } },
    ])
    this.erased.push({ commitment, at, index: first })
  }

  /** A request from its submission until its records are in force. */
  run(course: Course): string {
    this.number += 1
    const request = id("req", this.number)
    const rows = this.rowsOf(course.rows)
    const hash = hashOf(rows)
    const stages = course.stages ?? STAGES
    const after = {
      revision: 1,
      hash,
      proposals: rows.length,
      authors: course.authors ?? [PEOPLE.asks],
      stages,
      rules: 1,
    }
    const objects = [{ type: "request", id: request, version: 1 }]
    if (course.submitted !== false) this.act([{ act: "request.submit", actor: PEOPLE.asks, objects, request, after }])
    const decided = course.decisions ?? [
      { stage: "procurement", by: PEOPLE.buys },
      { stage: "dpo", by: PEOPLE.dpo, verdict: "agree" },
      { stage: "legal", by: PEOPLE.law },
    ]
    const made = course.instead ? this.rowsOf(course.instead) : rows
    decided.forEach((one, i) => {
      const isLast = i === decided.length - 1
      const verdict = one.verdict ?? "approve"
      const said = { revision: 1, hash: one.hash ?? hash, stage: one.stage, entity: ENTITY, verdict }
      const decide = { act: "request.decide", actor: one.by, as: one.for, objects, request, after: said }
      const come = isLast && !course.later ? this.comeOf(made, request) : []
      const place = this.act([decide, ...come])
      const seat = stages.find((stage) => stage.includes(`:${one.stage}:`))?.split(":")[0] ?? "decides"
      this.decisions.push({
        ...{ request, no: this.number, ...said, stageRules: 1, seat, person: one.by, forPerson: one.for ?? null },
        ...{ at: place.at, index: place.first, keptFor: [] },
      })
      if (come.length > 0) this.stand(made, request, place.at, place.first + 1)
    })
    if (course.later || decided.length === 0) {
      const place = this.act(this.comeOf(made, request))
      this.stand(made, request, place.at, place.first)
    }
    const listed = rows.map(({ recordId, kind, op, baseVersion, discovered, sha256 }) => ({
      ...{ recordId, kind, op, baseVersion, discovered, body: sha256 },
    }))
    this.requests.push({ id: request, no: this.number, revision: 1, hash, rows: listed })
    return request
  }

  private rowsOf(rows: readonly Row[]) {
    return rows.map(({ id: recordId, kind, body, op }) => {
      const baseVersion = this.versions.get(recordId)?.version ?? null
      const wanted = op ?? (baseVersion === null ? "create" : "change")
      return { recordId, kind, op: wanted, baseVersion, discovered: false, sha256: sumOf(body), body }
    })
  }

  private comeOf(rows: ReturnType<SmallRegister["rowsOf"]>, request: string): Entry[] {
    return rows.map(({ recordId, kind, baseVersion, op, sha256 }) => {
      const version = (baseVersion ?? 0) + 1
      return {
        ...{ act: "record.in-force", actor: PEOPLE.law, request },
        objects: [{ type: kind, id: recordId, version }],
        ...(version > 1 ? { before: { version: version - 1 } } : {}),
        after: { version, standing: op === "end" ? "ended" : "approved", sha256 },
      }
    })
  }

  private stand(rows: ReturnType<SmallRegister["rowsOf"]>, request: string, at: string, first: number): void {
    rows.forEach(({ recordId, kind, baseVersion, op, sha256, body }, i) => {
      const standing = op === "end" ? "ended" : "approved"
      const made = { id: recordId, kind, version: (baseVersion ?? 0) + 1, standing, at, request, index: first + i }
      this.versions.set(recordId, { ...made, body, sha256 })
    })
  }

  private signed(said: string, by = this.signing()): string {
    const signature = Buffer.concat([Buffer.from(by.id, "hex"), sign(null, Buffer.from(said), by.privateKey)])
    return `${said}\n\u2014 ${this.origin} ${signature.toString("base64")}\n`
  }

  private signing(): SmallKey {
    return this.keys.findLast((one) => one.until === null) ?? (this.keys[0] as SmallKey)
  }

  /** The files of a package as of now; `change` may change what they say before they are named and signed. */
  files(change: (files: Item[]) => Item[] = (files) => files, more: { [key: string]: Value } = {}): Item[] {
    const kinds = [...new Set(["entity", "party", "sharing", ...[...this.versions.values()].map((one) => one.kind)])]
    const leaves = this.entries.map((entry) => sha(Buffer.concat([Buffer.from([0]), Buffer.from(entry)])))
    const root = rootOf(leaves)
    const item = (name: string, words: string): Item => ({ name, bytes: Buffer.from(words, "utf8") })
    const ofKind = (kind: string): Version[] =>
      [...this.versions.values()].filter((one) => one.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1))
    const lines = (list: readonly Value[]): string => list.map((one) => `${text(one)}\n`).join("")
    const listed = (list: readonly Value[]): string =>
      list.length === 0 ? "[]\n" : `[\n${list.map(text).join(",\n")}\n]\n`
    const said = [...this.versions.values()].map((one) => text(one.body)).join() + this.entries.join()
    const [last] = this.entries.slice(-1).map((entry) => (JSON.parse(entry) as { at: string }).at)
    const file = Buffer.from("%PDF-1.7 an agreement")
    const files = change([
      ...kinds.map((kind) => item(`records/${kind}.jsonl`, lines(ofKind(kind).map(sealedOf)))),
      ...kinds.map((kind) => item(`json/${kind}.json`, listed(ofKind(kind).map((one) => this.openOf(one))))),
      item(
        "disclosures.jsonl",
        lines(
          [...this.disclosures.entries()]
            .filter(([commitment]) => said.includes(commitment))
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([commitment, { salt, value }]) => ({ commitment, salt: salt.toString("base64"), value })),
        ),
      ),
      item("requests.jsonl", lines(this.requests)),
      item("decisions.json", listed(this.decisions)),
      item("log/events.jsonl", this.entries.map((entry) => `${entry}\n`).join("")),
      { name: "log/leaves.bin", bytes: Buffer.concat(leaves) },
      item("log/checkpoint.txt", this.signed(`${this.origin}\n${leaves.length}\n${root.toString("base64")}\n`)),
      item("log/keys.json", `${text(this.keys.map((one) => this.keyMember(one)))}\n`),
      item("log/previous.json", "null\n"),
      item("README.txt", "Read me.\n"),
      { name: `files/${sha(file).toString("hex")}.pdf`, bytes: file },
    ])
    const about: { [key: string]: Value } = {
      ...{ formatVersion: 6, origin: this.origin, register: "main", asOf: last ?? "", logSize: leaves.length },
      ...{ logRoot: root.toString("hex"), whole: true, erasures: [...this.erased], redactions: [] },
      scope: { entities: null, kinds: null, parties: null, modes: null, countries: null, from: null, until: null },
      records: Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind).length])),
      ...{
        withheld: { references: 0, advice: 0, entries: 0, looks: 0 },
        packs: [],
        seatRules: [],
        watermark: null,
        questions: null,
      },
      ...more,
    }
    const manifest = manifestOf(about, files)
    return [...files, manifest, item("manifest.note", this.noteOf(manifest.bytes))]
  }

  /** The note over a manifest, which only who holds the key can make. */
  noteOf(manifest: Uint8Array, by = this.signing()): string {
    return this.signed(`${this.origin}\npackage\n6\n${sha(manifest).toString("base64")}\n`, by)
  }

  /** The package as an archive. */
  pack(change?: (files: Item[]) => Item[], more?: { [key: string]: Value }): Uint8Array {
    return zipOf(this.files(change, more))
  }

  private keyMember({ id, publicKey, from, until, index, by, signature }: SmallKey): Value {
    return { name: this.origin, id, key: publicKey.toString("base64"), from, until, index, by, signature }
  }

  private openOf({ id: record, kind, version, standing, at, request: requestId, body }: Version): Value {
    const open = (value: Value): Value => {
      if (value === null || typeof value !== "object") return value
      if (Array.isArray(value)) return value.map(open)
      if (typeof value.$c === "string") return this.disclosures.get(value.$c)?.value ?? "[erased]"
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, open(item)]))
    }
    return { id: record, kind, version, standing, at, requestId, body: open(body) }
  }
}

function sealedOf({ body, ...rest }: Version): Value {
  return { ...rest, sealed: text(body), changed: false }
}

function hashOf(rows: ReturnType<SmallRegister["rowsOf"]>): string {
  return sumOf(
    rows.map(({ recordId, kind, op, baseVersion, discovered, sha256: body }) => [
      recordId,
      sumOf({ recordId, kind, op, baseVersion, discovered, body }),
    ]),
  )
}

/** The manifest that names these files. */
export function manifestOf(about: { [key: string]: Value }, files: readonly Item[]): Item {
  const named = files.map(({ name, bytes }) => ({ name, sha256: sha(bytes).toString("hex"), bytes: bytes.length }))
  return { name: "manifest.json", bytes: Buffer.from(`${text({ ...about, files: named })}\n`, "utf8") }
}

export const PARTY = id("pty", 1)
export const SHARING = id("shr", 1)

/** A register with a party, a sharing, a change and an end; what is named by a person stands committed. */
export function aRegister(): SmallRegister {
  const on = new SmallRegister()
  const contacts = [{ name: on.commit("Ada Quill"), email: on.commit("ada@example.org") }]
  on.run({
    rows: [
      { id: PARTY, kind: "party", body: { legalName: "Blue Harbour Hosting Ltd", contacts } },
      { id: SHARING, kind: "sharing", body: { entityId: ENTITY, partyId: PARTY, mode: "entrust" } },
    ],
  })
  on.run({ rows: [{ id: id("pty", 2), kind: "party", body: { legalName: "<b>Loud</b> & Söhne GmbH", contacts: [] } }] })
  on.run({ rows: [{ id: PARTY, kind: "party", body: { legalName: "Blue Harbour Hosting plc", contacts } }] })
  return on
}
