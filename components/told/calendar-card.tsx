import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Instant } from "@/domain/core/instant"

/** One's calendar: its private address once, since when there is one, and the ways to make it anew and to close it. */
export function CalendarCard({ since, address }: { since: Instant | null; address: string | null }) {
  return (
    <section className="card stack" aria-labelledby="calendar">
      <h2 id="calendar">{say("calendar.title")}</h2>
      <p className="soft">{say("calendar.lede")}</p>
      {address ? (
        <Notice tone="good">
          <p>{say("calendar.shown")}</p>
          <p>
            <code className="long">{address}</code>
          </p>
        </Notice>
      ) : null}
      {since ? (
        <p>
          {say("calendar.since")} <At instant={since} />
        </p>
      ) : (
        <p>{say("calendar.none")}</p>
      )}
      <div className="row">
        <form method="post" action="/api/v1/account/calendar">
          <button className={since ? "" : "primary"} type="submit">
            {say(since ? "calendar.anew" : "calendar.make")}
          </button>
        </form>
        {since ? (
          <form method="post" action="/api/v1/account/calendar/close">
            <button type="submit">{say("calendar.close")}</button>
          </form>
        ) : null}
      </div>
    </section>
  )
}
