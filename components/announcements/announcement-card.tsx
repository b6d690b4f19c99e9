import Link from "next/link"
import { FileWay, fileOption, type FileHeld, type HeldById } from "@/components/files/file-way"
import { SelectField, TextArea } from "@/components/ui/field"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import type { AnnouncementLine } from "@/domain/announcements/line"
import { changeWords } from "./change-words"

const TONE: Record<AnnouncementLine["state"], Tone> = {
  open: "review",
  "last-days": "warn",
  over: "bad",
  accepted: "good",
  objected: "bad",
  silence: "warn",
}

type File = { id: string; name: string; held: FileHeld | null }
/** What was typed into the form of this announcement, and what was wrong with it. */
type Sent = { typed: (name: string) => string; wrong: (name: string) => string | null }

/** What a party announced, its clock, what was answered; and the form that answers it. Works without script. */
export function AnnouncementCard({
  line,
  files,
  held,
  works,
  ...sent
}: {
  line: AnnouncementLine
  files: readonly File[]
  held: HeldById
  works: boolean
} & Sent) {
  return (
    <section className="card stack" aria-labelledby={line.id}>
      <div className="row between">
        <h3 id={line.id}>{changeWords(line)}</h3>
        <StatusTag tone={TONE[line.state]}>{say(`announced.state.${line.state}`)}</StatusTag>
      </div>
      <p>
        <Link href={`/parties/${line.partyId}`} prefetch={false}>
          {line.partyName}
        </Link>{" "}
        {say("announced.by", { day: dayWords(line.announcedOn), entity: line.entityName })}{" "}
        {say("announced.effect", { day: dayWords(line.effectOn) })} {line.task}
        {line.countries.length ? `, ${line.countries.map(countryName).join(", ")}` : ""}.
      </p>
      <p className="soft">
        {say(`announced.term.${line.term}`, { day: dayWords(line.objectUntil), n: line.termDays })}{" "}
        {line.agreementId ? (
          <Link href={`/agreements/${line.agreementId}`} prefetch={false}>
            {say("announced.paper")}
          </Link>
        ) : null}
      </p>
      {line.fileId ? (
        <p>
          <FileWay id={line.fileId} label={say("announced.source")} held={held[line.fileId]} />
        </p>
      ) : null}
      <Answered line={line} held={held} />
      {works && line.mayAnswer ? <AnswerForm {...{ line, files }} {...sent} /> : null}
      {works && line.state === "silence" ? <ChainForm line={line} /> : null}
    </section>
  )
}

function Answered({ line, held }: { line: AnnouncementLine; held: HeldById }) {
  const { answer, answeredAt, answeredBy, reason } = line
  return (
    <>
      {line.asked > 0 ? <p>{say("announced.asked", { n: line.asked, last: line.question ?? "" })}</p> : null}
      {answer && answeredAt ? (
        <p>
          {say(`announced.answered.${answer}`, {
            ...{ day: dayWords(answeredAt.slice(0, 10)), who: answeredBy ?? "", reason: reason ?? "" },
          })}{" "}
          {line.letterId ? (
            <FileWay id={line.letterId} label={say("announced.letter")} held={held[line.letterId]} />
          ) : null}{" "}
          {line.requestId ? (
            <Link href={`/requests/${line.requestId}`} prefetch={false}>
              {say("announced.request")}
            </Link>
          ) : null}
        </p>
      ) : null}
    </>
  )
}

const titleOf = (line: AnnouncementLine): string =>
  say("announced.request-title", { party: line.partyName, change: changeWords(line) }).slice(0, 300)

function AnswerForm({ line, files, typed, wrong }: { line: AnnouncementLine; files: readonly File[] } & Sent) {
  return (
    <form className="stack" method="post" action="/api/v1/announcements/answers" aria-label={changeWords(line)}>
      <input type="hidden" name="id" value={line.id} />
      <input type="hidden" name="title" value={titleOf(line)} />
      <TextArea
        {...{ name: "reason", id: `reason-${line.id}`, label: say("announced.reason"), rows: 2, required: true }}
        value={typed("reason")}
        error={wrong("reason")}
      />
      <SelectField
        {...{ name: "fileId", id: `file-${line.id}`, label: say("announced.letter-pick") }}
        help={say("announced.letter-help")}
        value={typed("fileId")}
        error={wrong("fileId")}
        options={[{ value: "", label: say("announced.letter-none") }, ...files.map(fileOption)]}
      />
      <div className="row">
        {(["accepted", "objected", "asked"] as const).map((answer) => (
          <button key={answer} type="submit" name="answer" value={answer}>
            {say(`announced.do.${answer}`)}
          </button>
        ))}
      </div>
    </form>
  )
}

function ChainForm({ line }: { line: AnnouncementLine }) {
  return (
    <form method="post" action="/api/v1/announcements/chain">
      <input type="hidden" name="id" value={line.id} />
      <input type="hidden" name="title" value={titleOf(line)} />
      <button type="submit">{say("announced.chain")}</button>
    </form>
  )
}
