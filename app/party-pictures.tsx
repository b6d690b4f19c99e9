import Link from "next/link"
import { CoverRows, CoverRowsTable } from "@/components/coverage/cover-rows"
import { FlowPicture } from "@/components/flows/flow-picture"
import { parseState } from "@/components/table/url-state"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readPartyCoverage, type PartyCoverage } from "@/usecases/coverage/read-party-coverage"
import { readFlows } from "@/usecases/flows/read-flows"
import type { Scene } from "@/usecases/scene"
import { withClocks, type Clocks } from "./clocks"
import { coverItem } from "./cover-items"
import { flowView } from "./flows"

const FIRST = 8

/** A party's pictures on its page: its first sharings over time with the way to all, and where the data go. */
export async function PartyPictures({ scene, id, clocks }: { scene: Scene; id: string; clocks: Clocks }) {
  const [cover, flows] = [
    await readPartyCoverage(scene, { id, asOf: clocks.asOf, on: clocks.on, size: FIRST }),
    await readFlows(scene, { filters: { party: [id] }, asOf: clocks.asOf, on: clocks.on }),
  ]
  if (!cover.ok || cover.value.counts.all === 0) return null
  const words = { "f.party": id, "as-of": clocks.asOfText, on: clocks.onText }
  const view = flows.ok ? flowView(flows.value, parseState(words, ["party"], ["name"])) : null
  return (
    <>
      <section className="card stack" aria-labelledby="party-cover">
        <h2 id="party-cover">{say("party-cover.section")}</h2>
        <PartyCoverSentences cover={cover.value} past={clocks.asOf !== null || clocks.on !== null} />
        <PartyCoverRows cover={cover.value} clocks={clocks} show="picture" />
        <p className="row">
          <Link className="button compact" href={withClocks(`/parties/${id}/coverage`, clocks)} prefetch={false}>
            {say("party-cover.all", { n: cover.value.counts.all })}
          </Link>
          <Link className="tall" href={withClocks(`/parties/${id}/coverage?show=table`, clocks)} prefetch={false}>
            {say("picture.table")}
          </Link>
        </p>
      </section>
      {view?.strokes.length ? (
        <section className="card stack" aria-labelledby="party-flow">
          <h2 id="party-flow">{say("flow.section")}</h2>
          <FlowPicture view={view} />
          <p>
            <Link className="tall" href={withClocks(`/destinations?f.party=${id}`, clocks)} prefetch={false}>
              {say("flow.as-table")}
            </Link>
          </p>
        </section>
      ) : null}
    </>
  )
}

/** What is true of a party's sharings on the day, and of how many nothing had been judged. */
export function PartyCoverSentences({ cover, past }: { cover: PartyCoverage; past: boolean }) {
  const { all, gap, unjudged } = cover.counts
  const day = past ? say("clock.on-day", { day: dayWords(cover.today) }) : say("clock.today")
  if (all === 0) return <p className="lede">{say("party-cover.none")}</p>
  return (
    <p className="lede">
      {say("party-cover.lede", { n: all, gap, day })} {unjudged ? say("party-cover.unjudged", { n: unjudged }) : null}
    </p>
  )
}

/** A party's sharings over time: drawn, or as a table. */
export function PartyCoverRows(props: { cover: PartyCoverage; clocks: Clocks; show: "picture" | "table" }) {
  const { cover, clocks, show } = props
  const items = cover.lines.map((line) => coverItem(line, cover.names[line.entityId] ?? "", clocks))
  const past = clocks.asOf !== null || clocks.on !== null
  const Rows = show === "table" ? CoverRowsTable : CoverRows
  return <Rows label={say("party-cover.list")} items={items} day={cover.today} past={past} />
}
