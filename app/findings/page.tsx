import type { Metadata } from "next"
import Link from "next/link"
import { FoundList } from "@/components/checks/found-list"
import { DaySwitch } from "@/components/shell/day-switch"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { Pager } from "@/components/table/pager"
import { addressOf, parseState } from "@/components/table/url-state"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { PACKS } from "@/domain/packs/all"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { termOf } from "@/domain/vocabulary/term"
import { FOUND_FACETS, listFindings, type FindingsPage, type FoundFacet } from "@/usecases/checks/list-findings"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { foundViews, taker } from "@/app/found"
import { inFrame } from "@/app/in-frame"
import { Peek } from "@/app/peek"
import { ViewsOf } from "@/app/views"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("findings.title") }

const HERE = "/findings"
const SEVERITIES = ["blocking", "warning", "advice"] as const
const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))

async function FindingsList({ searchParams }: { searchParams: Words }) {
  const { severity: chosen, clause: only, ...words } = await searchParams
  const scene = await signedIn()
  const severity = SEVERITIES.find((known) => known === chosen) ?? "blocking"
  const state = parseState(only ? { ...words, "f.clause": only } : words, FOUND_FACETS, ["name"], {
    columns: [],
    peeks: true,
  })
  const path = `${HERE}?severity=${severity}`
  const clocks = clocksOf(state.asOf, state.on)
  const page = shown(
    await listFindings(scene, {
      severity,
      filters: state.filters,
      excluded: state.excluded,
      after: state.after,
      size: state.size,
      asOf: clocks.asOf,
      on: clocks.on,
    }),
  )
  const facets = facetViews(page)
  const kept = [
    ...new URLSearchParams(addressOf(path, { ...state, peek: "", asOf: "", on: "", after: "" }).split("?")[1] ?? ""),
  ]
  return (
    <Frame
      scene={scene}
      current={HERE}
      past={pastOf(addressOf(path, { ...state, asOf: "", on: "", after: "" }), clocks)}
    >
      <div className="row between">
        <h1>
          {say("findings.title")} <span className="soft">{countOf(page, severity)}</span>
        </h1>
        <div className="row">
          <DaySwitch
            path={HERE}
            keep={kept as [string, string][]}
            asOf={clocks.asOf?.slice(0, 10) ?? ""}
            on={clocks.on ?? ""}
          />
          <a
            className="button compact"
            href={addressOf(`/api/v1/findings.csv?severity=${severity}`, { ...state, peek: "", after: "", size: 50 })}
            download
          >
            {say("list.csv")}
          </a>
        </div>
      </div>
      <p className="lede soft">{say("findings.lede")}</p>
      <RefusedNotice words={words} />
      {state.unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: state.unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      {page.counts === null ? <p className="soft">{say("findings.uncounted")}</p> : null}
      <nav className="tabs" aria-label={say("findings.severity")}>
        {SEVERITIES.map((known) => (
          <Link
            key={known}
            href={withClocks(
              addressOf(`${HERE}?severity=${known}`, { ...state, peek: "", after: "", asOf: "", on: "" }),
              clocks,
            )}
            aria-current={known === severity ? "page" : undefined}
            prefetch={false}
          >
            {say(`severity.${known}`)} {countOf(page, known)}
          </Link>
        ))}
      </nav>
      <ViewsOf scene={scene} address={addressOf(path, state)} />
      <FilterChips path={path} state={state} facets={facets} />
      <div className={state.peek ? "with-facets with-peek" : "with-facets"}>
        <FacetPanel path={path} state={state} facets={facets} />
        <section className="card stack">
          {page.findings.length === 0 ? <p className="soft">{say("findings.nothing")}</p> : null}
          <FoundList
            findings={foundViews(page.findings, clocks)}
            names={page.names}
            today={page.today}
            me={taker(scene, clocks)}
            peeks={{ href: (id) => addressOf(path, { ...state, peek: id }), open: state.peek ?? "" }}
          />
          <Pager path={path} state={state} next={page.next} />
        </section>
        {state.peek ? (
          <Peek
            {...{ scene, path, state, clocks }}
            kinds={["party", "sharing", "agreement"]}
            rows={[...new Set(page.findings.map((one) => one.recordId))]}
          />
        ) : null}
      </div>
    </Frame>
  )
}

const countOf = (page: FindingsPage, severity: string): number | "" =>
  page.counts === null ? "" : (page.counts.severities[severity] ?? 0)

function facetViews(page: FindingsPage): FacetView[] {
  const words: Record<FoundFacet, (value: string) => string> = {
    clause: (value) => `${value} ${page.clauses[value] ?? TITLES.get(value) ?? ""}`.trim(),
    verdict: (value) => say(`findings.verdict.${value}`),
    entity: (value) => page.names[value] ?? value,
    kind: (value) => termOf(PARTY_KINDS, value)?.label ?? value,
    country: countryName,
    owner: (value) => (value === "nobody" ? say("findings.owner.nobody") : (page.names[value] ?? value)),
    age: (value) => say(`findings.age.${value}`),
  }
  return FOUND_FACETS.map((facet) => ({
    facet,
    label: say(`findings.${facet}`),
    labelOf: words[facet],
    counts: page.counts?.facets[facet] ?? [],
  }))
}

export default inFrame(FindingsList)
