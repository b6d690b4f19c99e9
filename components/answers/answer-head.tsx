import Link from "next/link"
import type { ReactNode } from "react"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

/** The head of an answer: its name, the ways from it, and on paper as well as of when it speaks, and who asked when. */
export function AnswerHead(props: {
  title: string
  /** The instant as of which it speaks, and the day that it is about, where it is about one. */
  said: string
  day?: string | null
  asked: { name: string; at: string }
  /** Where the same answer is a file. */
  csv?: string | null
  children?: ReactNode
}) {
  const { title, said, day, asked, csv } = props
  return (
    <>
      <p className="over no-print">
        <Link className="tall" href="/audit/answers" prefetch={false}>
          {say("answers.back")}
        </Link>
      </p>
      <div className="row between">
        <h1>{title}</h1>
        <div className="row no-print">
          {props.children}
          {csv ? (
            <a className="button compact" href={csv} download>
              {say("answers.csv")}
            </a>
          ) : null}
        </div>
      </div>
      <p className="soft small answer-said">
        {say("answers.said")} <At instant={said} /> {say("answers.said-utc")}
        {day ? `, ${say("answers.about-day", { day: dayWords(day) })}` : ""}.{" "}
        {say("answers.asked-by", { name: asked.name })} <At instant={asked.at} /> {say("answers.said-utc")}.
      </p>
    </>
  )
}
