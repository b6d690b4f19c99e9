import Link from "next/link"
import { kindOfId, pathOf } from "@/components/records/record-path"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { ofCompanies, queryAddress, type InquiryQuery } from "@/domain/inquiries/query"

type Result = { count: number; more: boolean; first: readonly { id: string; title: string; party: string | null }[] }

export type AnsweredLine = {
  place: number
  number: string
  text: string | null
  prose: string | null
  query: InquiryQuery | null
  result: Result | null
  fileIds: readonly string[]
  files: readonly { id: string; name: string; sha256: string }[]
  byName: string
  at: string
}

/** So many records stand beside an answer; the register has all of them. */
const FIRST = 10

/** What is answered: words, what the register said as of the instant, files, and by whom when. */
export function Answered(props: {
  line: AnsweredLine
  instant: string
  companies: readonly string[]
  queryWords: string
}) {
  const { line, instant, companies } = props
  if (line.prose === null && line.query === null && line.fileIds.length === 0)
    return <p className="soft">{say("inquiry.unanswered")}</p>
  const hidden = line.fileIds.length - line.files.length
  return (
    <>
      <p className="prose">{line.prose ?? say("inquiry.erased")}</p>
      {line.query && line.result ? (
        <Asked {...{ query: line.query, result: line.result, instant, companies, queryWords: props.queryWords }} />
      ) : null}
      {line.fileIds.length > 0 ? (
        <>
          <h3>{say("inquiry.files")}</h3>
          <ul className="plain-list">
            {line.files.map((file) => (
              <li key={file.id}>
                <a className="tall" href={`/api/v1/files/${file.id}`}>
                  {file.name}
                </a>
              </li>
            ))}
            {hidden > 0 ? <li className="soft">{say("inquiry.file-hidden")}</li> : null}
          </ul>
        </>
      ) : null}
      <p className="soft small">
        {say("inquiry.answered-by", { by: line.byName })}, <At instant={line.at} />
      </p>
    </>
  )
}

type AskedProps = {
  query: InquiryQuery
  result: Result
  instant: string
  companies: readonly string[]
  queryWords: string
}

function Asked(props: AskedProps) {
  const { query, result, instant } = props
  const shown = result.first.slice(0, FIRST)
  return (
    <section className="inquiry-asked stack">
      <h3>{say("inquiry.asked")}</h3>
      <p>
        {props.queryWords}:{" "}
        <strong>{say(result.more ? "inquiry.count-more" : "inquiry.count", { n: result.count })}</strong>
      </p>
      {shown.length > 0 ? (
        <>
          {result.count > shown.length ? (
            <p className="soft small">{say("inquiry.first-of", { n: shown.length })}</p>
          ) : null}
          <ul className="plain-list">
            {shown.map(({ id, title, party }, at) => {
              const kind = kindOfId(id)
              return (
                <li key={`${id}${at}`}>
                  {kind ? (
                    <Link
                      className="tall"
                      data-printed={id}
                      href={`${pathOf(kind, id)}?as-of=${encodeURIComponent(instant)}`}
                      prefetch={false}
                    >
                      {title}
                    </Link>
                  ) : (
                    title
                  )}
                  {party === null ? null : <span className="soft small">, {party}</span>}
                </li>
              )
            })}
          </ul>
        </>
      ) : null}
      <p className="no-print">
        <Link className="tall" href={queryAddress(ofCompanies(query, props.companies), instant)} prefetch={false}>
          {say("inquiry.open-query")}
        </Link>
      </p>
    </section>
  )
}
