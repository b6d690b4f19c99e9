import type { Metadata } from "next"
import Link from "next/link"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { GROUPS } from "@/domain/reconcile/reconcile"
import { readList, type ReconciliationPage } from "@/usecases/reconcile/reconciliations"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("reconcile.title") }

const TONE: Record<string, Tone> = { matched: "good", negative: "good", undecided: "warn", unmatched: "bad" }

async function OneList({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const group = GROUPS.find((known) => known === one(words, "group")) ?? null
  const after = Number(one(words, "after"))
  const page = shown(await readList(scene, { id, group, after: Number.isSafeInteger(after) && after > 0 ? after : 0 }))
  const { list } = page
  const busy = list.state === "waiting" || list.state === "reading"
  const problem = list.problem ? (JSON.parse(list.problem) as { says: string; params: Record<string, string> }) : null
  return (
    <Frame scene={scene} current="/suppliers">
      {busy ? <meta httpEquiv="refresh" content="2" /> : null}
      <p>
        <Link href="/suppliers" prefetch={false}>
          {say("suppliers.title")}
        </Link>
      </p>
      <h1>{list.name}</h1>
      <RefusedNotice words={words} />
      {problem ? (
        <Notice tone="bad">
          <p>{say(problem.says, problem.params)}</p>
        </Notice>
      ) : null}
      {busy ? (
        <section className="card stack" role="status">
          <p>{say("reconcile.reading")}</p>
          <progress aria-label={say("reconcile.state.reading")} />
          <p className="soft small">{say("reconcile.leave")}</p>
        </section>
      ) : null}
      {list.state === "done" ? <Sums page={page} /> : null}
      {list.state === "done" ? <Lines page={page} group={group} /> : null}
    </Frame>
  )
}

function Sums({ page }: { page: ReconciliationPage }) {
  const { list, sums } = page
  const n = GROUPS.reduce((all, group) => all + sums[group], 0)
  const open = sums.undecided + sums.unmatched
  return (
    <>
      <p className="lede">{say(open === 0 ? "reconcile.zero" : "reconcile.some", { n, open, ...sums })}</p>
      {page.begun ? <p>{say("reconcile.begun", { n: page.begun })}</p> : null}
      {page.similar ? (
        <Notice tone="warn">
          <p>{say("reconcile.similar", { n: page.similar })}</p>
        </Notice>
      ) : null}
      {list.counts.empty ? <p className="soft">{say("reconcile.left-out", { n: list.counts.empty })}</p> : null}
      {list.counts.more ? (
        <Notice tone="warn">
          <p>{say("reconcile.cut")}</p>
        </Notice>
      ) : null}
      <div className="row">
        <form method="post" action={`/api/v1/reconciliations/${list.id}/again`}>
          <button type="submit">{say("reconcile.again")}</button>
        </form>
        <a className="button" href={`/api/v1/reconciliations/${list.id}/lines.csv`} download>
          {say("reconcile.csv")}
        </a>
        {list.lookedAt ? (
          <span className="soft small">
            {say("reconcile.looked")} <At instant={list.lookedAt} />
          </span>
        ) : null}
      </div>
    </>
  )
}

function Lines({ page, group }: { page: ReconciliationPage; group: string | null }) {
  const { list, sums } = page
  const path = `/suppliers/lists/${list.id}`
  const left = sums.unmatched - page.begun
  const all = GROUPS.reduce((sum, known) => sum + sums[known], 0)
  return (
    <section className="card stack">
      <nav className="tabs" aria-label={say("reconcile.landed")}>
        {[null, ...GROUPS].map((known) => (
          <Link
            key={known ?? "all"}
            href={known ? `${path}?group=${known}` : path}
            aria-current={known === group ? "page" : undefined}
            prefetch={false}
          >
            {say(`reconcile.group.${known ?? "all"}`)} {known ? sums[known] : all}
          </Link>
        ))}
      </nav>
      {left > 0 ? <Begin page={page} /> : null}
      {page.lines.length === 0 ? (
        <p className="soft">{say("reconcile.nothing")}</p>
      ) : (
        <div className="scroll" role="region" aria-label={say("reconcile.caption")} tabIndex={0}>
          <table className="list">
            <caption>{say("reconcile.caption")}</caption>
            <thead>
              <tr>
                {["supplier", "landed", "party"].map((column) => (
                  <th key={column} scope="col">
                    {say(`reconcile.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.lines.map((line) => (
                <Line key={line.line} id={list.id} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {page.next ? (
        <p>
          <Link
            className="button"
            href={`${path}?${new URLSearchParams({ ...(group ? { group } : {}), after: String(page.next) })}`}
            prefetch={false}
          >
            {say("list.more")}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

/** The boxes stand in the table; by their `form` they belong here, and it works without script. */
function Begin({ page }: { page: ReconciliationPage }) {
  const { list } = page
  return (
    <form id="begin" className="stack" method="post" action={`/api/v1/reconciliations/${list.id}/request`}>
      <h2>{say("reconcile.propose")}</h2>
      <p className="soft">{say("reconcile.propose-help")}</p>
      <input type="hidden" name="title" value={say("reconcile.request-title", { name: list.name }).slice(0, 300)} />
      <div className="row">
        <button className="primary" type="submit" name="which" value="all">
          {say("reconcile.all")}
        </button>
        <button type="submit" name="which" value="chosen">
          {say("reconcile.chosen")}
        </button>
      </div>
    </form>
  )
}

type LineOf = ReconciliationPage["lines"][number]

function Line({ id, line }: { id: string; line: LineOf }) {
  const begun = line.requestId !== null && !line.requestOver
  const box = line.landed === "unmatched" && !begun
  const more = [
    say("reconcile.line", { n: line.line }),
    line.country ? countryName(line.country) : null,
    ...line.numbers,
    ...line.hosts,
  ].filter(Boolean)
  return (
    <tr>
      <th scope="row">
        {box ? (
          <label className="choice">
            <input
              type="checkbox"
              form="begin"
              name="line"
              value={line.line}
              aria-label={say("reconcile.choose", { name: line.name })}
            />
            {line.name}
          </label>
        ) : (
          line.name
        )}
        <div className="soft small over">{more.join(", ")}</div>
      </th>
      <td>
        <StatusTag tone={TONE[line.landed] ?? "quiet"}>{say(`reconcile.group.${line.landed}`)}</StatusTag>
        {begun && line.landed === "unmatched" ? (
          <div className="small">
            <Link href={`/requests/${line.requestId}`} prefetch={false}>
              {say("reconcile.in-request", { no: line.requestNo ?? 0 })}
            </Link>
          </div>
        ) : null}
      </td>
      <td>
        {line.partyId ? (
          <>
            <Link href={`/parties/${line.partyId}`} prefetch={false}>
              {line.partyName}
            </Link>
            <div className="soft small">{say(`reconcile.how.${line.how}`, { by: line.foundBy ?? "" })}</div>
          </>
        ) : null}
        {line.how === "similar" ? (
          <form method="post" action={`/api/v1/reconciliations/${id}/not-same`}>
            <input type="hidden" name="line" value={line.line} />
            <button
              className="compact"
              type="submit"
              aria-label={say("reconcile.not-same-for", { name: line.name, party: line.partyName ?? "" })}
            >
              {say("reconcile.not-same")}
            </button>
          </form>
        ) : null}
      </td>
    </tr>
  )
}

export default inFrame(OneList)
