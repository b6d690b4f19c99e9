import { say } from "@/components/words/catalogue"

type Props = {
  id: string
  leftOut: Record<string, { by: string }>
  names: Record<string, string>
  /** Whether this reader may take rows back. */
  mends: boolean
}

/** The wrong rows that somebody chose to leave out, folded; each can be taken back. */
export function LeftOutRows({ id, leftOut, names, mends }: Props) {
  const rows = Object.entries(leftOut).sort(([a], [b]) => Number(a) - Number(b))
  if (rows.length === 0) return null
  return (
    <section className="card" aria-label={say("imports.left-out", { n: rows.length })}>
      <details>
        <summary>{say("imports.left-out", { n: rows.length })}</summary>
        <form className="stack" method="post" action={`/api/v1/imports/${id}/rows`}>
          <ul className="plain-list">
            {rows.map(([row, { by }]) => (
              <li key={row}>
                <label className="choice">
                  {mends ? <input type="checkbox" name={`back.${row}`} value="yes" /> : null}
                  {say("imports.left-out-by", { row, name: names[by] ?? by })}
                </label>
              </li>
            ))}
          </ul>
          {mends ? (
            <div>
              <button type="submit">{say("imports.take-back")}</button>
            </div>
          ) : null}
        </form>
      </details>
    </section>
  )
}
