import Link from "next/link"
import { dayWords } from "@/components/ui/when"
import { SharingList } from "@/components/whatif/sharing-list"
import { counted } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import type { Affected, ClauseTally, Summary } from "@/domain/whatif/result"

export type TriedView = {
  total: number
  summary: Summary | null
  lines: readonly Affected[]
  atOnce: boolean
}

const SHOWN = 5

/**
 * What a version would find and no longer find, clause by clause, with the way to the sharings. Worked out by the engine
 * that answers every what-if, within what the reader may read.
 */
export function Tried(props: {
  tried: TriedView
  on: string
  here: string
  begin: string
  /** How the clauses are called, by id. */
  titles: ReadonlyMap<string, string>
}) {
  const { tried, on } = props
  const clauses = tried.summary?.clauses ?? []
  return (
    <section className="card stack" aria-labelledby="tried">
      <h2 id="tried">{say("own.try")}</h2>
      <p className="soft">{say("own.try-lede", { day: dayWords(on), n: tried.total })}</p>
      {tried.summary ? (
        <>
          <p>
            <strong>{sumWords(clauses, tried.summary)}</strong>
          </p>
          <Covered summary={tried.summary} lines={tried.lines} />
          {clauses.length ? <Clauses clauses={clauses} lines={tried.lines} titles={props.titles} /> : null}
        </>
      ) : (
        <p>{say("own.try-many", { n: counted(tried.total) })}</p>
      )}
      <div className="row">
        {tried.summary === null && tried.atOnce ? (
          <Link className="button" href={`${props.here}?try=yes#tried`} prefetch={false}>
            {say("own.try-go")}
          </Link>
        ) : (
          <form method="post" action={props.begin}>
            <button type="submit">{say(tried.summary ? "own.try-all" : "own.try-go")}</button>
          </form>
        )}
      </div>
    </section>
  )
}

function sumWords(clauses: readonly ClauseTally[], summary: Summary): string {
  if (clauses.length === 0) return say("own.try-none")
  const sum = (what: "appear" | "vanish"): number => clauses.reduce((all, one) => all + one[what], 0)
  const { sharings } = summary.parts.unchanged.tally
  return say("own.try-sum", {
    ...{ n: summary.candidates - sharings, appear: counted(sum("appear")), vanish: counted(sum("vanish")) },
  })
}

function Clauses({
  clauses,
  lines,
  titles,
}: {
  clauses: readonly ClauseTally[]
  lines: readonly Affected[]
  titles: ReadonlyMap<string, string>
}) {
  const concerned = (id: string): Affected[] =>
    lines.filter((line) => [...line.findings, ...(line.gone ?? [])].some((one) => one.clause === id))
  return (
    <div className="scroll" role="region" aria-labelledby="tried" tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {["clause", "appear", "vanish", "where"].map((column) => (
              <th key={column} scope="col">
                {say(`own.try-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clauses.map(({ clause, appear, vanish }) => (
            <tr key={clause}>
              <th scope="row">
                <span className="soft">{clause}</span> {titles.get(clause)}
              </th>
              <td data-label={say("own.try-appear")}>{counted(appear)}</td>
              <td data-label={say("own.try-vanish")}>{counted(vanish)}</td>
              <td data-label={say("own.try-where")}>
                <Shown lines={concerned(clause)} n={Math.max(appear, vanish)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The first of the sharings, and how many more there are. */
function Shown({ lines, n }: { lines: readonly Affected[]; n: number }) {
  const shown = lines.slice(0, SHOWN)
  return <SharingList lines={shown} more={n - shown.length} />
}

/** Facts of law move coverage itself: which sharings would stand uncovered, and which would be covered. */
function Covered({ summary, lines }: { summary: Summary; lines: readonly Affected[] }) {
  const moved = (["uncovered", "covered"] as const).filter((change) => summary.parts[change].tally.sharings > 0)
  return (
    <>
      {moved.map((change) => (
        <div key={change}>
          <p>
            <strong>{say(`own.try-${change}`, { n: summary.parts[change].tally.sharings })}</strong>
          </p>
          <Shown lines={lines.filter((line) => line.change === change)} n={summary.parts[change].tally.sharings} />
        </div>
      ))}
    </>
  )
}
