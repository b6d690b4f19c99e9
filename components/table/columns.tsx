import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { addressOf, type UrlState } from "./url-state"

/** A column that may be chosen; `more`: one that does not come of itself. */
export type ChoosableColumn = { id: string; label: string; more?: boolean }

/** Which columns a list shows and in which order. A form and links of the address: it works without script. */
export function ColumnMenu({
  path,
  state,
  columns,
}: {
  path: string
  state: UrlState
  columns: readonly ChoosableColumn[]
}) {
  const usual = columns.filter((column) => !column.more).map((column) => column.id)
  const shown = state.cols ?? usual
  const order = [...shown, ...columns.map((column) => column.id).filter((id) => !shown.includes(id))]
  const kept = new URLSearchParams(addressOf("", { ...state, cols: [], peek: "" }).slice(1))
  const moved = (at: number, to: number): string => {
    const next = [...shown]
    next.splice(to, 0, ...next.splice(at, 1))
    return addressOf(path, { ...state, cols: next, peek: "" })
  }
  return (
    <details className="menu">
      <summary className="button compact">{say("columns.open")}</summary>
      <form className="menu-body stack" action={path} aria-label={say("columns.legend")}>
        {[...kept].map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        <p className="soft small">{say("columns.help")}</p>
        <ul className="plain-list columns">
          {order.map((id) => {
            const column = columns.find((one) => one.id === id)
            if (!column) return null
            const at = shown.indexOf(id)
            const moves = { column: column.label }
            return (
              <li key={id}>
                <label className="choice">
                  <input key={String(at >= 0)} type="checkbox" name="cols" value={id} defaultChecked={at >= 0} />
                  {column.label}
                </label>
                {at > 0 ? <Move href={moved(at, at - 1)} sign="↑" says={say("columns.earlier", moves)} /> : null}
                {at >= 0 && at < shown.length - 1 ? (
                  <Move href={moved(at, at + 1)} sign="↓" says={say("columns.later", moves)} />
                ) : null}
              </li>
            )
          })}
        </ul>
        <div className="row">
          <button type="submit">{say("columns.show")}</button>
          {state.cols ? (
            <Link className="tall" href={addressOf(path, { ...state, cols: [], peek: "" })} prefetch={false}>
              {say("columns.first")}
            </Link>
          ) : null}
        </div>
      </form>
    </details>
  )
}

function Move({ href, sign, says }: { href: string; sign: string; says: string }) {
  return (
    <Link className="button compact quiet" href={href} prefetch={false} title={says}>
      <span aria-hidden="true">{sign}</span>
      <span className="unseen">{says}</span>
    </Link>
  )
}
