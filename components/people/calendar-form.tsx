import { Choices, TextArea } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { USUAL_CALENDAR, writeHolidays, type WorkCalendar } from "@/domain/core/working-days"

const DAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: say(`calendar.day.${day}`) }))

/** When a company works: the days off each week, and its holidays one a line. */
export function CalendarForm({
  id,
  company,
  was,
  typed,
  wrong,
}: {
  id: string
  company: string
  was: (WorkCalendar & { n: number }) | null
  /** What was typed before it was refused, and which lines were wrong. */
  typed: Record<string, string | string[]> | null
  wrong: readonly { says: string; line: number }[]
}) {
  const calendar = was ?? USUAL_CALENDAR
  const chosen = typed ? [typed.weekend ?? []].flat() : calendar.weekend.map(String)
  return (
    <section className="card stack" aria-labelledby="calendar">
      <h2 id="calendar">{say("calendar.title", { company })}</h2>
      <p className="soft">{was ? say("calendar.lede", { n: was.n }) : say("calendar.lede-none")}</p>
      {wrong.length ? (
        <ul className="error">
          {wrong.map(({ line, says }) => (
            <li key={line}>{say("calendar.bad", { line, words: say(says) })}</li>
          ))}
        </ul>
      ) : null}
      <form className="stack" method="post" action="/api/v1/calendars">
        <input type="hidden" name="entityId" value={id} />
        <Choices name="weekend" label={say("calendar.weekend")} options={DAYS} chosen={chosen} />
        <TextArea
          name="holidays"
          label={say("calendar.holidays")}
          help={say("calendar.holidays-help")}
          value={typed ? String(typed.holidays ?? "") : writeHolidays(calendar.holidays)}
          rows={8}
        />
        <div>
          <button type="submit">{say("calendar.save")}</button>
        </div>
      </form>
    </section>
  )
}
