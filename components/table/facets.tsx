import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { addressOf, toggled, type UrlState } from "./url-state"

export type FacetView = {
  facet: string
  label: string
  counts: readonly { value: string; n: number }[]
  labelOf: (value: string) => string
}

/** What people filter by, each with its count; every value is a link, so it works without script. */
export function FacetPanel({ path, state, facets }: { path: string; state: UrlState; facets: readonly FacetView[] }) {
  return (
    <nav className="facets" aria-label={say("list.filters")}>
      {facets.map((facet) => {
        const chosen = state.filters[facet.facet] ?? []
        const known = new Set(facet.counts.map((item) => item.value))
        const counts = [
          ...facet.counts,
          ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, n: 0 })),
        ]
        if (counts.length === 0) return null
        return (
          <details key={facet.facet} open={chosen.length > 0 || counts.length <= 8}>
            <summary>{facet.label}</summary>
            {counts.map(({ value, n }) => (
              <Link
                key={value}
                href={addressOf(path, toggled(state, facet.facet, value))}
                prefetch={false}
                aria-current={chosen.includes(value) ? "true" : undefined}
              >
                <span>{facet.labelOf(value)}</span>
                <span className="soft">{n}</span>
              </Link>
            ))}
          </details>
        )
      })}
    </nav>
  )
}

/** What is filtered by, each to be taken away. */
export function FilterChips({ path, state, facets }: { path: string; state: UrlState; facets: readonly FacetView[] }) {
  const chosen = facets.flatMap((facet) => (state.filters[facet.facet] ?? []).map((value) => ({ facet, value })))
  if (chosen.length === 0 && !state.q) return null
  return (
    <div className="row">
      {state.q ? (
        <Link className="chip" href={addressOf(path, { ...state, q: "", after: "" })} prefetch={false}>
          {say("list.chip", { label: say("list.search"), value: state.q })}
        </Link>
      ) : null}
      {chosen.map(({ facet, value }) => (
        <Link
          key={facet.facet + value}
          className="chip"
          href={addressOf(path, toggled(state, facet.facet, value))}
          prefetch={false}
        >
          {say("list.chip", { label: facet.label, value: facet.labelOf(value) })}
        </Link>
      ))}
      <Link href={addressOf(path, { ...state, q: "", filters: {}, excluded: {}, after: "" })} prefetch={false}>
        {say("list.clear")}
      </Link>
    </div>
  )
}
