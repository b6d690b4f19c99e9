import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { cache } from "react"
import { AnswerLink } from "@/components/answers/answer-link"
import { CoverageStory } from "@/components/coverage/coverage-story"
import { Findings } from "@/components/checks/findings"
import { AskedBeside } from "@/app/asked/beside"
import { EndingCard, EndTag } from "@/components/endings/ending-card"
import { paperAddress } from "@/components/papers/address"
import { Origins } from "@/components/records/origins"
import { MergedNotice } from "@/components/merges/merged-notice"
import { Checklist, PaperFiles } from "@/components/records/paper-view"
import { PaperTag } from "@/components/records/paper-table"
import { PublicationCard } from "@/components/records/publication-card"
import { TransferSets } from "@/components/transfers/transfer-sets"
import { HeldFiles } from "@/components/files/file-way"
import { RecordView } from "@/components/records/record-view"
import { DaySwitch } from "@/components/shell/day-switch"
import { Notice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { dayIn } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import { approvalOf } from "@/domain/coverage/approval"
import { mayAct } from "@/domain/people/permissions"
import { filesNamed } from "@/domain/records/files-named"
import { isByHand } from "@/domain/records/by-hand"
import { titleOf } from "@/domain/records/project"
import type { RecordKind } from "@/domain/records/kinds"
import type { Scene } from "@/usecases/scene"
import { readRecord, type RecordPage } from "@/usecases/register/read-record"
import { WhatIfLinks } from "./what-if/links"
import { clocksOf, pastOf, withClocks, type Clocks } from "./clocks"
import { PaperConfirmed } from "@/app/papers-by-hand"
import { PaperCovers, PaperTerm, standsInstead } from "@/app/paper-life"
import { PaperSignatures } from "@/app/paper-signatures"
import { RecordQuestions } from "./record-questions"
import { PapersSent } from "./papers-sent"
import { RecordAsks } from "@/app/record-asks"
import { RedactedCopies } from "@/app/redacted-copies"
import { Frame, one, rolesOf, shown, signedIn, type Words, tellBeyond } from "./page-frame"
import { Learnt } from "./record-learnt"
import { Around, History, owingOf, type Reader } from "./record-around"
import { PartyAnnouncements } from "./party-announcements"
import { PartyPictures } from "./party-pictures"
import { PATH, STANDING, kindOfId, pathOf, standingKey } from "@/components/records/record-path"
import { opening } from "./record-words"

/** The record, read once for the page and its title: a supervisor's look is one look. */
const readOnce = cache(async (id: string, asOfText: string, onText: string) => {
  const clocks = clocksOf(asOfText, onText)
  const scene = await signedIn()
  return { scene, clocks, found: await readRecord(scene, { id, asOf: clocks.asOf, on: clocks.on }) }
})

/** What the browser calls a record's page: the record's own name, where this reader may know it. */
export async function recordTitle(props: { params: Promise<{ id: string }>; searchParams: Words }): Promise<Metadata> {
  const said = await props.searchParams
  const { found } = await readOnce((await props.params).id, one(said, "as-of"), one(said, "on"))
  return {
    title: found.ok ? titleOf(found.value.record.kind, found.value.record.body as never) : say("missing.title"),
  }
}

/** One record's whole story: what it is, what is missing, what stands around it, who changed it and why. */
export async function RecordStory({
  kinds,
  params,
  words,
}: {
  kinds: readonly RecordKind[]
  params: Promise<{ id: string }>
  words: Words
}) {
  const { id } = await params
  const said = await words
  const { scene, clocks, found } = await readOnce(id, one(said, "as-of"), one(said, "on"))
  if (!found.ok) tellBeyond(found)
  if (!found.ok && clocks.asOf) return NotYet({ scene, id, kinds, clocks })
  const page = shown(found)
  const { record } = page
  if (!kinds.includes(record.kind)) notFound()
  const past = pastOf(pathOf(record.kind, record.id), clocks)
  const reader = readerOf(page, clocks)
  const works = rolesOf(scene).some((role) => ["requester", "procurement", "legal", "dpo"].includes(role))
  return (
    <Frame scene={scene} current={PATH[record.kind]} past={past}>
      <Head page={page} clocks={clocks} title={reader.names.get(record.id) ?? ""} works={works && past === null} />
      <p className="lede">{opening(page, reader.names, past !== null)}</p>
      <AnswerLink
        href={withClocks(`/parties/${record.id}/story`, clocks)}
        says="story-of.link"
        may={record.kind === "party" && mayAct("answers.read", scene.actor).ok}
      />
      {past && record.kind === "party" ? <Compared scene={scene} page={page} clocks={clocks} /> : null}
      {record.kind === "party" && record.body.mergedInto ? (
        <MergedNotice
          id={record.id}
          name={reader.names.get(record.id) ?? ""}
          into={{ id: record.body.mergedInto, name: reader.names.get(record.body.mergedInto) ?? null }}
          works={works && past === null}
        />
      ) : null}
      {record.kind === "sharing" ? <PublicationCard body={record.body} /> : null}
      {record.kind === "party" || record.kind === "sharing" ? (
        <TransferSets flows={flowsOf(page)} hrefOf={reader.hrefOf} />
      ) : null}
      {record.kind === "sharing" ? (
        <EndingCard
          body={owingOf(page, record)}
          on={page.today}
          href={works && past === null ? `/sharings/${record.id}/ending` : null}
          held={page.held}
        />
      ) : null}
      <Coverage page={page} clocks={clocks} show={one(said, "show")} />
      {record.kind === "party" ? <Around page={page} reader={reader} /> : null}
      {record.kind === "party" ? (
        <PartyAnnouncements
          {...{ scene, clocks, id: record.id }}
          works={works && past === null && record.standing !== "ended"}
        />
      ) : null}
      {record.kind === "party" ? <PartyPictures scene={scene} id={record.id} clocks={clocks} /> : null}
      <Findings
        findings={page.findings}
        titles={page.clauses}
        title={say("request.findings")}
        none={record.kind === "sharing" || record.kind === "party" ? say("request.no-findings") : null}
        on={() => page.today}
        at={({ recordId }) => placeOf(page, reader, recordId)}
        mends={({ recordId }) => (works && past === null ? mendedOf(page, recordId) : null)}
      />
      {record.kind === "party" ? null : <Around page={page} reader={reader} />}
      {record.kind === "agreement" ? (
        <PaperTerm
          {...{ id: record.id, body: record.body, standing: record.standing, today: page.today, beside: page.related }}
          works={works && past === null}
        />
      ) : null}
      {record.kind === "agreement" && past === null ? <PaperCovers scene={scene} id={record.id} /> : null}
      {record.kind === "agreement" ? <PaperFiles id={record.id} files={record.body.files} held={page.held} /> : null}
      {record.kind === "agreement" ? (
        <PaperSignatures
          scene={scene}
          fileIds={record.body.files.map((file) => file.fileId)}
          asOf={clocks.asOf}
          toPage={(fileId, page) => paperAddress(record.id, { fileId, page })}
        />
      ) : null}
      {record.kind === "agreement" && past === null && isByHand(record.body) ? (
        <PaperConfirmed scene={scene} id={record.id} />
      ) : null}
      {record.kind === "agreement" ? (
        <Checklist id={record.id} lines={record.body.checklist} files={record.body.files} />
      ) : null}
      {record.kind === "agreement" && past === null ? (
        <PapersSent
          {...{ scene, recordId: record.id, body: record.body, requestId: null, editing: false }}
          makes={works && record.standing !== "ended"}
        />
      ) : null}
      {record.kind === "agreement" && past === null ? (
        <RedactedCopies scene={scene} id={record.id} body={record.body} held={page.held} />
      ) : null}
      {record.kind === "agreement" ? null : <HeldFiles files={filesNamed(record.body)} held={page.held} />}
      <section className="card stack" aria-label={say("record.what")}>
        <h2>{say("record.what")}</h2>
        <RecordView
          kind={record.kind}
          body={record.body}
          names={reader.names}
          hrefOf={reader.hrefOf}
          hide={hidden(record.kind, past !== null)}
        />
      </section>
      {past === null && (record.kind === "party" || record.kind === "sharing") ? (
        <AskedBeside
          scene={scene}
          about={{ kind: record.kind, recordId: record.id, title: reader.names.get(record.id) ?? "", requestId: null }}
        />
      ) : null}
      {past === null ? <RecordQuestions scene={scene} subjectId={record.id} /> : null}
      <Origins
        origins={page.origins}
        leads={rolesOf(scene).some((role) => ["procurement", "legal", "dpo"].includes(role))}
      />
      <Learnt page={page} names={reader.names} />
      <History page={page} names={reader.names} />
    </Frame>
  )
}

/** What has a card of its own. Where each clause stands is read in the paper itself, which is there as it is now. */
function hidden(kind: RecordKind, past: boolean): string[] {
  if (kind === "party") return ["mergedInto"]
  if (kind !== "agreement") return []
  return past ? ["files", "checklist"] : ["files", "checklist", "marks"]
}

/** The flows of the page: the record itself, and those around it. */
function flowsOf(page: RecordPage) {
  return [page.record, ...page.related.filter((one) => one.id !== page.record.id)].flatMap((one) =>
    one.kind === "sharing" ? [{ id: one.id as string, body: one.body }] : [],
  )
}

/** A sharing's coverage over time, with the band of its approval in the zone of its company. */
function Coverage({ page, clocks, show }: { page: RecordPage; clocks: Clocks; show: string }) {
  if (!page.coverage) return null
  const zone = page.entities[0]?.entity.zone ?? "UTC"
  const versions = page.versions.map((version) => ({ from: dayIn(zone, version.at), standing: version.standing }))
  const path = pathOf(page.record.kind, page.record.id)
  return (
    <CoverageStory
      title={titleOf(page.record.kind, page.record.body as never)}
      coverage={page.coverage}
      approval={approvalOf(versions, page.coverage.own)}
      day={page.today}
      past={clocks.asOf !== null || clocks.on !== null}
      show={show === "table" ? "table" : "picture"}
      hrefs={{
        picture: withClocks(path, clocks),
        table: withClocks(`${path}?show=table`, clocks),
      }}
    />
  )
}

/** What a page of a record may name and lead to, for the one who reads it. */
export function readerOf(page: RecordPage, clocks: Clocks): Reader {
  const { record } = page
  const files = "files" in record.body ? record.body.files : []
  const names = new Map<string, string>([
    ...page.entities.map((item) => [item.id, item.entity.legalName] as const),
    ...page.related.map((item) => [item.id, titleOf(item.kind, item.body as never)] as const),
    ...(files as readonly { fileId: string; name: string }[]).map((file) => [file.fileId, file.name] as const),
    [record.id, titleOf(record.kind, record.body as never)],
  ])
  const readable = new Set<string>(page.related.map((item) => item.id))
  return {
    names,
    past: clocks.asOf !== null || clocks.on !== null,
    hrefOf: (id) => {
      const kind = kindOfId(id)
      return kind && readable.has(id) ? withClocks(pathOf(kind, id), clocks) : null
    },
  }
}

function placeOf(page: RecordPage, reader: Reader, recordId: string): { title: string; href: string } | null {
  const href = recordId === page.record.id ? null : reader.hrefOf(recordId)
  const item = page.related.find((one) => one.id === recordId)
  if (!href || !item) return null
  const entity = "entityId" in item.body ? reader.names.get(item.body.entityId ?? "") : undefined
  const title = titleOf(item.kind, item.body as never)
  return { title: entity ? `${title} (${entity})` : title, href }
}

/** What a record is called that can still be changed by a request; null for one that has ended or is not shown. */
function mendedOf(page: RecordPage, recordId: string): string | null {
  const of = recordId === page.record.id ? page.record : page.related.find((one) => one.id === recordId)
  return of && of.standing !== "ended" ? titleOf(of.kind, of.body as never) : null
}

type HeadProps = { page: RecordPage; clocks: Clocks; title: string; works: boolean }

function Head({ page, clocks, title, works }: HeadProps) {
  const { record } = page
  const path = pathOf(record.kind, record.id)
  return (
    <div className="row between">
      <div>
        <p className="over">
          {say(`kind.${record.kind}`)} · {say("record.version", { n: record.version })} · {say("list.since")}{" "}
          <At instant={record.at} />
        </p>
        <h1>{title}</h1>
      </div>
      <div className="row">
        {record.kind === "agreement" ? (
          <PaperTag
            {...{ body: record.body, standing: record.standing, confirmed: record.confirmed, on: page.today }}
            replaced={standsInstead(record.id, page.related, page.today) !== null}
          />
        ) : null}
        {record.kind === "sharing" ? (
          <EndTag body={owingOf(page, record)} on={page.today} standing={record.standing} />
        ) : null}
        {(record.kind === "agreement" && record.standing === "approved") ||
        (record.kind === "sharing" && record.standing === "ended") ? null : (
          <StatusTag tone={STANDING[record.standing] ?? "quiet"}>{say(standingKey(record))}</StatusTag>
        )}
        {record.kind === "sharing" && record.standing === "approved" ? (
          <Link className="button compact" href={withClocks(`${path}/decision`, clocks)} prefetch={false}>
            {say("card.title")}
          </Link>
        ) : null}
        <DaySwitch path={path} keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={clocks.on ?? ""} />
        {record.standing === "ended" ? null : <WhatIfLinks record={record} />}
        {works && record.kind === "sharing" && record.standing !== "ended" ? (
          <Link className="button" href={`/sharings/${record.id}/ending`} prefetch={false}>
            {say(record.body.mode === "disclose" ? "ending.public.link" : "ending.link-end")}
          </Link>
        ) : null}
        {works && record.standing !== "ended" ? <RecordAsks record={record} today={page.today} /> : null}
        {works && record.kind === "party" && record.standing !== "ended" ? <PartyMenu id={record.id} /> : null}
        {works && record.standing !== "ended" ? <Propose record={record} /> : null}
      </div>
    </div>
  )
}

/** What is asked for about a party less often. */
function PartyMenu({ id }: { id: string }) {
  return (
    <details className="menu">
      <summary className="button">{say("record.more")}</summary>
      <div className="menu-body stack">
        <Link className="tall" href={`/requests/new?begin=running&party=${id}`} prefetch={false}>
          {say("intake.ask-running")}
        </Link>
        <Link className="tall" href={`/transfers/new?party=${id}`} prefetch={false}>
          {say("transfer.link")}
        </Link>
        <Link className="tall" href={`/parties/${id}/merge`} prefetch={false}>
          {say("merge.link")}
        </Link>
      </div>
    </details>
  )
}

function Propose({ record }: { record: RecordPage["record"] }) {
  return (
    <form method="post" action="/api/v1/requests/of-record">
      <input type="hidden" name="recordId" value={record.id} />
      <input
        type="hidden"
        name="title"
        value={say("record.change-title", { title: titleOf(record.kind, record.body as never) })}
      />
      <button className="primary" type="submit">
        {say("party.change")}
      </button>
    </form>
  )
}

/** A record that is on record now and was not at the instant: since when it is, and the way to the other clock. */
async function NotYet({
  scene,
  id,
  kinds,
  clocks,
}: {
  scene: Awaited<ReturnType<typeof signedIn>>
  id: string
  kinds: readonly RecordKind[]
  clocks: Clocks
}) {
  const { record, versions } = shown(await readRecord(scene, { id }))
  if (!kinds.includes(record.kind)) notFound()
  const first = versions[0] ?? record
  return (
    <Frame scene={scene} current={PATH[record.kind]} past={pastOf(pathOf(record.kind, id), clocks)}>
      <h1>{titleOf(record.kind, record.body as never)}</h1>
      <Notice tone="warn">
        <p>{say("clock.begins", { at: dayWords(first.at.slice(0, 10)) })}</p>
      </Notice>
    </Frame>
  )
}

/** How many sharings were on record for the day by one clock and by the other, where the page shows one of them. */
async function Compared({ scene, page, clocks }: { scene: Scene; page: RecordPage; clocks: Clocks }) {
  if (clocks.asOf && clocks.on) return null
  const day = clocks.on ?? page.today
  const id = page.record.id
  const other = clocks.on
    ? await readRecord(scene, { id, asOf: `${day}T23:59:59.999Z`, on: day })
    : await readRecord(scene, { id, on: day })
  const running = (of: RecordPage): number => of.flows.filter((flow) => covers(flow.coverage.own, day)).length
  const [here, there] = [running(page), other.ok ? running(other.value) : 0]
  return <p>{say("clock.compare", clocks.on ? { was: there, is: here } : { was: here, is: there })}</p>
}
