import { valueOf } from "@/domain/core/answer"
import { isEea } from "./places"
import type { Agreement } from "@/domain/records/agreement"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { DESTINATION_KINDS, ROLES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import type { Term } from "@/domain/vocabulary/term"
import { column, country, daysText, holds, label, lines, linesOrNone, onDay, shown, typed } from "./kit"
import type { Cell, Column, FlowFacts, Held } from "./kit"

/** What several forms ask for in the same words. Each reads one flow with what is around it, on its day. */

export const recipient = ({ party, sharing }: FlowFacts): string => party?.body.legalName ?? sharing.partyId
export const company = ({ entity, sharing }: FlowFacts): string => entity?.legalName ?? sharing.entityId
export const purposes = ({ sharing }: FlowFacts): Cell =>
  shown(sharing.purposes, (codes) => lines(codes.map((code) => label(PURPOSES, code))))
export const subjects = ({ sharing }: FlowFacts): Cell =>
  shown(sharing.subjects, (codes) => lines(codes.map((code) => label(SUBJECTS, code))))
export const measures = ({ sharing }: FlowFacts): Cell =>
  shown(sharing.measures, (codes) => lines(codes.map((code) => label(MEASURES, code))))
export const role = ({ sharing }: FlowFacts): Cell => shown(sharing.role, (code) => label(ROLES, code))
export const isRole = ({ sharing }: FlowFacts, ...codes: string[]): boolean =>
  codes.includes(valueOf(sharing.role) ?? "")

/** The kinds of data that go out on the day; with `flag`, those that a law guards more. */
export const dataKinds = ({ sharing, on }: FlowFacts): Cell =>
  onDay(sharing.dataLines, on, ({ kind }) => label(DATA_KINDS, kind))

const GUARDED = ["art9", "art10", "pipl-sensitive"]

export function guardedKinds({ sharing, on }: FlowFacts): Cell {
  const flags = (code: string): readonly string[] =>
    (DATA_KINDS as readonly Term[]).find((one) => one.code === code)?.flags ?? []
  const named = (code: string): string | null => {
    const own = flags(code).filter((flag) => GUARDED.includes(flag))
    return own.length === 0 ? null : `${label(DATA_KINDS, code)} (${own.join(", ")})`
  }
  return onDay(sharing.dataLines, on, ({ kind }) => named(kind))
}

/** How long each kind is kept, as far as it is said for it; else what is said for the flow as a whole. */
export function retention({ sharing, on }: FlowFacts): Cell {
  const whole = shown(sharing.retention, ({ days, trigger, deletion }) =>
    [shown(days, daysText), shown(trigger), shown(deletion)].filter((word) => word !== "").join("; "),
  )
  const each = onDay(sharing.dataLines, on, ({ kind, retentionDays }) =>
    retentionDays.state === "blank" ? null : `${label(DATA_KINDS, kind)}: ${shown(retentionDays, daysText)}`,
  )
  return [
    whole === "" ? null : `All: ${whole}`,
    sharing.dataLines.state === "known" && each !== "(none)" ? String(each) : null,
  ]
    .filter((word) => word !== null)
    .join("\n")
}

/** Places on the day: country, and what is there. */
export const places =
  (kinds?: readonly string[]) =>
  ({ sharing, on }: FlowFacts): Cell =>
    onDay(sharing.destinations, on, (line) =>
      kinds && !kinds.includes(line.kind) ? null : `${country(line.country)}: ${label(DESTINATION_KINDS, line.kind)}`,
    )

/** Only the countries, of places of these kinds. */
export const countriesOf =
  (kinds: readonly string[]) =>
  ({ sharing, on }: FlowFacts): Cell =>
    shown(sharing.destinations, (all) =>
      lines(
        [...new Set(all.filter((one) => holds(one, on) && kinds.includes(one.kind)).map((one) => one.country))].map(
          country,
        ),
      ),
    )

/** Transfers out of the European Economic Area on the day, each with what it stands on. */
export const transfers = ({ sharing, on }: FlowFacts): Cell =>
  onDay(sharing.destinations, on, (line) => {
    if (isEea(line.country)) return null
    const on_ = line.mechanisms.filter((one) => holds(one, on))
    const said = on_.map(
      (one) => `${one.regime}: ${label(MECHANISMS, one.mechanism)}${evidenceOf(shown(one.evidence))}`,
    )
    return `${country(line.country)} — ${said.length === 0 ? "no mechanism named" : said.join("; ")}`
  })

const evidenceOf = (said: Cell): string => (said === "" ? "" : ` (${said})`)

/** Safeguards for the exceptional transfers of Article 49(1), second subparagraph. */
export const exceptional = ({ sharing, on }: FlowFacts): Cell =>
  onDay(sharing.destinations, on, (line) =>
    linesOrNone(
      line.mechanisms
        .filter((one) => one.mechanism === "derogation.compelling" && holds(one, on))
        .map((one) => `${country(line.country)}: ${shown(one.evidence)}`),
    ),
  )

export const bases = ({ sharing, on }: FlowFacts): string =>
  linesOrNone(
    sharing.bases
      .filter((one) => holds(one, on))
      .map(({ regime, basis, evidence }) => `${regime}: ${label(LEGAL_BASES, basis)}${evidenceOf(shown(evidence))}`),
  )

export const partyKinds = ({ party, on }: FlowFacts): string =>
  party ? linesOrNone(party.body.kinds.filter((one) => holds(one, on)).map(({ kind }) => label(PARTY_KINDS, kind))) : ""

/** A paper with its reference and the hashes of its files, under which they lie in the package. */
export const paperLine = ({ id, body }: Held<Agreement>): string => {
  const files = body.files.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`)
  const reference = body.reference.state === "known" ? `, ${body.reference.value}` : ""
  return `${label(AGREEMENT_KINDS, body.kind)}: ${typed(body.title)}${reference} [${id}]${files.length ? `; ${files.join("; ")}` : ""}`
}

export const papers = ({ papers: all }: FlowFacts): string => linesOrNone(all.map(paperLine))

/** Assessments of these kinds: what came out, when, until when. */
export const assessed =
  (...kinds: string[]) =>
  ({ assessments }: FlowFacts): string =>
    linesOrNone(
      assessments
        .filter(({ body }) => kinds.includes(body.kind))
        .map(({ id, body }) => {
          const said = [
            shown(body.outcome),
            shown(body.doneOn, (on) => `done ${on}`),
            shown(body.validUntil, (on) => `until ${on}`),
          ]
          return `${label(ASSESSMENT_KINDS, body.kind)}: ${typed(body.title)} (${said.filter((word) => word !== "").join(", ")}) [${id}]`
        }),
    )

/** With whom the flow is, and how it stands: what every sheet of flows begins with. */
export const about: readonly Column<FlowFacts>[] = [
  column("Number in the register", ["CNIL-SHEET 1"], ({ id }) => id, 32),
  column("Activity", ["CNIL-SHEET 1"], ({ sharing }) => typed(sharing.title), 32),
  column("Standing", [], ({ standing }) => standing, 12),
  column("First day", [], ({ sharing }) => shown(sharing.startsOn), 12),
  column("Last day", [], ({ sharing }) => shown(sharing.endsOn), 14),
  column("Company", [], company),
]
