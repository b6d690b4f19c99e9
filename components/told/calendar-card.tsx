import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Instant } from "@/domain/core/instant"

/** One's calendar: its private address once, since when there is one, and the ways to make it anew and to close it. */
export function CalendarCard({ since, address }: { since: Instant | null; address: string | null }) {
  return (
    <section className="card stack" aria-labelledby="calendar">
      <h2 id="calendar">{say("feed.title")}</h2>
      <p className="soft">{say("feed.lede")}</p>
      {address ? (
        <Notice tone="good">
          <p>{say("feed.shown")}</p>
          <p>
            <code className="long">{address}</code>
          </p>
        </Notice>
      ) : null}
      {since ? (
        <p>
          {say("feed.since")} <At instant={since} />
        </p>
      ) : (
        <p>{say("feed.none")}</p>
      )}
      <div className="row">
        <form method="post" action="/api/v1/account/calendar">
          <button className={since ? "" : "primary"} type="submit">
            {say(since ? "feed.anew" : "feed.make")}
          </button>
        </form>
        {since ? (
          <form method="post" action="/api/v1/account/calendar/close">
            <button type="submit">{say("feed.close")}</button>
          </form>
        ) : null}
      </div>
    </section>
  )
}
