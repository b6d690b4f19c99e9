import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { addressOf, toggled, without, type UrlState } from "./url-state"

export type FacetView = {
  facet: string
  label: string
  counts: readonly { value: string; n: number }[]
  labelOf: (value: string) => string
  /** Known to the address and to the chips, offered by no panel: a way from another page. */
  unlisted?: boolean
}

type Props = { path: string; state: UrlState; facets: readonly FacetView[] }

/** What people filter by, each with its count; every value is a link, so it works without script. */
export function FacetPanel({ path, state, facets }: Props) {
  return (
    <details className="fold-narrow">
      <summary className="button compact">{say("list.open-filters")}</summary>
      <nav className="facets" aria-label={say("list.filters")}>
        {facets
          .filter((facet) => !facet.unlisted)
          .map((facet) => (
            <One key={facet.facet} path={path} state={state} facet={facet} />
          ))}
      </nav>
    </details>
  )
}

function One({ path, state, facet }: { path: string; state: UrlState; facet: FacetView }) {
  const chosen = state.filters[facet.facet] ?? []
  const left = state.excluded[facet.facet] ?? []
  const known = new Set(facet.counts.map((item) => item.value))
  const counts = [
    ...facet.counts,
    ...[...chosen, ...left].filter((value) => !known.has(value)).map((value) => ({ value, n: 0 })),
  ]
  if (counts.length === 0) return null
  return (
    <details open={chosen.length > 0 || left.length > 0 || counts.length <= 8}>
      <summary>{facet.label}</summary>
      <ul className="plain-list">
        {counts.map(({ value, n }) => {
          const label = facet.labelOf(value)
          return (
            <li key={value} data-left={left.includes(value) ? "" : undefined}>
              <Link
                href={addressOf(path, toggled(state, facet.facet, value))}
                prefetch={false}
                aria-current={chosen.includes(value) ? "true" : undefined}
              >
                <span>{label}</span>
                <span className="soft">{n}</span>
              </Link>
              <Link
                className="leave-out"
                href={addressOf(path, without(state, facet.facet, value))}
                prefetch={false}
                aria-current={left.includes(value) ? "true" : undefined}
                title={say("list.leave-out", { value: label })}
              >
                <span aria-hidden="true">−</span>
                <span className="unseen">{say("list.leave-out", { value: label })}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </details>
  )
}

/** What is filtered by and left out, each to be taken away. */
export function FilterChips({ path, state, facets }: Props) {
  const each = (of: Record<string, string[]>) =>
    facets.flatMap((facet) => (of[facet.facet] ?? []).map((value) => ({ facet, value })))
  const chosen = each(state.filters)
  const left = each(state.excluded)
  if (chosen.length + left.length === 0 && !state.q) return null
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
      {left.map(({ facet, value }) => (
        <Link
          key={`not${facet.facet}${value}`}
          className="chip not"
          href={addressOf(path, without(state, facet.facet, value))}
          prefetch={false}
        >
          {say("list.chip-not", { label: facet.label, value: facet.labelOf(value) })}
        </Link>
      ))}
      <Link
        className="tall"
        href={addressOf(path, { ...state, q: "", filters: {}, excluded: {}, after: "" })}
        prefetch={false}
      >
        {say("list.clear")}
      </Link>
    </div>
  )
}
