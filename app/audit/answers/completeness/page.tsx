import type { Metadata } from "next"
import Link from "next/link"
import { AnswerHead } from "@/components/answers/answer-head"
import { TextArea } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { LINES_MOST, type CheckedLine, type CompletenessPage } from "@/usecases/answers/check-completeness"
import { kept, shownOnce } from "@/usecases/people/kept"
import { clocksOf } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, signedIn, type Words } from "@/app/page-frame"
import { notFound } from "next/navigation"

export const metadata: Metadata = { title: say("answers.completeness") }

const PATH = "/audit/answers/completeness"
const DOOR = "/api/v1/audit/answers/completeness"

/** Names, hosts or lines of a ledger held against the register as of a day. The answer is shown once. */
async function Completeness({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  if (!mayAct("answers.read", scene.actor).ok) notFound()
  const asOf = clocksOf(one(words, "as-of"), "").asOf?.slice(0, 10) ?? ""
  const answer = one(words, "done") ? (await shownOnce(scene, PATH))?.answer : undefined
  const page = answer === undefined ? null : (JSON.parse(answer) as CompletenessPage)
  const typed = one(words, "refused") ? ((await kept(scene, PATH))?.input ?? {}) : {}
  const list = typeof typed.list === "string" ? typed.list : ""
  const field = one(words, "field")
  return (
    <Frame scene={scene} current="/audit/answers">
      <AnswerHead
        title={say("answers.completeness")}
        said={page?.said ?? scene.now}
        asked={{ name: scene.actor.name, at: scene.now }}
      />
      {page ? <Result page={page} asOf={asOf} /> : <p className="lede">{say("complete.lede")}</p>}
      <RefusedNotice words={words} />
      <form className="card stack no-print" method="post" action={DOOR}>
        <TextArea
          name="list"
          label={say("complete.list")}
          help={say("complete.list-help", { n: LINES_MOST })}
          rows={10}
          value={list}
          required
          error={field === "invalid.list-empty" || field === "invalid.list-long" ? field : null}
        />
        <div className="field">
          <label htmlFor="as-of">{say("complete.as-of")}</label>
          <span className="help" id="as-of-help">
            {say("complete.as-of-help")}
          </span>
          <input id="as-of" name="as-of" type="date" defaultValue={asOf} aria-describedby="as-of-help" />
        </div>
        <div className="row">
          <button className="primary" type="submit">
            {say("complete.go")}
          </button>
          <button type="submit" formAction={`${DOOR}.csv`}>
            {say("complete.file")}
          </button>
        </div>
      </form>
    </Frame>
  )
}

const TONE: Record<CheckedLine["verdict"], Tone> = {
  registered: "good",
  "no-personal-data": "good",
  undecided: "warn",
  unknown: "bad",
}

function Result({ page, asOf }: { page: CompletenessPage; asOf: string }) {
  const { counts } = page
  const at = (id: string): string => `/parties/${id}${asOf ? `?as-of=${asOf}` : ""}`
  const { registered, undecided, unknown } = counts
  return (
    <section className="card stack" aria-labelledby="result">
      <h2 id="result">{say("complete.result")}</h2>
      <p className="lede">
        {say("complete.sum", {
          n: page.lines.length,
          registered,
          undecided,
          unknown,
          none: counts["no-personal-data"],
        })}{" "}
        {page.empty ? say("complete.empty-lines", { n: page.empty }) : ""}
      </p>
      <p className="soft small no-print">{say("complete.once")}</p>
      <div className="scroll" role="region" aria-label={say("complete.result")} tabIndex={0}>
        <table className="list dense">
          <thead>
            <tr>
              {["pasted", "verdict", "party", "line"].map((column) => (
                <th key={column} scope="col">
                  {say(`complete.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.lines.map((line) => (
              <tr key={line.line}>
                <th scope="row">{line.name}</th>
                <td>
                  <StatusTag tone={TONE[line.verdict]}>{say(`complete.${line.verdict}`)}</StatusTag>
                </td>
                <td>
                  <Named line={line} at={at} />
                </td>
                <td data-label={say("complete.line")}>{line.line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Named({ line, at }: { line: CheckedLine; at: (id: string) => string }) {
  if (line.partyId === null || line.partyName === null) return null
  const name =
    line.verdict === "unknown"
      ? say("complete.perhaps", { name: line.partyName, likeness: line.likeness ?? 0 })
      : line.partyName
  return (
    <>
      {line.opens ? (
        <Link href={at(line.partyId)} prefetch={false}>
          {name}
        </Link>
      ) : (
        name
      )}
      {line.how && line.how !== "similar" ? (
        <span className="soft small"> {say(`complete.how.${line.how}`)}</span>
      ) : null}
    </>
  )
}

export default inFrame(Completeness)
