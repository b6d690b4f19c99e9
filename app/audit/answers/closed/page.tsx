import type { Metadata } from "next"
import Link from "next/link"
import { AnswerHead } from "@/components/answers/answer-head"
import { AnswerPager } from "@/components/answers/answer-pager"
import { DaySwitch } from "@/components/shell/day-switch"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { closedRequests } from "@/usecases/answers/requests-then"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

const PATH = "/audit/answers/closed"
const stateOf = (word: string): "refused" | "withdrawn" => (word === "withdrawn" ? "withdrawn" : "refused")

/** The page is called like the list that it shows. */
export async function generateMetadata({ searchParams }: { searchParams: Words }): Promise<Metadata> {
  return { title: say(`answers.${stateOf(one(await searchParams, "state"))}`) }
}

/** Requests that were refused, or withdrawn, by a day. */
async function Closed({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const state = stateOf(one(words, "state"))
  const clocks = clocksOf(one(words, "as-of"), "")
  const after = one(words, "after").slice(0, 1600)
  const page = shown(await closedRequests(scene, { state, after, asOf: clocks.asOf }))
  const asked: [string, string][] = [["state", state]]
  const times: [string, string][] = clocks.asOfText ? [["as-of", clocks.asOfText]] : []
  const past = pastOf(`${PATH}?state=${state}`, clocks)
  const columns = ["closed.request", "closed.brought", "closed.begun", `closed.${state}-at`]
  return (
    <Frame scene={scene} current="/audit/answers" past={past ? { ...past, other: null } : null}>
      <AnswerHead
        title={say(`answers.${state}`)}
        said={page.said}
        asked={{ name: scene.actor.name, at: scene.now }}
        csv={withClocks(`/api/v1/audit/answers/${state}.csv`, clocks)}
      >
        <DaySwitch path={PATH} keep={asked} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={null} />
      </AnswerHead>
      <p className="lede">{say(page.lines.length || after ? `closed.${state}-lede` : `closed.${state}-none`)}</p>
      {page.lines.length ? (
        <section className="card stack">
          <div className="scroll" role="region" aria-label={say(`answers.${state}`)} tabIndex={0}>
            <table className="list dense">
              <thead>
                <tr>
                  {[...columns, ...(state === "refused" ? ["closed.refused-by"] : [])].map((key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row">
                      <Link href={`/requests/${line.id}`} prefetch={false}>
                        R-{line.no} {line.title}
                      </Link>
                      <div className="soft small">
                        <Link href={withClocks(`/requests/${line.id}/history`, clocks)} prefetch={false}>
                          {say("history.link")}
                        </Link>
                      </div>
                    </th>
                    <td data-label={say("closed.brought")}>{line.byName}</td>
                    <td data-label={say("closed.begun")}>
                      <At instant={line.createdAt} />
                    </td>
                    <td data-label={say(`closed.${state}-at`)}>
                      <At instant={line.closedAt} />
                    </td>
                    {state === "refused" ? (
                      <td data-label={say("closed.refused-by")}>
                        {line.refusedBy && line.stage
                          ? say("closed.as", { name: line.refusedBy, stage: say(`stage.${line.stage}`) })
                          : null}
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <AnswerPager path={PATH} words={[...asked, ...times]} after={after} next={page.next} />
        </section>
      ) : null}
    </Frame>
  )
}

export default inFrame(Closed)
