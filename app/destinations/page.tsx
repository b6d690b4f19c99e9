import type { Metadata } from "next"
import { Choice } from "@/components/coverage/choice"
import { FlowPicture } from "@/components/flows/flow-picture"
import { FlowTables } from "@/components/flows/flow-table"
import { DaySwitch } from "@/components/shell/day-switch"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { addressOf, parseState, type UrlState } from "@/components/table/url-state"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { clocksOf, pastOf } from "@/app/clocks"
import { flowView } from "@/app/flows"
import { SHARINGS } from "@/app/list-views"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { readFlows, type FlowsPage } from "@/usecases/flows/read-flows"
import { listRecords, type ListPage } from "@/usecases/register/list-records"

export const metadata: Metadata = { title: say("flow.title") }

const OWN = ["show", "by"]

/** What flows from which company to which party, country and mechanism: as tables, or drawn. */
async function Destinations({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const facetNames = SHARINGS.facets.map((facet) => facet.facet)
  const read = parseState(words, facetNames, ["name"])
  const state = { ...read, after: "", unknown: read.unknown.filter((word) => !OWN.includes(word)) }
  const show = one(words, "show") === "flow" ? "flow" : "table"
  const by = one(words, "by") === "people" ? "people" : "sharings"
  const scene = await signedIn()
  const clocks = clocksOf(state.asOf, state.on)
  const asked = { q: state.q, filters: state.filters, excluded: state.excluded, asOf: clocks.asOf, on: clocks.on }
  const flows = shown(await readFlows(scene, { ...asked, by }))
  const listed = SHARINGS.facets.filter((facet) => !facet.unlisted).map((facet) => facet.facet)
  const page = shown(await listRecords(scene, { list: "sharings", ...asked, facets: listed, size: 25, count: false }))
  const here = pathOf(show, by)
  const facets = facetViews(page, flows)
  return (
    <Frame scene={scene} current="/destinations" past={pastOf(addressOf(here, { ...state, asOf: "", on: "" }), clocks)}>
      <div className="row between">
        <h1>
          {say("flow.title")} {flows.late ? null : <span className="soft">{flows.total}</span>}
        </h1>
        <DaySwitch
          path="/destinations"
          keep={keptWords(addressOf(here, { ...state, asOf: "", on: "" }))}
          asOf={clocks.asOf?.slice(0, 10) ?? ""}
          on={clocks.on ?? ""}
        />
      </div>
      <Sentences flows={flows} by={by} past={clocks.asOf !== null} unknown={state.unknown} />
      <FilterChips path={here} state={state} facets={facets} />
      <div className="with-facets">
        <FacetPanel path={here} state={state} facets={facets} />
        <section className="card stack" aria-label={say("flow.title")}>
          <div className="row between">
            <Choice
              label={say("picture.show")}
              chosen={show}
              ways={[
                { name: "table", says: "picture.table", href: addressOf(pathOf("table", by), state) },
                { name: "flow", says: "picture.flow", href: addressOf(pathOf("flow", by), state) },
              ]}
            />
            <Choice
              label={say("flow.by")}
              chosen={by}
              ways={(["sharings", "people"] as const).map((name) => ({
                name,
                says: `flow.by-${name}`,
                href: addressOf(pathOf(show, name), state),
              }))}
            />
          </div>
          <Flow flows={flows} state={state} show={show} />
        </section>
      </div>
    </Frame>
  )
}

function Flow({ flows, state, show }: { flows: FlowsPage; state: UrlState; show: "flow" | "table" }) {
  const view = flowView(flows, state)
  if (flows.late) return null
  if (flows.total === 0) return <p className="soft">{say("flow.nothing")}</p>
  if (view.strokes.length === 0) return <p className="soft">{say("flow.nothing-wide")}</p>
  return (
    <>
      {show === "flow" ? <FlowPicture view={view} /> : <FlowTables view={view} />}
      <p className="soft small">{say("flow.shared")}</p>
    </>
  )
}

function Sentences(props: { flows: FlowsPage; by: string; past: boolean; unknown: readonly string[] }) {
  const { flows, by, past, unknown } = props
  return (
    <>
      <p className="lede soft">
        {flows.late
          ? say("flow.late")
          : by === "people"
            ? say("flow.lede-people", { n: flows.total - flows.unknownPeople, people: flows.people })
            : say("flow.lede", { n: flows.total })}{" "}
        {by === "people" && flows.unknownPeople ? say("flow.unknown-people", { n: flows.unknownPeople }) : null}
      </p>
      {past ? (
        <Notice tone="warn">
          <p>{say("flow.past")}</p>
        </Notice>
      ) : null}
      {unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: unknown.join(", ") })}</p>
        </Notice>
      ) : null}
    </>
  )
}

function pathOf(show: string, by: string): string {
  const words = [...(show === "flow" ? ["show=flow"] : []), ...(by === "people" ? ["by=people"] : [])]
  return words.length ? `/destinations?${words.join("&")}` : "/destinations"
}

const keptWords = (address: string): [string, string][] => [...new URLSearchParams(address.split("?")[1] ?? "")]

function facetViews(page: ListPage, flows: FlowsPage): FacetView[] {
  return SHARINGS.facets.map((facet) => ({
    ...facet,
    labelOf:
      facet.facet === "entity" || facet.facet === "party"
        ? (value) => flows.names[value] ?? page.names[value] ?? value
        : facet.labelOf,
    counts: page.facets[facet.facet] ?? [],
  }))
}

export default inFrame(Destinations)
