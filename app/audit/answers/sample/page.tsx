import type { Metadata } from "next"
import Link from "next/link"
import { AnswerHead } from "@/components/answers/answer-head"
import { stratumWords } from "@/components/answers/stratum-words"
import { DaySwitch } from "@/components/shell/day-switch"
import { SelectField, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { sampleShape, STRATA, type SampleQuery } from "@/domain/answers/drawn"
import { drawSample, type SamplePage } from "@/usecases/answers/draw-sample"
import { clocksOf, pastOf, withClocks, type Clocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("answers.sample") }

const PATH = "/audit/answers/sample"
const FIELDS = ["seed", "by", "how", "n", "least"] as const

/** A sample of sharings by groups, from a seed; without one the question alone, and nothing is looked at. */
async function Sample({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const typed = Object.fromEntries(FIELDS.map((name) => [name, one(words, name)]))
  const said: [string, string][] = FIELDS.flatMap((name) => (typed[name] ? [[name, typed[name]]] : []))
  const read = sampleShape.safeParse(Object.fromEntries(said))
  const wrong = new Map(
    read.success || said.length === 0
      ? []
      : read.error.issues.map((issue) => [
          String(issue.path[0]),
          issue.message.startsWith("invalid.") ? issue.message : "invalid.required",
        ]),
  )
  const drawn = read.success ? await drawSample(scene, { query: read.data, asOf: clocks.asOf, on: clocks.on }) : null
  if (drawn && !drawn.ok) for (const field of drawn.fields ?? []) wrong.set(field.path, field.says)
  const page = drawn && (drawn.ok || wrong.size === 0) ? shown(drawn) : null
  const address = said.length ? `${PATH}?${new URLSearchParams(said)}` : PATH
  return (
    <Frame scene={scene} current="/audit/answers" past={pastOf(address, clocks)}>
      <AnswerHead
        title={say("answers.sample")}
        said={page?.said ?? clocks.asOf ?? scene.now}
        day={page?.day ?? clocks.on}
        asked={{ name: scene.actor.name, at: scene.now }}
        csv={page ? withClocks(address.replace(PATH, "/api/v1/audit/answers/sample.csv"), clocks) : null}
      >
        <DaySwitch path={PATH} keep={said} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={clocks.on ?? ""} />
      </AnswerHead>
      <p className="lede">
        {page && read.success
          ? page.population
            ? say("draw.done", { taken: page.lines.length, population: page.population, seed: read.data.seed })
            : say("draw.none")
          : say("draw.lede")}
      </p>
      <Question typed={typed} wrong={wrong} clocks={clocks} open={!page} />
      {page && read.success ? <Drawn page={page} query={read.data} clocks={clocks} /> : null}
    </Frame>
  )
}

type QuestionProps = {
  typed: Record<string, string>
  wrong: ReadonlyMap<string, string>
  clocks: Clocks
  open: boolean
}

function Question({ typed, wrong, clocks, open }: QuestionProps) {
  const error = (name: string): string | null => wrong.get(name) ?? null
  return (
    <details className="card no-print" open={open}>
      <summary className="more">{say("recipients.question")}</summary>
      {wrong.size ? (
        <Notice tone="bad">
          <p>{say("invalid.form")}</p>
        </Notice>
      ) : null}
      <form className="stack" action={PATH}>
        <TextField
          name="seed"
          label={say("draw.seed")}
          help={say("draw.seed-help")}
          value={typed.seed}
          error={error("seed")}
        />
        <SelectField
          name="by"
          label={say("draw.by")}
          value={typed.by || "mode"}
          options={STRATA.map((value) => ({ value, label: say(`draw.by.${value}`) }))}
          error={error("by")}
        />
        <SelectField
          name="how"
          label={say("draw.how")}
          value={typed.how || "each"}
          options={["each", "share"].map((value) => ({ value, label: say(`draw.how.${value}`) }))}
          error={error("how")}
        />
        <TextField name="n" type="number" label={say("draw.n")} value={typed.n || "5"} error={error("n")} />
        <TextField
          name="least"
          type="number"
          label={say("draw.least")}
          help={say("draw.least-help")}
          value={typed.least || "0"}
          error={error("least")}
        />
        {clocks.asOfText ? <input type="hidden" name="as-of" value={clocks.asOfText} /> : null}
        {clocks.onText ? <input type="hidden" name="on" value={clocks.onText} /> : null}
        <div>
          <button className="primary" type="submit">
            {say("draw.go")}
          </button>
        </div>
      </form>
    </details>
  )
}

function Drawn({ page, query, clocks }: { page: SamplePage; query: SampleQuery; clocks: Clocks }) {
  const named = (stratum: string): string => stratumWords(query.by, stratum, page.entities)
  const first = page.lines[0]
  return (
    <>
      <section className="card stack" aria-labelledby="groups">
        <h2 id="groups">{say("draw.groups")}</h2>
        <div className="scroll" role="region" aria-label={say("draw.groups")} tabIndex={0}>
          <table className="list dense">
            <thead>
              <tr>
                <th scope="col">{say("draw.group")}</th>
                <th scope="col">{say("draw.size")}</th>
                <th scope="col">{say("draw.taken")}</th>
              </tr>
            </thead>
            <tbody>
              {page.strata.map((stratum) => (
                <tr key={stratum.name}>
                  <th scope="row">{named(stratum.name)}</th>
                  <td data-label={say("draw.size")}>{stratum.size}</td>
                  <td data-label={say("draw.taken")}>{stratum.taken}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="card stack" aria-labelledby="sample">
        <h2 id="sample">{say("draw.sample")}</h2>
        <div className="scroll" role="region" aria-label={say("draw.sample")} tabIndex={0}>
          <table className="list dense">
            <thead>
              <tr>
                {["draw.sharing", "draw.recipient", "draw.company", "draw.group", "column.standing", "draw.rank"].map(
                  (key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {page.lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    <Link href={withClocks(`/sharings/${line.id}`, clocks)} prefetch={false}>
                      {line.title}
                    </Link>
                  </th>
                  <td>{line.partyName ?? say("recipients.nobody")}</td>
                  <td>{page.entities[line.entityId]}</td>
                  <td>{named(line.stratum)}</td>
                  <td>{say(`standing.${line.standing}`)}</td>
                  <td>
                    <code title={line.rank}>{line.rank.slice(0, 12)}…</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="card stack" aria-labelledby="redo">
        <h2 id="redo">{say("draw.redo")}</h2>
        <ol>
          <li>{say("draw.redo-1")}</li>
          <li>{say("draw.redo-2")}</li>
          <li>{say("draw.redo-3")}</li>
        </ol>
        {first ? (
          <>
            <p>{say("draw.redo-command")}</p>
            <pre className="answer-command">
              printf %s {first.id} | openssl dgst -sha256 -hmac {quoted(query.seed)}
            </pre>
          </>
        ) : null}
        <p className="soft small">
          <code>{page.method}</code>
        </p>
      </section>
    </>
  )
}

/** A word for a shell: nothing in it is run. */
const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`

export default inFrame(Sample)
