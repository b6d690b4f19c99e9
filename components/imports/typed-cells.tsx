import { say } from "@/components/words/catalogue"

type Corrections = Record<string, { cells: Record<string, string>; by: string }>

/** What was typed in place of cells of the file, by whom: folded, for whoever looks at the import. */
export function TypedCells({
  header,
  corrections,
  names,
}: {
  header: readonly string[]
  corrections: Corrections
  names: Record<string, string>
}) {
  const rows = Object.entries(corrections).sort(([a], [b]) => Number(a) - Number(b))
  if (rows.length === 0) return null
  return (
    <section className="card" aria-label={say("imports.typed", { n: rows.length })}>
      <details>
        <summary>{say("imports.typed", { n: rows.length })}</summary>
        <dl>
          {rows.map(([row, { cells, by }]) => (
            <div className="contents" key={row}>
              <dt>{say("origin.row", { row })}</dt>
              <dd>
                {Object.entries(cells)
                  .map(([place, value]) =>
                    say("imports.typed-by", { column: header[Number(place)] ?? place, value, name: names[by] ?? by }),
                  )
                  .join("; ")}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}
