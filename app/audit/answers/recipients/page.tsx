import type { Metadata } from "next"
import { AnswerHead } from "@/components/answers/answer-head"
import { AnswerPager } from "@/components/answers/answer-pager"
import { questionWords } from "@/components/answers/answer-words"
import { RecipientsForm } from "@/components/answers/recipients-form"
import { RecipientsTable } from "@/components/answers/recipients-table"
import { DaySwitch } from "@/components/shell/day-switch"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readRecipients as readQuestion, recipientsWords } from "@/domain/answers/recipients"
import { readRecipients } from "@/usecases/answers/recipients"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("answers.recipients") }

const PATH = "/audit/answers/recipients"

/** Who receives which data of whom, where, under what, as of an instant and about a day. */
async function Recipients({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const { query, unknown } = readQuestion(allOf(words))
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const after = one(words, "after").slice(0, 1600)
  const page = shown(await readRecipients(scene, { query, after, size: 25, asOf: clocks.asOf, on: clocks.on }))
  const asked = recipientsWords(query)
  const address = asked.length ? `${PATH}?${new URLSearchParams(asked)}` : PATH
  const times: [string, string][] = [
    ...(clocks.asOfText ? [["as-of", clocks.asOfText] as [string, string]] : []),
    ...(clocks.onText ? [["on", clocks.onText] as [string, string]] : []),
  ]
  const says = { ...questionWords(query), day: say("recipients.on", { day: dayWords(page.day) }) }
  const key = page.flows === 0 ? "recipients.none" : page.more ? "recipients.lede-more" : "recipients.lede"
  return (
    <Frame scene={scene} current="/audit/answers" past={pastOf(address, clocks)}>
      <AnswerHead
        title={say("answers.recipients")}
        said={page.said}
        day={page.day}
        asked={{ name: scene.actor.name, at: scene.now }}
        csv={withClocks(address.replace(PATH, "/api/v1/audit/answers/recipients.csv"), clocks)}
      >
        <DaySwitch path={PATH} keep={asked} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={clocks.on ?? ""} />
      </AnswerHead>
      <p className="lede">{say(key, { ...says, flows: page.flows, recipients: page.recipients })}</p>
      {unknown.length ? (
        <Notice tone="warn">
          <p>{say("answers.unknown-words", { words: unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      <RecipientsForm query={query} entities={page.entities} keep={times} />
      {page.lines.length ? (
        <section className="card stack">
          <RecipientsTable
            lines={page.lines}
            entities={page.entities}
            day={page.day}
            hrefOf={(path) => withClocks(path, clocks)}
          />
          <AnswerPager path={PATH} words={[...asked, ...times]} after={after} next={page.next} />
        </section>
      ) : null}
    </Frame>
  )
}

/** The words of the address, each as often as it stands there. */
function allOf(words: Record<string, string | string[] | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(words).flatMap(([name, value]) =>
      [value ?? []].flat().map((text): [string, string] => [name, text]),
    ),
  )
}

export default inFrame(Recipients)
