import { BLANK, known, NOT_APPLICABLE, valueOr, type Answer } from "@/domain/core/answer"
import { cut } from "@/domain/core/cut"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Destination, Regime, Sharing } from "@/domain/records/sharing"
import type { Ground } from "@/domain/vocabulary/grounds"
import type { Mode, SharingRole } from "@/domain/vocabulary/sharings"
import { needsIn, purposesIn } from "./asked"
import { BY_CLAUSES, isProven, isWeighed } from "./conditions"
import { necessityOf } from "./necessity"
import type { MakeOn, Reading } from "./proposals"
import type { Beginning } from "./question"

type FlowOn = {
  beginning: Beginning
  entityId: Id<"entity">
  partyId: Id<"party">
  on: MakeOn
  /** It runs already: found so, or under a demand that cannot wait. */
  runs: boolean
}

const OPEN = { firstOn: null, lastOn: null }

/** The flow that the answers describe. */
export function flowBody(read: Reading, of: FlowOn): Sharing {
  const { beginning, on } = of
  const { mode, role, ownPurpose } = whoDecides(read, beginning)
  const purposes = purposesIn(read.all)
  const body: Sharing = {
    ...(blankOf(FIELDS.sharing) as Sharing),
    ...{ entityId: of.entityId, partyId: of.partyId, mode, role, ownPurpose },
    ...{ succeeds: null, parentId: null, noticeId: null, restrictedTo: null },
    title: titleOf(read, beginning),
    purposes: purposes.length ? known([...purposes] as never) : read.answers("1.4b", (codes) => [...codes] as never),
    purposeText: read.answer("1.4", (text) => text),
    ...subjectsAnd(read),
    whyNotLess: read.answer("3.2l", (text) => text),
    dataLines: linesOf(read, null),
    grounds: groundsOf(read, beginning, on),
    bases: basesOf(read),
    destinations: destinationsOf(read, on),
    frequency:
      beginning === "authority" || beginning === "merger"
        ? known("once")
        : read.answer("3.4a", (code) => code as never),
    channel: read.answer("3.4b", (code) => code as never),
    measures: read.answers("8.2", (codes) => [...codes] as never),
    onward: onwardOf(read),
    retention: retentionOf(read, beginning),
    startsOn: read.answer(of.runs && beginning === "running" ? "1.6" : "1.4a", (day) => day as Day),
    endsOn: read.answer("9.1", (day) => day as Day),
    owner: read.answer("9.2", (text) => text),
    dueOn: of.runs ? read.answer("9.2a", (day) => day as Day) : BLANK,
    foundHow: read.answer("1.7", (text) => text),
    foundAllowedBy: read.answer("1.8", (text) => text),
    notes: read.answer("9.3", (text) => text),
  }
  // What is given on a demand is given once, by the day on which it is due.
  if (beginning !== "authority") return body
  const due = read.answer("5.3e", (day) => day as Day)
  return { ...body, startsOn: of.runs ? known(on.today) : due, dueOn: of.runs ? orElse(body.dueOn, due) : BLANK }
}

const orElse = <T>(one: Answer<T>, other: Answer<T>): Answer<T> => (one.state === "blank" ? other : one)

/** A flow in force with the kinds, purposes and reasons that the answers add. */
export function moreOf(body: Sharing, read: Reading): Sharing {
  const before = valueOr(body.dataLines, [])
  const added = linesOf(read, read.code("1.4a") as Day | null)
  const fresh = valueOr(added, []).filter(
    (line) => !before.some((old) => old.kind === line.kind && old.lastOn === null),
  )
  const purposes = [...new Set([...valueOr(body.purposes, []), ...read.list("1.4b")])]
  return {
    ...body,
    dataLines: fresh.length ? known([...before, ...fresh].slice(0, 100)) : body.dataLines,
    purposes: purposes.length ? known(purposes.slice(0, 28) as never) : body.purposes,
    purposeText: joinedText(body.purposeText, read.code("1.4")),
    whyNotLess: joinedText(body.whyNotLess, read.code("3.2l")),
  }
}

function joinedText(before: Answer<string>, more: string | null): Answer<string> {
  if (more === null) return before
  const text = before.state === "known" && before.value.trim() !== "" ? `${before.value.trim()} ${more}` : more
  return known(cut(text, 2000))
}

/** A title that a list can show: what it is for, in at most a line. */
function titleOf(read: Reading, beginning: Beginning): string {
  const words = (read.code("1.4") ?? "").replace(/\s+/g, " ").trim()
  if (words === "") return TITLES[beginning] ?? "A flow of personal data"
  return words.length <= 90 ? words : `${cut(words, 89).trimEnd()}…`
}

const TITLES: Partial<Record<Beginning, string>> = {
  affiliate: "Data for a group company",
  merger: "Transfer of control",
  publish: "Publication",
  authority: "Answer to a demand",
  running: "Found running",
}

type Deciding = Pick<Sharing, "mode" | "role" | "ownPurpose">

/** Role and mode: what the beginning means, else who decides about the data there. The DPO's own word on the mode goes first. */
function whoDecides(read: Reading, beginning: Beginning): Deciding {
  const set = (mode: Mode, role: SharingRole, own: "yes" | "no"): Deciding => ({
    ...{ mode, role: known(role), ownPurpose: known(own) },
  })
  if (beginning === "affiliate") return set("share", "controller", "yes")
  if (beginning === "merger") return set("transfer", "controller", "yes")
  if (beginning === "publish") return { mode: "disclose", role: NOT_APPLICABLE, ownPurpose: NOT_APPLICABLE }
  if (beginning === "authority") return set("share", "authority", "yes")
  const said = read.code("4.1")
  const own = said === "own-ends" || said === "together"
  const mode = (read.code("4.2") as Mode | null) ?? (own ? "share" : "entrust")
  if (said === null)
    return { mode, role: read.answer("4.1", () => "processor"), ownPurpose: read.answer("4.1", () => "no") }
  return set(mode, said === "for-us" ? "processor" : said === "together" ? "joint" : "controller", own ? "yes" : "no")
}

function subjectsAnd(read: Reading): Pick<Sharing, "subjects" | "peopleCount" | "dataForm" | "deidentification"> {
  const stripped = read.code("2.1") === "deidentified"
  return {
    subjects: read.answers("3.1", (codes) => [...codes] as never),
    peopleCount: read.answer("3.4", Number),
    dataForm: stripped ? known("de-identified") : BLANK,
    deidentification: stripped ? read.answer("2.2", (text) => text) : BLANK,
  }
}

function linesOf(read: Reading, firstOn: Day | null): Sharing["dataLines"] {
  const needs = needsIn(read.all)
  const given = read.given("3.2n")
  const sentences = given?.state === "known" ? (given.value as Record<string, string>) : {}
  return read.answers("3.2", (kinds) =>
    kinds.map((kind) => {
      const text = necessityOf(kind, needs, sentences)
      return {
        kind: kind as never,
        necessity: text ? known(cut(text, 2000)) : given?.state === "unknown" ? read.answer("3.2n", String) : BLANK,
        ...{ reviewedOn: BLANK, retentionDays: BLANK, firstOn, lastOn: null },
      }
    }),
  )
}

const GROUND_OF: Partial<Record<Beginning, Ground>> = {
  affiliate: "affiliate",
  merger: "merger",
  publish: "consent",
  authority: "statute",
}

function groundsOf(read: Reading, beginning: Beginning, on: MakeOn): Sharing["grounds"] {
  const ground = GROUND_OF[beginning] ?? (read.code("5.1") as Ground | null)
  if (!ground) return []
  const node = FIELDS.sharing.fields.find((field) => field.name === "grounds")?.node
  const blank = (node?.is === "list" ? blankOf(node.of) : {}) as Sharing["grounds"][number]
  return [
    {
      ...blank,
      ground,
      consentId: ground === "consent" ? (read.code("5.2") as Id<"consent"> | null) : null,
      demandId: beginning === "authority" ? on.ids.demand : null,
      citation: read.answer("5.3", (text) => text),
      ...(beginning === "authority"
        ? {
            statuteKind: known("authority" as const),
            authority: read.answer("5.3a", (text) => cut(text, 300)),
            caseNumber: read.answer("5.3g", (text) => text),
          }
        : {}),
      ...OPEN,
    },
  ]
}

const REGIME_OF: Record<string, Regime> = { eu: "EU", uk: "UK", cn: "CN", ch: "CH", ca: "CCPA", br: "BR" }

function basesOf(read: Reading): Sharing["bases"] {
  const codes = [...read.list("5.4"), ...[read.code("3.3") ?? ""].filter((code) => code !== "")]
  return [...new Set(codes)].slice(0, 30).map((code) => ({
    regime: REGIME_OF[code.slice(0, 2)] ?? "EU",
    basis: code as never,
    evidence: isWeighed(code) ? read.answer("5.4a", (text) => text) : BLANK,
    ...OPEN,
  }))
}

const LEAVE: Record<string, string> = {
  "each-asked": "Each new one needs our leave.",
  "told-first": "New ones are announced, and we may object.",
}

/** Whom the party may pass the data on to, and by which leave. Who names some and may add none has those. */
function onwardOf(read: Reading): Sharing["onward"] {
  const leave = read.code("6.4a")
  if (leave === "nobody" && read.code("6.4") === null) return known({ allowed: false, toWhom: "" })
  return read.answer("6.4", (text) => ({
    allowed: true,
    toWhom: cut(`${text} ${LEAVE[leave ?? ""] ?? ""}`.trim(), 1000),
  }))
}

/** Places of storage and of access; a mechanism is put beside each that is not our own country. */
function destinationsOf(read: Reading, on: MakeOn): Sharing["destinations"] {
  const [stored, reached] = [read.answers("6.1", (list) => list), read.answers("6.1a", (list) => list)]
  const given = read.given("6.2")
  const ways = given?.state === "known" ? given.value : null
  // One for all, in an intake that was begun before each country had its own.
  const wayTo = (country: string): string | null =>
    typeof ways === "string" ? ways : ((ways as Record<string, string> | null)?.[country] ?? null)
  const line = (kind: "storage" | "access") => (country: string) => ({
    country,
    kind,
    mechanisms: country === on.facts.entityCountry ? [] : mechanismsBy(wayTo(country), read, on),
    ...OPEN,
  })
  const all = [...valueOr(stored, []).map(line("storage")), ...valueOr(reached, []).map(line("access"))]
  if (all.length) return known(all.slice(0, 100)) as Sharing["destinations"]
  return (stored.state === "blank" ? reached : stored) as Sharing["destinations"]
}

/** The mechanism of one place, with what is said of it: the module is that of the standard clauses alone. */
function mechanismsBy(mechanism: string | null, read: Reading, on: MakeOn): Destination["mechanisms"] {
  if (mechanism === null) return []
  const proof = isProven(mechanism)
  return [
    {
      ...{ regime: regimeOf(mechanism), mechanism: mechanism as never, agreementId: null },
      module: mechanism === "scc-2021" ? read.answer("6.2a", (code) => code as "1") : BLANK,
      evidence: proof ? read.answer("6.2b", (text) => text) : BLANK,
      assessmentId: read.code("6.3") && BY_CLAUSES.includes(mechanism) ? on.ids.transfer : null,
      ...{ firstOn: null, lastOn: proof ? (read.code("6.2c") as Day | null) : null },
    },
  ]
}

const regimeOf = (mechanism: string): Regime =>
  mechanism.startsWith("uk-") ? "UK" : mechanism.startsWith("cn-") ? "CN" : "EU"

function retentionOf(read: Reading, beginning: Beginning): Sharing["retention"] {
  if (beginning === "publish" || beginning === "merger") return BLANK
  const days = read.answer("9.1a", Number)
  const deletion = read.answer("9.1b", (text) => text)
  if (days.state === "blank" && deletion.state === "blank") return BLANK
  return known({ days, trigger: BLANK, deletion })
}
