import { paperDays } from "@/components/records/paper-table"
import { inARow, sharingSentence } from "@/components/records/sharing-sentence"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import { stateOn } from "@/domain/coverage/coverage"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { termOf } from "@/domain/vocabulary/term"
import type { RecordPage } from "@/usecases/register/read-record"

type Names = ReadonlyMap<string, string>

/** What is true of a record, in the sentence with which its page opens; empty where its fields say it all. */
export function opening(page: RecordPage, names: Names, past: boolean): string {
  const { record } = page
  if (record.kind === "sharing") return sharingSentence(record.body, names)
  if (record.kind === "party") return partyWords(page, record.body, past)
  if (record.kind !== "agreement") return ""
  const { body } = record
  const there = body.checklist.filter((line) => line.verdict === "there" && valueOf(line.page) !== null).length
  return [
    say("story.paper", {
      kind: termOf(AGREEMENT_KINDS, body.kind)?.label ?? body.kind,
      entity: names.get(body.entityId) ?? say("story.company"),
      party: names.get(body.partyId) ?? say("story.party"),
    }),
    valueOf(body.effectOn) ? say("story.paper-days", { days: paperDays(body) }) : say("story.paper-undated"),
    say("story.paper-covers", { n: body.covers.length }),
    ...(body.checklist.length ? [say("story.paper-clauses", { there, n: body.checklist.length })] : []),
  ].join(" ")
}

function partyWords(page: RecordPage, body: Extract<RecordPage["record"], { kind: "party" }>["body"], past: boolean) {
  const kinds = inARow(body.kinds.map((line) => termOf(PARTY_KINDS, line.kind)?.label ?? line.kind))
  const country = valueOf(body.country)
  const running = page.flows.filter((flow) => standingOf(page, flow.id) !== "ended")
  const covered = running.filter((flow) => stateOn(flow.coverage, page.today) === "covered").length
  const found = running.filter((flow) => standingOf(page, flow.id) === "discovered").length
  return [
    kinds || country
      ? say("story.party-kinds", {
          kinds: kinds || say("story.party"),
          country: country ? say("story.party-country", { country: countryName(country) }) : "",
        })
      : "",
    running.length
      ? say("story.party-flows", {
          n: running.length,
          covered,
          gap: running.length - covered,
          day: past ? say("clock.on-day", { day: dayWords(page.today) }) : say("clock.today"),
        })
      : say("story.party-nothing"),
    found ? say("story.party-found", { n: found }) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ")
}

const standingOf = (page: RecordPage, id: string): string =>
  page.related.find((item) => item.id === id)?.standing ?? "approved"
