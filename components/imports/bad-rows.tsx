import Link from "next/link"
import { say } from "@/components/words/catalogue"

type Problem = { column: string | null; says: string; params?: Record<string, string | number> }
type Bad = { row: number; cells: readonly string[]; problems: readonly Problem[] }

/**
 * The rows that cannot be taken, each with what is wrong where; `mends`: each wrong cell can be typed over, and the file is
 * tried again with that. A form: it works without script.
 */
export function BadRows({
  id,
  header,
  bad,
  next,
  mends,
}: {
  id: string
  /** The columns of the file; none where its rows are no cells. */
  header: readonly string[]
  bad: readonly Bad[]
  next: number | null
  mends: boolean
}) {
  const open = mends && bad.some((one) => one.problems.some((problem) => header.includes(problem.column ?? "")))
  return (
    <section className="card stack" aria-labelledby="bad">
      <div className="row between">
        <h2 id="bad">{say("imports.bad")}</h2>
        <a className="tall" href={`/api/v1/imports/${id}/bad-rows`}>
          {say("imports.bad-download")}
        </a>
      </div>
      <form className="stack" method="post" action={`/api/v1/imports/${id}/rows`}>
        {open ? <p className="soft">{say("imports.mend-help")}</p> : null}
        <div className="scroll" role="region" aria-label={say("imports.bad")} tabIndex={0}>
          <table className="list">
            <thead>
              <tr>
                {["row", "header", "why", ...(open ? ["cell"] : [])].map((column) => (
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
                    {open ? <td>{first(one, i) ? <Cell bad={one} at={i} header={header} /> : null}</td> : null}
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
        {open ? (
          <div>
            <button className="primary" type="submit">
              {say("imports.mend-go")}
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

function Cell({ bad, at, header }: { bad: Bad; at: number; header: readonly string[] }) {
  const column = bad.problems[at]?.column ?? ""
  const place = header.indexOf(column)
  if (place < 0) return null
  return (
    <input
      name={`cell.${bad.row}.${place}`}
      defaultValue={bad.cells[place] ?? ""}
      maxLength={4000}
      aria-label={say("imports.mend-cell", { row: bad.row, column })}
      aria-describedby={`why-${bad.row}-${at}`}
    />
  )
}
