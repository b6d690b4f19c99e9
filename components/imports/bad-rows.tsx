import Link from "next/link"
import { say } from "@/components/words/catalogue"

type Problem = { column: string | null; says: string; params?: Record<string, string | number> }
type Bad = { row: number; cells: readonly string[]; problems: readonly Problem[] }
type Props = {
  id: string
  /** The columns of the file. */
  header: readonly string[]
  bad: readonly Bad[]
  next: number | null
  mends: boolean
}

/**
 * The rows that cannot be taken, each with what is wrong where; `mends`: each wrong cell can be typed over, a row that is
 * wrong as a whole cell by cell, and any row left out; the file is tried again so. A form: it works without script.
 */
export function BadRows({ id, header, bad, next, mends }: Props) {
  const columns = ["row", "header", "why", ...(mends ? ["cell", "leave"] : [])]
  return (
    <section className="card stack" aria-labelledby="bad">
      <div className="row between">
        <h2 id="bad">{say("imports.bad")}</h2>
        <a className="tall" href={`/api/v1/imports/${id}/bad-rows`}>
          {say("imports.bad-download")}
        </a>
      </div>
      <form className="stack" method="post" action={`/api/v1/imports/${id}/rows`}>
        {mends ? <p className="soft">{say("imports.mend-help")}</p> : null}
        <div className="scroll" role="region" aria-label={say("imports.bad")} tabIndex={0}>
          <table className="list">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {say(`imports.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bad.flatMap((one) =>
                one.problems.map((problem, i) => (
                  <tr key={`${one.row}.${i}`}>
                    <th scope="row">{one.row}</th>
                    <td>{problem.column ?? say("imports.whole-row")}</td>
                    <td id={`why-${one.row}-${i}`}>{say(problem.says, problem.params)}</td>
                    {mends ? <td>{first(one, i) ? <Mend bad={one} at={i} header={header} /> : null}</td> : null}
                    {mends ? <td>{i === 0 ? <Leave row={one.row} /> : null}</td> : null}
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
        {mends ? (
          <div className="row">
            <input type="hidden" name="shown" value={bad.map((one) => one.row).join(",")} />
            <button className="primary" type="submit">
              {say("imports.mend-go")}
            </button>
            <button type="submit" name="all" value="yes">
              {say("imports.leave-shown", { n: bad.length })}
            </button>
          </div>
        ) : null}
      </form>
      {next ? (
        <Link className="button" href={`/imports/${id}?after=${next}`} prefetch={false}>
          {say("list.more")}
        </Link>
      ) : null}
    </section>
  )
}

/** A cell with two things wrong is typed over once, beside the first. */
const first = (bad: Bad, at: number): boolean =>
  bad.problems.findIndex((problem) => problem.column === bad.problems[at]?.column) === at

function Leave({ row }: { row: number }) {
  return <input type="checkbox" name={`leave.${row}`} value="yes" aria-label={say("imports.leave-row", { row })} />
}

type MendProps = { bad: Bad; at: number; header: readonly string[] }

/** What is right instead: of the cell that is wrong, or of each cell of a row that is wrong as a whole. */
function Mend({ bad, at, header }: MendProps) {
  const column = bad.problems[at]?.column ?? null
  const why = `why-${bad.row}-${at}`
  if (column !== null) {
    const place = header.indexOf(column)
    return place < 0 ? null : <Cell {...{ bad, place, why }} label={column} />
  }
  // What could not be read has no cells to type over.
  if (bad.cells.every((cell) => cell === "")) return null
  const wrong = new Set(bad.problems.map((problem) => header.indexOf(problem.column ?? "")))
  const places = Array.from({ length: Math.max(header.length, bad.cells.length) }, (_, place) => place)
  return (
    <details>
      <summary>{say("imports.mend-row", { row: bad.row })}</summary>
      <div className="stack">
        {places
          .filter((place) => !wrong.has(place))
          .map((place) => {
            const label = header[place] ?? say("imports.beyond", { n: place + 1 })
            return (
              <div className="field" key={place}>
                <span className="small" aria-hidden="true">
                  {label}
                </span>
                <Cell {...{ bad, place, why, label }} />
              </div>
            )
          })}
      </div>
    </details>
  )
}

function Cell({ bad, place, label, why }: { bad: Bad; place: number; label: string; why: string }) {
  const value = bad.cells[place] ?? ""
  const told = {
    name: `cell.${bad.row}.${place}`,
    defaultValue: value,
    maxLength: 4000,
    "aria-label": say("imports.mend-cell", { row: bad.row, column: label }),
    "aria-describedby": why,
  }
  // One line of a form holds no second one: what has more keeps them.
  return /[\r\n]/.test(value) ? <textarea rows={2} {...told} /> : <input {...told} />
}
