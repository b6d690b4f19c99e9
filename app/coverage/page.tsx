import type { Metadata } from "next"
import Link from "next/link"
import { Choice } from "@/components/coverage/choice"
import { CoverRows, CoverRowsTable } from "@/components/coverage/cover-rows"
import { causeCodeWords } from "@/components/coverage/timeline-words"
import { DaySwitch } from "@/components/shell/day-switch"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { addressOf, parseState, type UrlState } from "@/components/table/url-state"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { clocksOf, pastOf } from "@/app/clocks"
import { coverItem } from "@/app/cover-items"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { daysBetween } from "@/domain/core/day"
import { listGaps, type GapItem, type GapsPage } from "@/usecases/coverage/list-gaps"

export const metadata: Metadata = { title: say("gaps.title") }

/** All sharings with a gap, the longest first, each with its days. */
async function Gaps({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const read = parseState(words, ["entity", "cause"], ["since"])
  const state = { ...read, sort: "name", unknown: read.unknown.filter((word) => word !== "show") }
  const show = one(words, "show") === "table" ? "table" : "picture"
  const scene = await signedIn()
  const clocks = clocksOf(state.asOf, state.on)
  const page = shown(
    await listGaps(scene, {
      entities: state.filters.entity ?? [],
      causes: state.filters.cause ?? [],
      after: state.after.slice(0, 1200),
      size: state.size,
      asOf: clocks.asOf,
      on: clocks.on,
    }),
  )
  const here = show === "table" ? "/coverage?show=table" : "/coverage"
  const past = clocks.asOf !== null || clocks.on !== null
  const facets = facetsOf(page)
  const items = page.gaps.map((gap) => coverItem(gap, under(gap, page), clocks))
  const Rows = show === "table" ? CoverRowsTable : CoverRows
  const today = addressOf(here, { ...state, asOf: "", on: "", after: "" })
  return (
    <Frame scene={scene} current="/coverage" past={pastOf(today, clocks)}>
      <div className="row between">
        <h1>
          {say("gaps.title")} <span className="soft">{page.total}</span>
        </h1>
        <DaySwitch
          path="/coverage"
          keep={[...new URLSearchParams(today.split("?")[1] ?? "")]}
          asOf={clocks.asOf?.slice(0, 10) ?? ""}
          on={clocks.on ?? ""}
        />
      </div>
      <p className="lede">{sentence(page, state, past)}</p>
      {state.unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: state.unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      <FilterChips path={here} state={state} facets={facets} />
      <div className="with-facets">
        <FacetPanel path={here} state={state} facets={facets} />
        {items.length ? (
          <section className="card stack" aria-label={say("gaps.list")}>
            <Choice
              label={say("picture.show")}
              chosen={show}
              ways={[
                { name: "picture", says: "picture.picture", href: addressOf("/coverage", state) },
                { name: "table", says: "picture.table", href: addressOf("/coverage?show=table", state) },
              ]}
            />
            <Rows label={say("gaps.list")} items={items} day={page.today} past={past} />
            <div className="row no-print">
              {state.after ? (
                <Link className="button" href={addressOf(here, { ...state, after: "" })} prefetch={false}>
                  {say("list.first")}
                </Link>
              ) : null}
              {page.next ? (
                <Link className="button" href={addressOf(here, { ...state, after: page.next })} prefetch={false}>
                  {say("list.more")}
                </Link>
              ) : null}
            </div>
          </section>
        ) : null}
      </div>
    </Frame>
  )
}

function sentence(page: GapsPage, state: UrlState, past: boolean): string {
  const day = past ? say("clock.on-day", { day: dayWords(page.today) }) : say("clock.today")
  if (page.total) return say("gaps.lede", { n: page.total, day })
  return Object.keys(state.filters).length ? say("gaps.none-filtered") : say("gaps.none", { day })
}

/** Whose flow it is, since when nothing covers it, and what it lacks. */
function under(gap: GapItem, page: GapsPage): string {
  const since = gap.sinceOn
    ? say("gaps.since", { day: dayWords(gap.sinceOn), n: daysBetween(gap.sinceOn, page.today) + 1 })
    : say("gaps.before")
  const of = say("gaps.of", {
    party: gap.partyName ?? say("flow.hidden-party"),
    entity: page.names[gap.entityId] ?? "",
  })
  return `${of}. ${since}: ${gap.causes.map(causeCodeWords).join("; ")}.`
}

function facetsOf(page: GapsPage): FacetView[] {
  return [
    {
      facet: "entity",
      label: say("facet.entity"),
      labelOf: (value) => page.names[value] ?? value,
      counts: page.entities,
    },
    { facet: "cause", label: say("gaps.cause"), labelOf: causeCodeWords, counts: page.causes },
  ]
}

export default inFrame(Gaps)
