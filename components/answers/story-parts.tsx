import Link from "next/link"
import type { ReactNode } from "react"
import { changeWords } from "@/components/announcements/change-words"
import { stretchWords } from "@/components/checks/coverage-words"
import { PaperTag, paperDays } from "@/components/records/paper-table"
import { RequestState } from "@/components/requests/request-table"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import type { AnnouncementRow } from "@/domain/announcements/line"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { PaperSeen } from "@/domain/records/by-hand"
import type { Chain } from "@/domain/records/evidence"
import { foldFindings, type FoldedFinding, type FoundSpan } from "@/domain/answers/fold-findings"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { label } from "./answer-words"
import { findingSaid } from "./history-parts"

type HrefOf = (path: string) => string
type Names = Readonly<Record<string, string>>

/** One part of a story: its heading, which the contents lead to, and a word where there is nothing, or more. */
export function Part({ id, empty, cut, children }: { id: string; empty: boolean; cut?: boolean; children: ReactNode }) {
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{say(`story-of.part.${id}`)}</h2>
      {empty ? <p className="soft">{say("story-of.none")}</p> : children}
      {cut ? <p className="soft small">{say("story-of.cut")}</p> : null}
    </section>
  )
}

type PaperView = {
  id: string
  standing: string
  body: Agreement
  confirmed?: readonly PaperSeen[]
  signatures?: readonly { fileId: string; word: unknown }[]
}

/** A paper with its days, who signed it and how that is known, and its files by their hashes. */
export function PaperOfStory(props: { paper: PaperView; day: Day; signed: Signed; hrefOf: HrefOf }) {
  const { paper, day, signed, hrefOf } = props
  const { body } = paper
  return (
    <article className="stack story-item">
      <h3>
        <Link href={hrefOf(`/agreements/${paper.id}`)} prefetch={false}>
          {body.title}
        </Link>{" "}
        <PaperTag body={body} standing={paper.standing} confirmed={paper.confirmed} on={day} />
      </h3>
      <p className="soft small">
        {label(AGREEMENT_KINDS, body.kind)}, {paperDays(body)}. {say("papers.covers")}: {body.covers.length}.
      </p>
      {body.signatories.length ? (
        <ul>
          {body.signatories.map((one, i) => (
            <li key={`${one.name}-${i}`}>
              {say("story-of.signed", {
                ...{ name: one.name, capacity: one.capacity, side: say(`story-of.side.${one.side}`) },
              })}
              , {say(`story-of.signed.${one.how}`)}{" "}
              {one.signedOn.state === "known" ? dayWords(one.signedOn.value) : say("story-of.unsigned")} (
              {say(`known-how.${one.knownHow}`)})
            </li>
          ))}
        </ul>
      ) : null}
      {body.files.map((file) => (
        <p className="small" key={file.fileId}>
          {say("story-of.file", { name: file.name })} <code className="long">{file.sha256}</code>
          <br />
          <FileSigned result={signed[file.sha256] ?? null} />
        </p>
      ))}
    </article>
  )
}

type Signed = Readonly<Record<string, SignedView>>
type SignedView = { overall: string | null; says: string | null; at: string; trust: string | null }

/** What a look at a file's signatures found: what it says, when, and against whose list. */
export function signedWords({ overall, says }: Pick<SignedView, "overall" | "says">): string {
  return overall ? say(`signatures.overall.${overall}`) : say(says ?? "story-of.signed-none")
}

function FileSigned({ result }: { result: SignedView | null }) {
  if (result === null) return say("story-of.signed-none")
  return (
    <>
      {signedWords(result)} {say("story-of.signed-at")} <At instant={result.at} />
      {result.trust ? `, ${say("story-of.signed-list", { name: result.trust })}` : ""}
    </>
  )
}

/** What was looked at: kind, outcome, and the days on which it holds. */
export function AssessmentsOfStory({
  list,
  hrefOf,
}: {
  list: readonly { id: string; body: Assessment }[]
  hrefOf: HrefOf
}) {
  return (
    <ul>
      {list.map(({ id, body }) => {
        const outcome = valueOf(body.outcome)
        const [done, until] = [valueOf(body.doneOn), valueOf(body.validUntil)]
        const words = [
          label(ASSESSMENT_KINDS, body.kind),
          outcome ? say("story-of.outcome", { outcome: outcome.replace(/-/g, " ") }) : "",
          done ? say("story-of.done", { day: dayWords(done) }) : "",
          until ? say("story-of.valid", { day: dayWords(until) }) : "",
        ]
        return (
          <li key={id}>
            <Link href={hrefOf(`/evidence/${id}`)} prefetch={false}>
              {body.title}
            </Link>
            : {words.filter(Boolean).join(", ")}
          </li>
        )
      })}
    </ul>
  )
}

/** The chains of sub-processors of these flows. */
export function ChainsOfStory(props: { list: readonly { id: string; body: Chain }[]; names: Names; hrefOf: HrefOf }) {
  const { list, names, hrefOf } = props
  const named = (id: string): string => names[id] ?? say("recipients.nobody")
  return (
    <ul>
      {list.map(({ id, body }) => {
        const days = stretchOf({ firstOn: valueOf(body.firstOn), lastOn: valueOf(body.lastOn) })
        const where = (valueOf(body.countries) ?? []).map(countryName).join(", ")
        return (
          <li key={id}>
            <Link href={hrefOf(`/evidence/${id}`)} prefetch={false}>
              {say("story-of.rank", { name: named(body.partyId), n: body.rank, by: named(body.engagedBy) })}
            </Link>
            , {[valueOf(body.task), where, stretchWords(days)].filter(Boolean).join(", ")}
          </li>
        )
      })}
    </ul>
  )
}

/** What the party announced of its sub-processors, and what was answered. */
export function AnnouncementsOfStory({ list }: { list: readonly AnnouncementRow[] }) {
  return (
    <ul>
      {list.map((line) => (
        <li key={line.id}>
          {changeWords(line)}.{" "}
          {say("story-of.announced", { day: dayWords(line.announcedOn), until: dayWords(line.objectUntil) })}:{" "}
          {say(`story-of.answer.${line.answer ?? "open"}`)}
          {line.reason ? `. ${line.reason}` : ""}
        </li>
      ))}
    </ul>
  )
}

/** What the checks say as of then, and what they said before: each thing once, with the times at which it stood. */
export function FindingsOfStory(props: { list: readonly FoundSpan[]; names: Names; said: string }) {
  const { standing, past } = foldFindings(props.list)
  return (
    <>
      <h3>
        {say("story-of.found-now")} <At instant={props.said} />
      </h3>
      {standing.length ? (
        <Found list={standing} names={props.names} />
      ) : (
        <p className="soft">{say("story-of.found-none")}</p>
      )}
      {past.length ? (
        <>
          <h3>{say("story-of.found-before")}</h3>
          <Found list={past} names={props.names} />
        </>
      ) : null}
    </>
  )
}

/** By record: its name once, and below it what is lacking. */
function Found({ list, names }: { list: readonly FoldedFinding[]; names: Names }) {
  const records = [...new Set(list.map((one) => one.recordId))]
  return (
    <ul>
      {records.map((id) => (
        <li key={id}>
          {names[id] ?? id}
          <ul>
            {list
              .filter((one) => one.recordId === id)
              .map((one) => (
                <li key={one.clause + one.says + one.params}>
                  {say(`severity.${one.severity}`)}, {one.clause}: {findingSaid(one)}{" "}
                  <span className="soft small">
                    {one.n > 1 ? `${say("story-of.found-places", { n: one.n })}, ` : ""}
                    {one.spans.map((span, i) => (
                      <span key={span.fromAt}>
                        {i > 0 ? "; " : ""}
                        {say("story-of.found-since")} <At instant={span.fromAt} />
                        {span.goneAt ? (
                          <>
                            {" "}
                            {say("story-of.found-until")} <At instant={span.goneAt} />
                          </>
                        ) : null}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

type RequestView = { id: string; no: number; title: string; state: string; byName: string; createdAt: string }
type DecisionView = {
  requestId: string
  stage: string
  verdict: string
  personName: string
  forName: string | null
  at: string
}

/** Each request about the party with every word said on it. */
export function RequestsOfStory(props: {
  list: readonly RequestView[]
  decisions: readonly DecisionView[]
  hrefOf: HrefOf
}) {
  return (
    <ul>
      {props.list.map((request) => (
        <li key={request.id}>
          <Link href={props.hrefOf(`/requests/${request.id}/history`)} prefetch={false}>
            R-{request.no} {request.title}
          </Link>{" "}
          <RequestState state={request.state} />{" "}
          <span className="soft small">
            {request.byName}, <At instant={request.createdAt} />
          </span>
          <ul>
            {props.decisions
              .filter((one) => one.requestId === request.id)
              .map((one) => (
                <li key={one.stage + one.at}>
                  {say(`stage.${one.stage}`)}: {say(`decided.${one.verdict}`)}, {one.personName}
                  {one.forName ? ` (${say("history.behalf", { name: one.forName })})` : ""}, <At instant={one.at} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
