import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

const TONES: Record<string, Tone> = { near: "warn", today: "warn", late: "bad" }

/** The day by which a stage is due, with a word where it is near or past. */
export function DueOn({ dueOn, mark }: { dueOn: string | null; mark: string | null }) {
  if (!dueOn) return null
  return (
    <>
      <On day={dueOn} />
      {mark ? (
        <>
          {" "}
          <StatusTag tone={TONES[mark] ?? "quiet"}>{say(`due.${mark}`)}</StatusTag>
        </>
      ) : null}
    </>
  )
}
