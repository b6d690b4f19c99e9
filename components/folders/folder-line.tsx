import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { isTorn } from "@/domain/matching/conflicts"
import type { Candidate } from "@/domain/matching/match"
import { reasonsWords } from "./reason-words"

export type LineShown = {
  line: number
  name: string
  fileId: string | null
  sha256: string | null
  state: string
  says: string | null
  verdict: string | null
  candidates: readonly Candidate[]
  choice: string
  agreementId: string | null
  requestId: string | null
  over: boolean
}
export type AroundShown = {
  papers: Record<string, { title: string; ended: boolean; files: { sha256: string }[] }>
  inWay: Record<number, { name: string }[]>
  open: Record<string, { id: string; title: string }>
}
type Place = { id: string; view: string; after: number }

const TONE: Record<string, Tone> = { sure: "good", likely: "warn", nothing: "quiet", confirmed: "good", aside: "quiet" }

/** How a file stands: what somebody said of it, else what was found. */
export function LineTag({ line }: { line: LineShown }) {
  if (line.state !== "read") return <StatusTag tone="quiet">{say(`folder.state.${line.state}`)}</StatusTag>
  if (line.requestId) return <StatusTag tone="good">{say("folder.view.proposed")}</StatusTag>
  const [key, of] = line.choice === "open" ? ["verdict", line.verdict ?? "nothing"] : ["choice", line.choice]
  return <StatusTag tone={TONE[of] ?? "quiet"}>{say(`folder.${key}.${of}`)}</StatusTag>
}

/** One file of a folder: where it may belong and why, and what can be done about it. */
export function FolderLineCard({ line, around, place }: { line: LineShown; around: AroundShown; place: Place }) {
  const [best] = line.candidates
  const goesTo = line.agreementId ?? (line.choice === "open" ? best?.id : undefined)
  const paper = goesTo ? around.papers[goesTo] : undefined
  const reasons = line.candidates.find(({ id }) => id === goesTo)?.reasons ?? []
  const way = around.inWay[line.line] ?? []
  const open = goesTo ? around.open[goesTo] : undefined
  const torn = line.choice === "open" && isTorn(line.candidates)
  const says = [
    torn ? say("folder.torn") : null,
    way.length > 0 ? say("folder.in-way", { names: way.map(({ name }) => name).join(", ") }) : null,
    line.over ? say("folder.over") : null,
    open && open.id !== line.requestId ? say("folder.elsewhere", { title: open.title }) : null,
    paper?.ended ? say("folder.is-ended") : null,
    paper?.files.some(({ sha256 }) => sha256 === line.sha256) ? say("folder.lies-there") : null,
  ].filter((said) => said !== null)
  return (
    <li id={`line-${line.line}`} className="card stack">
      <div className="row between">
        <strong>{line.name}</strong>
        <LineTag line={line} />
      </div>
      {line.says ? <p className="soft">{say(line.says)}</p> : null}
      {goesTo && paper ? (
        <p>
          {say(line.choice === "confirmed" ? "folder.to" : "folder.maybe")}{" "}
          <Link className="tall" href={`/agreements/${goesTo}`} prefetch={false}>
            {paper.title}
          </Link>
          {reasons.length > 0 ? <span className="soft small"> {reasonsWords(reasons)}</span> : null}
        </p>
      ) : null}
      {says.length > 0 ? (
        <ul className="plain-list soft small">
          {says.map((said) => (
            <li key={said}>{said}</li>
          ))}
        </ul>
      ) : null}
      {line.state === "read" ? (
        <Acts
          line={line}
          place={place}
          goesTo={paper && !paper.ended ? goesTo : undefined}
          title={paper?.title ?? ""}
        />
      ) : null}
    </li>
  )
}

type ActsProps = { line: LineShown; place: Place; goesTo: string | undefined; title: string }

function Acts({ line, place, goesTo, title }: ActsProps) {
  const { name } = line
  if (line.requestId)
    return (
      <div className="row">
        <Link className="tall" href={`/requests/${line.requestId}`} prefetch={false}>
          {say("folder.request")}
        </Link>
        {line.over ? (
          <Choose {...{ line, place, choice: "open" }} label={say("folder.reopen-for", { name })}>
            {say("folder.reopen")}
          </Choose>
        ) : null}
      </div>
    )
  return (
    <div className="row">
      {line.choice === "open" && goesTo ? (
        <Choose
          {...{ line, place, choice: "confirm", agreementId: goesTo }}
          primary
          label={say("folder.confirm-for", { title, name })}
        >
          {say("folder.confirm")}
        </Choose>
      ) : null}
      {line.choice === "open" ? (
        <Choose {...{ line, place, choice: "aside" }} label={say("folder.aside-for", { name })}>
          {say("folder.aside")}
        </Choose>
      ) : (
        <Choose {...{ line, place, choice: "open" }} label={say("folder.reopen-for", { name })}>
          {say("folder.reopen")}
        </Choose>
      )}
      <Link
        className="button compact"
        href={`/agreements/folders/${place.id}/lines/${line.line}`}
        prefetch={false}
        aria-label={say("folder.other-for", { name })}
      >
        {say("folder.other")}
      </Link>
    </div>
  )
}

/** A button that says one thing of one file. */
export function Choose(props: {
  line: { line: number }
  place: Place
  choice: "confirm" | "aside" | "open"
  agreementId?: string
  primary?: boolean
  label: string
  children: string
}) {
  const { line, place, choice, agreementId } = props
  return (
    <form method="post" action={`/api/v1/folders/${place.id}/lines`}>
      <input type="hidden" name="line" value={line.line} />
      <input type="hidden" name="choice" value={choice} />
      {agreementId ? <input type="hidden" name="agreementId" value={agreementId} /> : null}
      <input type="hidden" name="view" value={place.view} />
      <input type="hidden" name="after" value={place.after} />
      <button className={props.primary ? "primary compact" : "compact"} type="submit" aria-label={props.label}>
        {props.children}
      </button>
    </form>
  )
}
