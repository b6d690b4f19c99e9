import { strokeState } from "@/components/flows/stroke-state"
import { stateKey, type FlowView } from "@/components/flows/flow-view"
import { addressOf, type UrlState } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { COLUMNS, OTHERS } from "@/domain/flows/layout"
import { NONE } from "@/domain/flows/routes"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { termOf } from "@/domain/vocabulary/term"
import type { FlowsPage } from "@/usecases/flows/read-flows"

/** The flows in words, each stroke with its way into the table of sharings. */
export function flowView(flows: FlowsPage, state: UrlState): FlowView {
  const named = COLUMNS.map((_name, column) => flows.named.filter((one) => one.column === column).map((one) => one.id))
  const past = state.asOf !== ""
  const strokes = flows.bands
    .filter((band) => band.weight > 0)
    .map((band) => {
      const fromWords = placeWords(band.step, band.from, flows.names)
      const toWords = placeWords(band.step + 1, band.to, flows.names)
      const said = { from: fromWords, to: toWords, n: band.n, state: say(stateKey(band.state, past)) }
      return {
        ...band,
        href: addressOf("/sharings", strokeState(state, band, named)),
        words: say("flow.stroke", said),
        fromWords,
        toWords,
      }
    })
  const counts = new Map(flows.mechanisms.map((one) => [`3 ${one.id}`, one.n]))
  for (const { step, from, to, n } of strokes) {
    if (step === 0) add(counts, `0 ${from}`, n)
    if (step < 2) add(counts, `${step + 1} ${to}`, n)
  }
  return {
    past,
    strokes,
    places: [...counts].map(([key, n]) => {
      const column = Number(key[0])
      const id = key.slice(2)
      return { column, id, n, words: placeWords(column, id, flows.names) }
    }),
  }
}

function add(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n)
}

function placeWords(column: number, id: string, names: Record<string, string>): string {
  const name = COLUMNS[column] ?? "entity"
  if (id === OTHERS) return say(`flow.others.${name}`)
  if (column >= 2 && id === NONE) return say(`flow.none.${name}`)
  if (column === 0) return names[id] ?? id
  if (column === 1) return names[id] ?? say("flow.hidden-party")
  return column === 2 ? countryName(id) : (termOf(MECHANISMS, id)?.label ?? id)
}

/** What a route is called. */
export function routeWords(route: string): string {
  const [country = NONE, mechanism = NONE] = route.split(":")
  return say("facet.route-of", { country: placeWords(2, country, {}), mechanism: placeWords(3, mechanism, {}) })
}
