/** Draws the register inside: lists with search, one record with what belongs to it, decisions and entries of the log. */
import { membersOf, wordOf, type Json, type Members } from "@/verifier/core/json"
import type { OpenRecord } from "@/verifier/core/records"
import { el, link, type Child } from "./draw"
import type { Entry, Register } from "./register"
import { answer, count, KINDS, label, moment, ONE, standingWord } from "./words"

const SHOWN = 100

/** One view: `all`, `kind:party`, `log`, `log:INDEX`, or the id of a record. */
export function viewOf(register: Register, where: string, words: string): HTMLElement {
  const record = register.records.get(where)
  if (record) return recordView(register, record)
  if (where === "log" || where.startsWith("log:")) return logView(register, where.slice(4), words)
  return listView(register, where.startsWith("kind:") ? where.slice(5) : null, words)
}

function heading(text: string): HTMLElement {
  return el("h2", { tabindex: "-1", id: "view" }, text)
}

function listView(register: Register, kind: string | null, words: string): HTMLElement {
  const found = register.search(words, kind)
  const title = kind === null ? "Everything" : (KINDS[kind] ?? kind)
  return el(
    "div",
    {},
    heading(`${title}: ${count(found.length, "record", "records")}`),
    recordList(register, found.slice(0, SHOWN)),
    found.length > SHOWN ? el("p", { class: "soft" }, `The first ${SHOWN} are shown: search to find others.`) : null,
  )
}

function recordList(register: Register, records: readonly OpenRecord[]): HTMLElement {
  if (records.length === 0) return el("p", { class: "soft" }, "None.")
  return el(
    "ul",
    { class: "list" },
    ...records.map((record) =>
      el(
        "li",
        {},
        link(record.id, register.title(record.id)),
        " ",
        el("span", { class: "standing" }, standingWord(record.standing)),
        el("br"),
        el("span", { class: "soft" }, `${ONE[record.kind] ?? record.kind}, since ${moment(record.at)}`),
      ),
    ),
  )
}

function recordView(register: Register, record: OpenRecord): HTMLElement {
  const naming = register.naming(record.id)
  const isParty = record.kind === "party"
  const around = isParty ? [record, ...naming] : [record]
  const groups = [...new Set(naming.map((one) => one.kind))].sort((a, b) => rank(a) - rank(b))
  const print = el("button", { type: "button" }, "Print")
  print.addEventListener("click", () => window.print())
  return el(
    "div",
    {},
    heading(register.title(record.id)),
    el(
      "p",
      {},
      el("span", { class: "standing" }, standingWord(record.standing)),
      ` ${ONE[record.kind] ?? record.kind}, version ${record.version}, in force since ${moment(record.at)}`,
    ),
    print,
    ...groups.flatMap((kind) => [
      el("h3", {}, KINDS[kind] ?? kind),
      recordList(
        register,
        naming.filter((one) => one.kind === kind),
      ),
    ]),
    el("h3", {}, "What it says"),
    fields(register, record.body),
    el("h3", {}, "Decisions"),
    decisionList(register.decisionsOn(around)),
    el("h3", {}, "Entries of the log"),
    entryList(entriesAbout(register, record).slice(0, SHOWN)),
    el("p", { class: "soft mono" }, record.id),
  )
}

function rank(kind: string): number {
  return Object.keys(KINDS).indexOf(kind)
}

function entriesAbout(register: Register, record: OpenRecord): Entry[] {
  const ids = new Set([record.id, ...(record.request === null ? [] : [record.request])])
  return register.entries.filter((entry) => entry.ids.some((id) => ids.has(id)))
}

function decisionList(decisions: readonly Members[]): HTMLElement {
  if (decisions.length === 0)
    return el(
      "p",
      { class: "soft" },
      "None: a company of the register's own needs none, and what was found running is recorded at once.",
    )
  return el(
    "ul",
    { class: "list" },
    ...decisions.map((one) =>
      el(
        "li",
        {},
        `Request ${String(one.no)}, ${wordOf(one.stage) ?? ""}: ${wordOf(one.verdict) ?? ""}`,
        el("br"),
        el(
          "span",
          { class: "soft" },
          `${moment(wordOf(one.at) ?? "")}, by ${wordOf(one.person) ?? ""}${wordOf(one.forPerson) === null ? "" : ` for ${wordOf(one.forPerson)}`}, `,
        ),
        link(`log:${String(one.index)}`, `entry ${String(one.index)}`),
      ),
    ),
  )
}

function entryList(entries: readonly Entry[]): HTMLElement {
  if (entries.length === 0) return el("p", { class: "soft" }, "None is here.")
  return el(
    "ul",
    { class: "list" },
    ...entries.map((entry) =>
      el(
        "li",
        {},
        link(`log:${entry.index}`, `${entry.index}`),
        ` ${entry.act}`,
        el("br"),
        el("span", { class: "soft" }, `${moment(entry.at)}, ${entry.who}`),
      ),
    ),
  )
}

function logView(register: Register, index: string, words: string): HTMLElement {
  const entry = index === "" ? undefined : register.entries.find((one) => String(one.index) === index)
  if (entry)
    return el(
      "div",
      {},
      heading(`Entry ${entry.index}: ${entry.act}`),
      el("p", {}, `${moment(entry.at)}, ${entry.who}`),
      el(
        "ul",
        {},
        ...entry.ids.map((id) => el("li", {}, register.records.has(id) ? link(id, register.title(id)) : id)),
      ),
      el("p", { class: "mono" }, entry.line),
    )
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = register.entries.filter((one) => parts.every((part) => one.line.toLowerCase().includes(part)))
  return el(
    "div",
    {},
    heading(`Log: ${count(found.length, "entry", "entries")}`),
    entryList(found.slice(-SHOWN).reverse()),
    found.length > SHOWN ? el("p", { class: "soft" }, `The newest ${SHOWN} are shown: search to find others.`) : null,
  )
}

/** The fields of a body with a value, and below the names of those that say nothing. */
function fields(register: Register, body: Json): HTMLElement {
  const members = membersOf(body) ?? {}
  const empty: string[] = []
  const list = el("dl")
  for (const field of Object.keys(members)) {
    const shown = valueOf(register, members[field] as Json)
    if (shown === null) empty.push(label(field).toLowerCase())
    else list.append(el("dt", {}, label(field)), el("dd", {}, shown))
  }
  const none = empty.length === 0 ? null : el("p", { class: "soft" }, `Nothing is said of: ${empty.join(", ")}.`)
  return el("div", {}, list, none)
}

function valueOf(register: Register, value: Json): Child {
  const said = answer(value)
  if (said) return "says" in said ? said.says || null : valueOf(register, said.value)
  if (value === null || value === "") return null
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value === "number") return String(value)
  if (typeof value === "string") return register.records.has(value) ? link(value, register.title(value)) : value
  if (Array.isArray(value)) {
    const items = value.map((one) => valueOf(register, one)).filter((one) => one !== null)
    if (items.length === 0) return null
    return el("ul", {}, ...items.map((one) => el("li", {}, one)))
  }
  const list = el("dl")
  for (const [field, item] of Object.entries(value)) {
    const shown = valueOf(register, item)
    if (shown !== null) list.append(el("dt", {}, label(field)), el("dd", {}, shown))
  }
  return list.childNodes.length === 0 ? null : list
}
