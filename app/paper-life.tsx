import Link from "next/link"
import { standsWords } from "@/components/renewals/stands-words"
import { Steps } from "@/components/renewals/steps"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { arithmeticOf } from "@/domain/agreements/arithmetic"
import { endOfPaper, rulesOf } from "@/domain/agreements/rules-of"
import { standingOn } from "@/domain/agreements/terms"
import { inEffect } from "@/domain/checks/papers"
import { addDays, type Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import type { AnyRecord } from "@/domain/records/kinds"
import { readPaperCover, type CoverLine } from "@/usecases/renewals/read-cover"
import type { Scene } from "@/usecases/scene"

/** Whether anything can be said of the paper's term, so that its next one is decided about from its days. */
export function hasTerm(body: Agreement, standing: string, today: Day): boolean {
  if (standing === "ended" || endOfPaper(body, standing) === undefined) return false
  const rules = rulesOf(body)
  return standingOn(rules, today).is !== "open" || arithmeticOf(rules, today).length > 1
}

/** The term of a paper on the day: how it stands, and how its days come about. */
export function PaperTerm(props: {
  id: string
  body: Agreement
  standing: string
  today: Day
  works: boolean
  /** Records beside it: another paper may stand in its place. */
  beside: readonly AnyRecord[]
}) {
  const { id, body, standing, today, works } = props
  if (!hasTerm(body, standing, today)) return null
  const rules = rulesOf(body)
  const now = standingOn(rules, today)
  const steps = arithmeticOf(rules, today)
  const instead = standsInstead(id, props.beside, today)
  return (
    <section className="card stack" aria-labelledby="term">
      <div className="row between">
        <h2 id="term">{say("life.term")}</h2>
        {works ? (
          <Link className="button compact" href={`/agreements/${id}/letters`} prefetch={false}>
            {say("letters.link")}
          </Link>
        ) : null}
      </div>
      {instead ? (
        <p>
          {say("life.replaced", { from: dayWords(instead.from) })}{" "}
          <Link className="tall" href={`/agreements/${instead.id}`} prefetch={false}>
            {instead.title}
          </Link>
        </p>
      ) : (
        <p>{standsWords(now)}</p>
      )}
      <details>
        <summary className="more">{say("renewal.arithmetic")}</summary>
        <Steps steps={steps} />
        <p className="soft small">{say("renewal.convention")}</p>
      </details>
    </section>
  )
}

/** The paper that holds in the place of this one on the day, and since when; null: none does. */
export function standsInstead(id: string, beside: readonly AnyRecord[], today: Day) {
  for (const one of beside) {
    if (one.kind !== "agreement" || one.body.replaces !== id || one.standing === "ended") continue
    const from = inEffect(one)[0]?.from ?? null
    if (from !== null && from <= today) return { id: one.id, title: one.body.title, from }
  }
  return null
}

/** Which sharings the paper covers, since when, what stands on it in each, and which would be uncovered without it. */
export async function PaperCovers({ scene, id }: { scene: Scene; id: string }) {
  const found = await readPaperCover(scene, { id })
  if (!found.ok || found.value.lines.length === 0) return null
  const { lines, more, names } = found.value
  const lost = lines.filter((line) => line.uncovered !== null).length
  return (
    <section className="card stack" aria-labelledby="covers">
      <h2 id="covers">{say("around.covered")}</h2>
      <p>
        {lost ? say("covers.lost", { n: lost, all: lines.length }) : say("covers.none-lost", { all: lines.length })}
      </p>
      <div className="scroll" role="region" aria-labelledby="covers" tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["covers.sharing", "covers.days", "covers.clauses", "covers.without"].map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <Link className="tall" href={`/sharings/${line.id}`} prefetch={false}>
                    {line.title}
                  </Link>
                  <div className="soft small">{names[line.entityId] ?? ""}</div>
                </th>
                <td data-label={say("covers.days")}>
                  {line.days.length ? (
                    line.days.map((one) => <div key={one.from ?? ""}>{daysWords(one)}</div>)
                  ) : (
                    <span className="soft">{say("covers.no-day")}</span>
                  )}
                </td>
                <td data-label={say("covers.clauses")}>
                  <Clauses clauses={line.clauses} />
                </td>
                <td data-label={say("covers.without")}>
                  <Lost line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more ? <p className="soft small">{say("covers.more", { n: lines.length })}</p> : null}
    </section>
  )
}

function daysWords({ from, to }: Stretch): string {
  if (from === null) return say("covers.always")
  return to === null
    ? say("coverage.since", { from: dayWords(from) })
    : say("coverage.range", { from: dayWords(from), to: dayWords(addDays(to, -1)) })
}

function Clauses({ clauses }: { clauses: readonly string[] }) {
  if (clauses.length === 0) return <span className="soft">{say("covers.no-clauses")}</span>
  return clauses.map((clause, i) => (
    <span key={clause}>
      {i ? ", " : ""}
      <Link className="nowrap" href={`/promises/${encodeURIComponent(clause)}`} prefetch={false}>
        {clause}
      </Link>
    </span>
  ))
}

function Lost({ line }: { line: CoverLine }) {
  return line.uncovered ? (
    <StatusTag tone="warn">{say("covers.uncovered", { from: dayWords(line.uncovered) })}</StatusTag>
  ) : (
    <span className="soft">{say("covers.still")}</span>
  )
}
