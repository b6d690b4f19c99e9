import { BLANK, known, valueOf, type Answer } from "@/domain/core/answer"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { FIELDS, blankOf } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import { AGREEMENT_KINDS, type AgreementKind } from "@/domain/vocabulary/agreements"
import { termOf } from "@/domain/vocabulary/term"
import type { Cells } from "./cells"
import type { TargetField } from "./columns"
import { PAPER_FIELDS } from "./paper-columns"
import type { RowGiven } from "./row-given"
import { readMonths, readRetention, readYesNo } from "./values"
import { AGREEMENT_KIND_WORDS } from "./vocabulary-words"

/**
 * The paper that a row tells of: by *DPA: yes*, or by any column of a paper. Without a file it is stated, and stated never covers
 * (foundation 21). Every cell that says no day, length or word is told.
 */
export function paperOf(cells: Cells, given: RowGiven, partyId: Id<"party">, party: Party): Agreement | null {
  const has = valueOf(cells.answer("dpa", readYesNo, "import.no-yes-no"))
  const told = PAPER_FIELDS.some(cells.has)
  if (has !== true && !told) return null
  if (has === false) cells.problem("dpa", "import.paper-and-none")
  const kind = kindOf(cells, has === true)
  const effectOn = cells.day("paperEffectOn")
  const endsOn = cells.day("paperEndsOn")
  const terminatedOn = cells.day("paperTerminatedOn")
  after(cells, effectOn, endsOn, "paperEndsOn")
  after(cells, effectOn, terminatedOn, "paperTerminatedOn")
  return {
    ...(blankOf(FIELDS.agreement) as Agreement),
    ...{ entityId: given.entityId, partyId, kind, knownHow: "stated", covers: [] },
    title: cells.name("paperTitle", 300) || titleOf(kind, party.legalName),
    reference: cells.free("paperReference", 100),
    ...{ effectOn, endsOn, terminatedOn, renewal: renewalOf(cells) },
    initialMonths: cells.answer("paperInitialMonths", positive(1200), "import.no-months"),
    renewalsMost: cells.answer("paperRenewalsMost", whole(100), "import.no-number"),
    noticeOurs: daysOf(cells, "paperNoticeOurs"),
    noticeTheirs: daysOf(cells, "paperNoticeTheirs"),
    noticeAddress: cells.free("paperNoticeAddress", 1000),
    noticeForm: cells.free("paperNoticeForm", 500),
    noticeCounts: cells.answer("paperNoticeCounts", readCounts, "import.no-counts"),
    objectionDays: daysOf(cells, "paperObjectionDays"),
    deletionDays: daysOf(cells, "paperDeletionDays"),
    governingLaw: cells.free("paperGoverningLaw", 200),
    owner: cells.free("paperOwner", 200),
  }
}

function kindOf(cells: Cells, processing: boolean): AgreementKind {
  const said = cells.word("paperKind", AGREEMENT_KIND_WORDS)
  if (said.state === "known") return said.value
  if (!processing && !cells.faulty("paperKind")) cells.problem("paperKind", "import.paper-kind-missing")
  return "processing"
}

function titleOf(kind: AgreementKind, legalName: string): string {
  return `${termOf(AGREEMENT_KINDS, kind)?.label ?? kind}: ${legalName}`.slice(0, 300)
}

/** How it renews, in months each time and with what notice. What a renewal of itself needs and nothing says is told. */
function renewalOf(cells: Cells): Agreement["renewal"] {
  const way = cells.answer("paperRenewal", readRenewal, "import.no-renewal")
  const months = valueOf(
    cells.answer("paperRenewalMonths", (text) => within(readMonths(text), 0, 600), "import.no-months"),
  )
  const notice = valueOf(
    cells.answer("paperNoticeMonths", (text) => within(readMonths(text), 0, 120), "import.no-months"),
  )
  if (way.state !== "known") {
    const alone = (["paperRenewalMonths", "paperNoticeMonths"] as const).find((field) => cells.has(field))
    if (way.state === "blank" && alone && !cells.faulty("paperRenewal") && !cells.faulty(alone))
      cells.problem(alone, "import.renewal-way-missing")
    return way.state === "blank" ? BLANK : way
  }
  if (way.value === "tacit") {
    if (!months && !cells.faulty("paperRenewalMonths")) cells.problem("paperRenewal", "import.renewal-months-missing")
    if (notice === null && !cells.faulty("paperNoticeMonths"))
      cells.problem("paperRenewal", "import.renewal-notice-missing")
  }
  if (way.value === "never" && (months ?? 0) > 0) cells.problem("paperRenewalMonths", "import.renewal-never")
  return known({ way: way.value, months: months ?? 0, noticeMonths: notice ?? 0 })
}

type Way = "never" | "express" | "tacit"

/** How a paper renews, in three languages; null where it is none of the ways. */
export function readRenewal(text: string): Way | null {
  const plain = fold(text)
  if (
    /^(tacit|tacitly|automatic|automatically|auto|auto renew|evergreen|yes|ja|oui|automatisch|stillschweigend|tacite|automatique)$/.test(
      plain,
    )
  )
    return "tacit"
  if (
    /^(express|expressly|by act|manual|manually|on request|option|optional|ausdrucklich|manuell|expres|expresse|manuel)$/.test(
      plain,
    )
  )
    return "express"
  if (
    /^(never|no|not|fixed|fixed term|no renewal|nein|nie|keine verlangerung|fest|befristet|non|jamais|sans)$/.test(
      plain,
    )
  )
    return "never"
  return null
}

function readCounts(text: string): "received" | "sent" | null {
  const plain = fold(text)
  if (/^(received|receipt|on receipt|arrival|zugang|eingang|reception)$/.test(plain)) return "received"
  return /^(sent|sending|dispatch|on sending|absendung|versand|envoi)$/.test(plain) ? "sent" : null
}

function daysOf(cells: Cells, field: TargetField): Answer<number> {
  return cells.answer(field, (text) => within(readRetention(text)?.days ?? null, 0, 3660), "import.no-days-notice")
}

function after(cells: Cells, first: Answer<string>, last: Answer<string>, field: TargetField): void {
  const [from, to] = [valueOf(first), valueOf(last)]
  if (from && to && to < from) cells.problem(field, "import.ends-before", { first: from, last: to })
}

const within = (value: number | null, least: number, most: number): number | null =>
  value !== null && value >= least && value <= most ? value : null

const positive = (most: number) => (text: string) => within(readMonths(text), 1, most)

const whole = (most: number) => (text: string) =>
  /^\d{1,3}$/.test(text.trim()) ? within(Number(text.trim()), 0, most) : null
