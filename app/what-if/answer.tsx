import Link from "next/link"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { Groups, ResultTable, Summed, firstPart, type ShownChange } from "@/components/whatif/result"
import { DraftForm, SaveForm, WorkOutForm, type Supposed } from "@/components/whatif/result-forms"
import { counted, scenarioTitle, scenarioWords } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import { CHANGES } from "@/domain/whatif/compare"
import type { Affected, Summary } from "@/domain/whatif/result"
import { addressOf, subjectOf, type Scenario } from "@/domain/whatif/scenario"
import type { Scene } from "@/usecases/scene"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { one, rolesOf, shown } from "@/app/page-frame"

export type Said = Record<string, string | string[] | undefined>
export type Answered = {
  scenario: Scenario
  subject: string
  names: Record<string, string>
  total: number
  summary: Summary | null
  lines: Affected[]
  next: number | null
}

/** The part and the place in it that an address asks for. */
export function placeIn(words: Said): { change: ShownChange | null; after: number } {
  const change = CHANGES.find((known): known is ShownChange => known === one(words, "change") && known !== "unchanged")
  const after = Number(one(words, "after"))
  return { change: change ?? null, after: change && Number.isSafeInteger(after) && after > 0 ? after : 0 }
}

/** A scenario answered at once; without a part in the address the first that holds anything is shown. */
export async function answerAtOnce(scene: Scene, scenario: unknown, words: Said): Promise<Answered> {
  const { change, after } = placeIn(words)
  const page = shown(await readWhatIf(scene, { scenario, change, after }))
  if (change || !page.summary) return page
  // All parts come in their order, so the first page holds the first part; what follows of it has its own page.
  const first = firstPart(page.summary)
  const lines = page.lines.filter((line) => line.change === first)
  const { sharings } = page.summary.parts[first].tally
  return { ...page, lines, next: lines.length < sharings ? lines.length : null }
}

/** What would come of a scenario: a sentence first, then the sharings, and what can be done about it. */
export function Answer(props: {
  scene: Scene
  page: Answered
  words: Said
  /** Its address, and that of its result as a file. */
  path: string
  file: string
  supposed: Supposed
  kept?: string
}) {
  const { scene, page, words, supposed } = props
  const { scenario, subject, summary } = page
  const title = scenarioTitle(scenario, subject)
  const works = rolesOf(scene).some((role) => ["requester", "procurement", "legal", "dpo"].includes(role))
  const change = placeIn(words).change ?? (summary ? firstPart(summary) : "uncovered")
  return (
    <>
      <div className="row between">
        <div>
          <p className="over">{props.kept ?? say("whatif.title")}</p>
          <h1>{scenarioWords(scenario, subject)}</h1>
        </div>
        <Link className="button" href={otherAddress(scenario)} prefetch={false}>
          {say("whatif.change")}
        </Link>
      </div>
      <RefusedNotice words={words} />
      {summary ? <Summed summary={summary} /> : <Large total={page.total} supposed={supposed} />}
      <p className="soft small">{say(`whatif.assume.${scenario.kind}`)}</p>
      {summary ? (
        <>
          <ResultTable
            {...{ summary, change, lines: page.lines, names: page.names, next: page.next }}
            at={(more) => withWords(props.path, more)}
          />
          <p className="row">
            <a className="button" href={withWords(props.file, { format: "csv" })}>
              {say("whatif.csv")}
            </a>
            <a className="button" href={withWords(props.file, { format: "json" })}>
              {say("whatif.json")}
            </a>
          </p>
          <Groups part={summary.parts[change]} names={page.names} />
          <div className="beside">
            {works && summary.parts.uncovered.tally.sharings ? <DraftForm supposed={supposed} title={title} /> : null}
            {props.kept ? null : <SaveForm supposed={supposed} title={title} />}
          </div>
        </>
      ) : null}
    </>
  )
}

function Large({ total, supposed }: { total: number; supposed: Supposed }) {
  return (
    <Notice>
      <p>{say("whatif.large", { n: counted(total) })}</p>
      <WorkOutForm supposed={supposed} />
    </Notice>
  )
}

/** An address with further words behind those it has. */
export function withWords(path: string, more: Record<string, string>): string {
  const url = new URL(path, "http://here")
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value)
  return `${url.pathname}${url.search}`
}

/** The form with what was supposed filled in. */
function otherAddress(scenario: Scenario): string {
  const subject = subjectOf(scenario)
  const words = new URLSearchParams(addressOf(scenario)?.split("?")[1] ?? "")
  words.set("kind", scenario.kind)
  if (subject) words.set("subject", subject)
  return `/what-if?${words}`
}
