import { Fragment, type ReactNode } from "react"
import { FileWay, type FileHeld } from "@/components/files/file-way"
import { say } from "@/components/words/catalogue"
import { isAnswered, QUESTIONS, type Answers, type Question } from "@/domain/asked/questions"
import { countryName } from "@/domain/core/country-name"
import { MEASURES } from "@/domain/vocabulary/measures"
import { dayWords } from "@/components/ui/when"

type Files = readonly { id: string; name: string; held: FileHeld | null }[]

const MEASURE = new Map<string, string>(MEASURES.map((one) => [one.code, one.label]))
const countries = (codes: readonly string[]): string => codes.map(countryName).join(", ") || say("asked.says-none")

/** What a supplier says of one question, in words: text alone, whatever it holds. */
function linesOf(question: Question, said: Answers): string[] {
  switch (question) {
    case "where":
      return [say("asked.says-where", { hosting: countries(said.hosting), access: countries(said.access) })]
    case "subprocessors":
      return said.noSubs
        ? [say("asked.says-nobody")]
        : said.subprocessors.map((one) =>
            [one.name, one.country ? countryName(one.country) : "", one.task].filter(Boolean).join(" · "),
          )
    case "measures":
      return [...said.measures.map((code) => MEASURE.get(code) ?? code), said.measuresText].filter(Boolean)
    case "retention":
      return [
        said.retentionDays === null ? "" : say("asked.says-days", { n: said.retentionDays }),
        said.deletion,
      ].filter(Boolean)
    case "contact":
      return said.contact ? [said.contact.name, said.contact.email, said.contact.phone].filter(Boolean) : []
    case "certificates":
      return said.certificates.map((one) =>
        one.until ? say("asked.says-until", { name: one.name, day: dayWords(one.until) }) : one.name,
      )
    default:
      return [said.notes]
  }
}

/** The answers of a supplier, question by question; `beside` is what stands next to each, such as the way to take it over. */
export function Said({
  said,
  files,
  only,
  beside,
}: {
  said: Answers
  files: Files
  only?: readonly Question[]
  beside?: (question: Question) => ReactNode
}) {
  const shown = QUESTIONS.filter(
    (question) => isAnswered(question, said, files.length) && (!only || only.includes(question)),
  )
  return (
    <dl>
      {shown.map((question) => (
        <Fragment key={question}>
          <dt>{say(`asked.question.${question}`)}</dt>
          <dd>
            {linesOf(question, said)
              .flatMap((text) => text.split("\n"))
              .map((line, n) => (
                <div key={`${n}${line}`}>{line}</div>
              ))}
            {question === "certificates"
              ? files.map((file) => (
                  <div key={file.id}>
                    <FileWay id={file.id} label={file.name} held={file.held} />
                  </div>
                ))
              : null}
            {beside?.(question)}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}
