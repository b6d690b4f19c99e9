import type { ReactNode } from "react"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import type { UrlState } from "@/components/table/url-state"
import { Pager } from "@/components/table/pager"
import { say } from "@/components/words/catalogue"

/** A table of the desk: facets beside it, filters above it, the way to the next page below. */
export function DeskList(props: {
  path: string
  state: UrlState
  facets: readonly FacetView[]
  caption: string
  columns: readonly string[]
  next: string | null
  empty: boolean
  /** Its first column says most of a line, and takes most of its width. */
  lead?: boolean
  children: ReactNode
}) {
  const { path, state, facets } = props
  return (
    <>
      <FilterChips path={path} state={state} facets={facets} />
      <div className="with-facets">
        <FacetPanel path={path} state={state} facets={facets} />
        <section className="card stack">
          {props.empty ? (
            <p className="soft">{say("desk.nothing")}</p>
          ) : (
            <div className="scroll" role="region" aria-label={props.caption} tabIndex={0}>
              <table className={props.lead ? "list lead" : "list"}>
                <caption>{props.caption}</caption>
                <thead>
                  <tr>
                    {props.columns.map((column) => (
                      <th key={column} scope="col">
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>{props.children}</tbody>
              </table>
            </div>
          )}
          <Pager path={path} state={state} next={props.next} />
        </section>
      </div>
    </>
  )
}
