import { findingSaid } from "@/components/answers/history-parts"
import { label } from "@/components/answers/answer-words"
import { signedWords } from "@/components/answers/story-parts"
import { stretchWords } from "@/components/checks/coverage-words"
import { say } from "@/components/words/catalogue"
import { foldFindings } from "@/domain/answers/fold-findings"
import { valueOf } from "@/domain/core/answer"
import { stateOn } from "@/domain/coverage/coverage"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { MODES } from "@/domain/vocabulary/sharings"
import type { PartyStory } from "@/usecases/answers/party-story"

const COLUMNS = ["saidAt", "day", "partyId", "party", "part", "id", "what", "state", "from", "until", "detail"] as const
type Fact = { part: string; id?: string; what: string; state?: string; from?: string; until?: string; detail?: string }

/** The story of a party as a table: a line for each fact, in the order of the page. */
export function storyCsv(story: PartyStory): string {
  const { said, day, party } = story
  const shared = [said, day, party.id as string, party.body.legalName]
  return (
    CSV_BEGINS +
    [
      COLUMNS as readonly string[],
      ...factsOf(story).map(({ part, id = "", what, state = "", from = "", until = "", detail = "" }) => [
        ...shared,
        ...[say(`story-of.part.${part}`), id, what, state, from, until, detail],
      ]),
    ]
      .map(csvLine)
      .join("")
  )
}

function factsOf(story: PartyStory): Fact[] {
  const { day, names } = story
  return [
    ...story.versions.map((one): Fact => ({
      ...{ part: "party", id: story.party.id, what: one.title, state: say(`standing.${one.standing}`), from: one.at },
      detail: `${say("story-of.version", { n: one.n })}, ${say(`story-of.decision.${one.decision}`)}`,
    })),
    ...story.flows.map(({ record, coverage }): Fact => {
      const { body } = record
      return {
        ...{ part: "flows", id: record.id, what: body.title, state: coverage ? stateOn(coverage, day) : "unchecked" },
        ...{ from: valueOf(body.startsOn) ?? "", until: valueOf(body.endsOn) ?? "" },
        detail: [label(MODES, body.mode), story.entities[body.entityId] ?? ""].filter(Boolean).join(", "),
      }
    }),
    ...story.flows.flatMap(({ record, coverage }) =>
      (coverage?.gaps ?? []).map((gap): Fact => ({
        part: "gaps",
        id: record.id,
        what: record.body.title,
        detail: stretchWords(gap),
      })),
    ),
    ...papersOf(story),
    ...story.assessments.map(({ id, body }): Fact => ({
      ...{ part: "assessments", id, what: body.title, state: valueOf(body.outcome) ?? "" },
      ...{ from: valueOf(body.doneOn) ?? "", until: valueOf(body.validUntil) ?? "" },
      detail: label(ASSESSMENT_KINDS, body.kind),
    })),
    ...story.evidence.map((one): Fact => ({
      part: "evidence",
      id: one.id,
      what: one.title,
      detail: say(`kind.${one.kind}`),
    })),
    ...story.chains.map(({ id, body }): Fact => ({
      ...{ part: "subs", id, what: names[body.partyId] ?? "", from: valueOf(body.firstOn) ?? "" },
      ...{ until: valueOf(body.lastOn) ?? "", detail: valueOf(body.task) ?? "" },
    })),
    ...story.under.map((one): Fact => ({ part: "subs", id: one.id, what: one.title })),
    ...story.announcements.map((one): Fact => ({
      ...{ part: "announcements", id: one.id, what: one.partyName, from: one.announcedOn, until: one.objectUntil },
      state: say(`story-of.answer.${one.answer ?? "open"}`),
    })),
    ...findingsOf(story),
    ...story.requests.map((one): Fact => ({
      ...{ part: "requests", id: one.id, what: `R-${one.no} ${one.title}`, state: one.state, from: one.createdAt },
      detail: one.byName,
    })),
    ...story.decisions.map((one): Fact => ({
      ...{ part: "requests", id: one.requestId, what: say(`stage.${one.stage}`), state: one.verdict, from: one.at },
      detail: one.personName,
    })),
    ...[...(story.mergedInto ? [story.mergedInto] : []), ...story.merged].map((one): Fact => ({
      ...{ part: "merges", id: one.id, what: one.title },
      state: say(one.id === story.mergedInto?.id ? "story-of.merged-into" : "story-of.merged"),
    })),
    ...story.letters.map((one): Fact => ({
      ...{ part: "letters", id: one.id, what: say(`letters.kind.${one.kind}`), from: one.sentOn },
      ...{ until: one.effectOn ?? "", detail: names[one.agreementId] ?? "" },
    })),
  ]
}

/** Each paper, its signatories, and its files with their hashes and what is known of the signatures in them. */
function papersOf({ papers, signed }: PartyStory): Fact[] {
  return papers.flatMap(({ id, standing, body }): Fact[] => [
    {
      ...{ part: "papers", id, what: body.title, state: say(`standing.${standing}`) },
      ...{ from: valueOf(body.effectOn) ?? "", until: valueOf(body.endsOn) ?? "" },
      detail: label(AGREEMENT_KINDS, body.kind),
    },
    ...body.signatories.map((one): Fact => ({
      ...{ part: "papers", id, what: one.name, from: valueOf(one.signedOn) ?? "" },
      ...{ state: say(`known-how.${one.knownHow}`), detail: one.capacity },
    })),
    ...body.files.map((file): Fact => {
      const result = signed[file.sha256]
      return {
        ...{ part: "papers", id: file.fileId, what: file.name, from: result?.at ?? "" },
        ...{ state: result ? signedWords(result) : say("story-of.signed-none"), detail: `SHA-256 ${file.sha256}` },
      }
    }),
  ])
}

function findingsOf({ findings, names }: PartyStory): Fact[] {
  const { standing, past } = foldFindings(findings)
  return [...standing, ...past].flatMap((one) =>
    one.spans.map((span): Fact => ({
      ...{
        part: "findings",
        id: one.recordId,
        what: names[one.recordId] ?? "",
        state: say(`severity.${one.severity}`),
      },
      ...{ from: span.fromAt, until: span.goneAt ?? "", detail: `${one.clause}: ${findingSaid(one)}` },
    })),
  )
}
