import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { Fragment } from "react"
import { RecordView } from "@/components/records/record-view"
import { sharingSentence } from "@/components/records/sharing-sentence"
import { CardFoot, Decided } from "@/components/requests/decision-card"
import { Notice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At, dayWords } from "@/components/ui/when"
import { STANDING, standingKey } from "@/components/records/record-path"
import { say } from "@/components/words/catalogue"
import { valueOf, valueOr } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import { FIELDS } from "@/domain/records/fields"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { termOf } from "@/domain/vocabulary/term"
import { readDecisions } from "@/usecases/requests/decision-card"
import { readRequestTitles } from "@/usecases/requests/request-titles"
import { readRecord } from "@/usecases/register/read-record"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { readerOf } from "@/app/record-page"

export const metadata: Metadata = { title: say("card.title") }

/** What the card says of a sharing beside its data lines: purpose, ground and basis, destinations with their safeguards. */
const SAID: readonly string[] = [
  ...["purposes", "purposeText", "ownPurpose", "subjects", "dataForm", "grounds", "bases", "destinations", "measures"],
  ...["retention", "onward", "frequency", "channel", "startsOn", "endsOn", "role", "noticeId", "consentIds"],
]
const HIDDEN = FIELDS.sharing.fields.map((field) => field.name).filter((name) => !SAID.includes(name))

async function SharingCard({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const scene = await signedIn()
  const clocks = clocksOf(one(await searchParams, "as-of"), "")
  const page = shown(await readRecord(scene, { id, asOf: clocks.asOf, on: null }))
  const { record } = page
  if (record.kind !== "sharing") notFound()
  const requestIds = [...new Set(page.versions.flatMap((version) => version.requestId ?? []))].reverse().slice(0, 20)
  const decidedBy = record.requestId ? [record.requestId] : []
  const found = decidedBy.length ? await readDecisions(scene, { requestIds: decidedBy, asOf: clocks.asOf }) : null
  // Of those before it the page says how they are called, and leads there.
  const others = requestIds.filter((other) => other !== record.requestId)
  const before = others.length ? await readRequestTitles(scene, { requestIds: others, asOf: clocks.asOf }) : null
  const reader = readerOf(page, clocks)
  const path = `/sharings/${id}/decision`
  const now = found?.ok ? found.value.requests[0] : undefined
  return (
    <Frame scene={scene} current="/sharings" past={pastOf(path, clocks)}>
      <div className="stack card-sheet">
        <div className="row between">
          <div>
            <p className="over">
              {say("card.title")} · {say("record.version", { n: record.version })} · {say("card.in-force")}{" "}
              <At instant={record.at} /> UTC
            </p>
            <h1>
              <Link href={withClocks(`/sharings/${id}`, clocks)} prefetch={false}>
                {record.body.title}
              </Link>
            </h1>
          </div>
          <StatusTag tone={STANDING[record.standing] ?? "quiet"}>{say(standingKey(record))}</StatusTag>
        </div>
        {record.standing === "discovered" ? (
          <Notice tone="warn">
            <p>{say("card.not-approved")}</p>
          </Notice>
        ) : null}
        <p className="lede">{sharingSentence(record.body, reader.names)}</p>
        <Necessary sharing={record.body} />
        <section className="card stack" aria-labelledby="what">
          <h2 id="what">{say("card.what")}</h2>
          <RecordView kind="sharing" body={record.body} names={reader.names} hrefOf={reader.hrefOf} hide={HIDDEN} />
        </section>
        <Papers
          papers={page.related.flatMap((item) => (item.kind === "agreement" ? [{ id: item.id, body: item.body }] : []))}
        />
        {now ? <Decided request={now} /> : <p className="card">{say("card.unseen")}</p>}
        {(before?.ok ? before.value : []).map((request) => (
          <p key={request.id}>
            {say("card.before")}{" "}
            <Link className="tall" href={withClocks(`/requests/${request.id}/decision`, clocks)} prefetch={false}>
              R-{request.no} {request.title}
            </Link>
          </p>
        ))}
        <CardFoot origin={found?.ok ? found.value.origin : ""} path={path} asOf={clocks.asOf ?? scene.now} />
      </div>
    </Frame>
  )
}

/** Why each kind of data is necessary, and why not less: what was answered, or that nothing is recorded. */
function Necessary({ sharing }: { sharing: Sharing }) {
  const lines = valueOr(sharing.dataLines, [])
  return (
    <section className="card stack" aria-labelledby="necessary">
      <h2 id="necessary">{say("card.necessary")}</h2>
      {lines.length === 0 ? <p>{say("card.not-recorded")}</p> : null}
      <dl>
        {lines.map((line, i) => (
          <Fragment key={`${line.kind}${i}`}>
            <dt>{termOf(DATA_KINDS, line.kind)?.label ?? line.kind}</dt>
            <dd>{valueOf(line.necessity) ?? openWords(line.necessity)}</dd>
          </Fragment>
        ))}
        <dt>{say("card.why-not-less")}</dt>
        <dd>{valueOf(sharing.whyNotLess) ?? openWords(sharing.whyNotLess)}</dd>
      </dl>
    </section>
  )
}

/** What stands where nothing is known: *not known yet* and *does not apply* are answers of their own. */
const openWords = (answer: { state: string }): string =>
  answer.state === "unknown" || answer.state === "not-applicable"
    ? `${say(`card.${answer.state}`)}`
    : say("card.not-recorded")

function Papers({ papers }: { papers: readonly { id: string; body: Agreement }[] }) {
  return (
    <section className="card stack" aria-labelledby="papers">
      <h2 id="papers">{say("card.papers")}</h2>
      {papers.length === 0 ? <p>{say("card.no-papers")}</p> : null}
      <ul>
        {papers.map(({ id, body }) => {
          const [from, to] = [valueOf(body.effectOn), valueOf(body.endsOn)]
          return (
            <li key={id}>
              <Link className="tall" href={`/agreements/${id}`} prefetch={false}>
                {body.title}
              </Link>
              {from ? `, ${say("card.from", { day: dayWords(from) })}` : ""}
              {to ? `, ${say("card.to", { day: dayWords(to) })}` : ""}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export default inFrame(SharingCard)
