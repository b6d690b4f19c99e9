import Link from "next/link"
import { say } from "@/components/words/catalogue"

/** The ways from a page of an answer: back to its first, and on to the next. `words`: what else its address says. */
export function AnswerPager(props: {
  path: string
  words: readonly (readonly [string, string])[]
  after: string
  next: string | null
  more?: string
}) {
  const { path, words, after, next } = props
  if (!after && next === null) return null
  const at = (more: readonly (readonly [string, string])[]): string => {
    const all = new URLSearchParams([...words, ...more].map(([name, value]) => [name, value]))
    return all.size ? `${path}?${all}` : path
  }
  return (
    <div className="row no-print">
      {after ? (
        <Link className="button" href={at([])} prefetch={false}>
          {say("list.first")}
        </Link>
      ) : null}
      {next !== null ? (
        <Link className="button" href={at([["after", next]])} prefetch={false}>
          {props.more ?? say("list.more")}
        </Link>
      ) : null}
    </div>
  )
}
