import type { Metadata } from "next"
import Link from "next/link"
import { FoundList } from "@/components/checks/found-list"
import { GRAVITY_TONE, STATE_TONE } from "@/components/promises/board-table"
import { Trend } from "@/components/promises/trend"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listFindings } from "@/usecases/checks/list-findings"
import { readClause, type ClausePage } from "@/usecases/promises/read-clause"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { foundViews, taker } from "@/app/found"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

type Params = { params: Promise<{ clause: string }>; searchParams: Words }

/** The clause that an address names; half an escape names none. */
function clauseIn(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return ""
  }
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: clauseIn((await params).clause) }
}

async function OneClause({ params, searchParams }: Params) {
  const id = clauseIn((await params).clause)
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const page = shown(await readClause(scene, { clause: id, asOf: clocks.asOf, on: clocks.on }))
  const found = shown(
    await listFindings(scene, {
      severity: null,
      filters: { clause: [id] },
      asOf: clocks.asOf,
      on: clocks.on,
      size: 25,
      facets: false,
    }),
  )
  const here = `/promises/${encodeURIComponent(id)}`
  return (
    <Frame scene={scene} current="/promises" past={pastOf(here, clocks)}>
      <p>
        <Link href={withClocks(`/promises?pack=${page.pack.pack}`, clocks)} prefetch={false}>
          {say("promises.back")}
        </Link>
      </p>
      <div className="row between">
        <h1>
          <span className="soft">{page.clause.id}</span> {page.clause.title}
        </h1>
        <StatusTag tone={STATE_TONE[page.state]}>{say(`promises.state.${page.state}`)}</StatusTag>
      </div>
      <p className="lede">
        {say("promises.clause-sum", {
          n: page.counts.n,
          u: page.counts.u,
          e: page.counts.e,
          day: dayWords(page.today),
        })}
      </p>
      <RefusedNotice words={words} />
      <Facts page={page} />
      <section className="card stack" aria-labelledby="lacking">
        <div className="row between">
          <h2 id="lacking">{say("promises.not")}</h2>
          {found.next ? (
            <Link
              href={withClocks(`/findings?f.clause=${encodeURIComponent(id)}&severity=${page.clause.severity}`, clocks)}
              prefetch={false}
            >
              {say("promises.to-findings")}
            </Link>
          ) : null}
        </div>
        {found.findings.length ? null : <p className="soft">{say("promises.none-found")}</p>}
        <FoundList
          findings={foundViews(found.findings, clocks)}
          names={found.names}
          today={found.today}
          me={taker(scene, clocks)}
        />
      </section>
      <Trend
        title={say("promises.trend")}
        lede={say("promises.trend-clause")}
        points={page.trend
          .filter(({ on }) => page.began !== null && on >= page.began.slice(0, 10))
          .map(({ on, counts }) => ({ on, n: counts.n }))}
      />
    </Frame>
  )
}

function Facts({ page }: { page: ClausePage }) {
  const { clause, pack } = page
  const from = clause.effectiveFrom ? dayWords(clause.effectiveFrom) : ""
  const facts: [string, string][] = [
    ["promises.duty", clause.duty],
    ["promises.looked", say(clause.check === null ? "promises.looked-none" : `looked.${clause.check}`)],
    ["promises.remedy", clause.remedy],
    ["promises.bites", say(`promises.bites.${clause.bitesOn}`)],
    ["promises.days", clause.effectiveTo ? `${from} – ${dayWords(clause.effectiveTo)}` : from],
    ["promises.source", clause.source],
    ["promises.certainty", clause.certainty],
    ["promises.pack", `${say(`pack.${pack.pack}`)} ${pack.version}`],
  ]
  return (
    <section className="card">
      <dl className="facts">
        <dt>{say("promises.gravity")}</dt>
        <dd>
          <StatusTag tone={GRAVITY_TONE[clause.severity] ?? "quiet"}>{say(`severity.${clause.severity}`)}</StatusTag>
        </dd>
        {facts
          .filter(([, words]) => words !== "")
          .map(([key, words]) => (
            <div key={key} className="fact">
              <dt>{say(key)}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

export default inFrame(OneClause)
