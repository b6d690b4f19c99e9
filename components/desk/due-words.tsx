import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

const TONE: Record<string, Tone> = {
  overdue: "bad",
  "next-30": "warn",
  "next-90": "review",
  later: "quiet",
  "no-day": "warn",
}

/** By when something is due, with a sign for how soon that is. */
export function DueWords({ when, dueOn }: { when: string; dueOn: string | null }) {
  return (
    <>
      <StatusTag tone={TONE[when] ?? "quiet"}>{say(`desk.when.${when}`)}</StatusTag>
      {dueOn ? (
        <div className="soft small">
          <time dateTime={dueOn}>{dayWords(dueOn)}</time>
        </div>
      ) : null}
    </>
  )
}

/** A person by name; what was erased says so. */
export function PersonWords({ person, erased }: { person: string | null; erased: boolean }) {
  if (erased) return <span className="soft">{say("desk.erased")}</span>
  return person ? <>{person}</> : <span className="soft">{say("desk.nobody")}</span>
}
