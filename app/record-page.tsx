import { notFound } from "next/navigation"
import Link from "next/link"
import { CoverageBand } from "@/components/checks/coverage-band"
import { FlowTable } from "@/components/records/flow-table"
import { Findings } from "@/components/checks/findings"
import { Difference } from "@/components/records/difference"
import { RecordView } from "@/components/records/record-view"
import { AsOfSwitch } from "@/components/shell/as-of-switch"
import { RequestState } from "@/components/requests/request-table"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { titleOf } from "@/domain/records/project"
import type { RecordKind } from "@/domain/records/kinds"
import { parseAsOf } from "@/usecases/register/as-of"
import { readRecord, type RecordPage } from "@/usecases/register/read-record"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "./page-frame"

const STANDING: Record<string, Tone> = { approved: "good", discovered: "found", ended: "quiet" }
const PATH: Record<RecordKind, string> = {
  party: "/parties",
  sharing: "/sharings",
  agreement: "/agreements",
  assessment: "/evidence",
  consent: "/evidence",
  notice: "/evidence",
  demand: "/evidence",
  chain: "/evidence",
}

/** The address of a record's page. */
export function pathOf(kind: RecordKind, id: string, asOf = ""): string {
  return `${PATH[kind]}/${id}${asOf ? `?as-of=${encodeURIComponent(asOf)}` : ""}`
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
  const asOfText = one(await words, "as-of")
  const scene = await signedIn()
  const asOf = parseAsOf(asOfText)
  const page = shown(await readRecord(scene, { id, asOf }))
  const { record } = page
  if (!kinds.includes(record.kind)) notFound()
  const names = new Map<string, string>([
    ...page.entities.map((item) => [item.id, item.entity.legalName] as const),
    ...page.related.map((item) => [item.id, titleOf(item.kind, item.body as never)] as const),
    [record.id, titleOf(record.kind, record.body as never)],
  ])
  const works = rolesOf(scene).some((role) => ["requester", "procurement", "legal", "dpo"].includes(role))
  return (
    <Frame
      scene={scene}
      current={PATH[record.kind]}
      asOf={asOf ? `${dayWords(asOf.slice(0, 10))} ${asOf.slice(11, 19)} UTC` : null}
    >
      <div className="row between">
        <h1>{names.get(record.id)}</h1>
        <div className="row">
          <StatusTag tone={STANDING[record.standing] ?? "quiet"}>{say(`standing.${record.standing}`)}</StatusTag>
          <AsOfSwitch path={pathOf(record.kind, record.id)} keep={[]} day={asOf ? asOf.slice(0, 10) : ""} />
          {works && !asOf && record.standing !== "ended" ? <Propose record={record} /> : null}
        </div>
      </div>
      <p className="soft">
        {say(`kind.${record.kind}`)} · {say("record.version", { n: record.version })} · {say("list.since")}{" "}
        <At instant={record.at} />
      </p>
      {page.coverage ? <CoverageBand coverage={page.coverage} today={page.today} /> : null}
      {page.flows.length ? <Flows page={page} asOf={asOfText} /> : null}
      <Findings
        findings={page.findings}
        title={say("request.findings")}
        none={record.kind === "sharing" ? say("request.no-findings") : null}
        on={() => page.today}
      />
      <section className="card stack" aria-label={say("record.what")}>
        <h2>{say("record.what")}</h2>
        <RecordView kind={record.kind} body={record.body} names={names} />
      </section>
      <Around page={page} asOf={asOfText} />
      <History page={page} names={names} />
    </Frame>
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
      <button type="submit">{say("party.change")}</button>
    </form>
  )
}

/** What a party gets: each flow with its data, ground, countries and how it stands today. */
function Flows({ page, asOf }: { page: RecordPage; asOf: string }) {
  const flows = page.flows.flatMap(({ id, coverage }) => {
    const item = page.related.find((one) => one.id === id)
    return item?.kind === "sharing"
      ? [{ id, body: item.body, standing: item.standing, coverage, path: pathOf("sharing", id, asOf) }]
      : []
  })
  return <FlowTable flows={flows} today={page.today} />
}

const GROUPS: readonly { kind: RecordKind; says: string }[] = [
  { kind: "party", says: "around.party" },
  { kind: "sharing", says: "around.sharing" },
  { kind: "agreement", says: "around.agreement" },
  { kind: "assessment", says: "around.assessment" },
  { kind: "consent", says: "around.consent" },
  { kind: "notice", says: "around.notice" },
  { kind: "demand", says: "around.demand" },
  { kind: "chain", says: "around.chain" },
]

function Around({ page, asOf }: { page: RecordPage; asOf: string }) {
  const empty = page.record.kind === "party" && !page.related.some((item) => item.kind === "sharing")
  return (
    <>
      {empty ? (
        <section className="card">
          <h2>{say("around.sharing")}</h2>
          <p className="soft">{say("party.none-sharings")}</p>
        </section>
      ) : null}
      {GROUPS.map((group) => {
        if (group.kind === "sharing" && page.record.kind === "party") return null
        const items = page.related.filter((item) => item.kind === group.kind && item.id !== page.record.id)
        if (items.length === 0) return null
        return (
          <section className="card stack" key={group.kind} aria-label={say(group.says)}>
            <h2>{say(group.says)}</h2>
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <Link href={pathOf(item.kind, item.id, asOf)} prefetch={false}>
                    {titleOf(item.kind, item.body as never)}
                  </Link>{" "}
                  <StatusTag tone={STANDING[item.standing] ?? "quiet"}>{say(`standing.${item.standing}`)}</StatusTag>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {page.requests.length ? (
        <section className="card stack" aria-label={say("party.requests")}>
          <h2>{say("party.requests")}</h2>
          <ul>
            {page.requests.map((item) => (
              <li key={item.id}>
                <Link href={`/requests/${item.id}`} prefetch={false}>
                  R-{item.no} {item.title}
                </Link>{" "}
                <RequestState state={item.state} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function History({ page, names }: { page: RecordPage; names: ReadonlyMap<string, string> }) {
  const versions = [...page.versions].reverse()
  return (
    <section className="card stack" aria-label={say("party.history")}>
      <h2>{say("party.history")}</h2>
      <ol className="timeline">
        {versions.map((version, i) => {
          const before = versions[i + 1]
          const request = page.requests.find((item) => item.id === version.requestId)
          return (
            <li key={version.version}>
              <strong>{say("record.version", { n: version.version })}</strong> {say(`standing.${version.standing}`)}{" "}
              <span className="soft small">
                <At instant={version.at} />
              </span>{" "}
              {request ? (
                <Link href={`/requests/${request.id}`} prefetch={false}>
                  R-{request.no}
                </Link>
              ) : null}
              {before ? (
                <Difference kind={version.kind} before={before.body} after={version.body} names={names} />
              ) : null}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
