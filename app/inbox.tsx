import Link from "next/link"
import { COLUMNS, DecideRow, GapRow, InboxPart, OwnRow, ToldRow, WaitingRow } from "@/components/told/inbox-parts"
import { say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import type { Inbox, InboxPart as Part } from "@/usecases/told/inbox"

const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))
const clauseWords = (id: string): string =>
  id === "found-running" ? say("found.running") : `${id} ${TITLES.get(id) ?? ""}`.trim()

/** What a line is about, in words: the clause, or the kind of review. */
function aboutWords({ kind, clause, what }: Inbox["told"][number]): string | null {
  if (clause === null || kind === "trust" || kind === "log") return null
  if (what?.startsWith("stage")) return say(`stage.${clause}`)
  if (what?.startsWith("paper")) return say(`renewals.kind.${clause}`)
  return what === "review" ? say(`reviews.kind.${clause}`) : clauseWords(clause)
}

const wayTo = (part: Part, after: string | null): string =>
  `/?part=${part}${after ? `&after=${encodeURIComponent(after)}` : ""}`

/** What waits for the reader, what they wait for, what they are told: all of it in short, or one part page by page. */
export function InboxView({ inbox, only, me }: { inbox: Inbox; only: Part | null; me: string }) {
  const { counts, due } = inbox
  const late = inbox.decide.filter((one) => one.mark === "late").length
  const overdue = counts.overdue + due.overdue + late
  const n = counts.decide + counts.mend + counts.gaps + due.answers + due.reviews + due.renewals
  const shows = (part: Part): boolean => only === null || only === part
  // In short, the way leads to the part from its beginning; in the part, to what follows.
  const more = (part: Part): string | null =>
    inbox.next[part] === null ? null : wayTo(part, only === null ? null : inbox.next[part])
  const frame = (part: Part) => ({ more: more(part), empty: inbox[part].length === 0 })
  return (
    <>
      <div className="row between">
        <p className="lede">
          {n ? say("home.needs", { n }) : say("home.nothing")} {overdue ? say("home.overdue", { n: overdue }) : ""}{" "}
          {counts.unseen ? say("home.unseen", { n: counts.unseen }) : ""}
        </p>
        <Link className="button primary" href="/requests/new" prefetch={false}>
          {say("home.new")}
        </Link>
      </div>
      {only ? (
        <p>
          <Link className="tall" href="/" prefetch={false}>
            {say("home.back")}
          </Link>
        </p>
      ) : null}
      {only === "decide" || (shows("decide") && inbox.decide.length) ? (
        <InboxPart says="home.decide" columns={COLUMNS.decide} {...frame("decide")}>
          {inbox.decide.map((row) => (
            <DecideRow key={row.id} row={row} />
          ))}
        </InboxPart>
      ) : null}
      {only === "mend" || (shows("mend") && inbox.mend.length) ? (
        <InboxPart says="home.mend" columns={COLUMNS.own} {...frame("mend")}>
          {inbox.mend.map((row) => (
            <OwnRow key={row.id} row={row} />
          ))}
        </InboxPart>
      ) : null}
      {only === "gaps" || (shows("gaps") && inbox.gaps.length) ? (
        <InboxPart says="home.gaps" columns={COLUMNS.gaps} {...frame("gaps")}>
          {inbox.gaps.map(({ byPerson, givenByName, clause, ...row }) => (
            <GapRow
              key={row.id}
              row={{ ...row, clause: clauseWords(clause), givenBy: byPerson === me ? null : givenByName }}
            />
          ))}
        </InboxPart>
      ) : null}
      {only === null ? <AtDesk due={due} /> : null}
      {shows("waiting") ? (
        <InboxPart says="home.wait-for" columns={COLUMNS.waiting} {...frame("waiting")}>
          {inbox.waiting.map((row) => (
            <WaitingRow key={row.id} row={row} />
          ))}
        </InboxPart>
      ) : null}
      {only === "drafts" || (shows("drafts") && inbox.drafts.length) ? (
        <InboxPart says="home.drafts" columns={COLUMNS.own} {...frame("drafts")}>
          {inbox.drafts.map((row) => (
            <OwnRow key={row.id} row={row} />
          ))}
        </InboxPart>
      ) : null}
      {shows("told") ? (
        <InboxPart says="home.told" columns={COLUMNS.told} {...frame("told")} foot={<See inbox={inbox} />}>
          {inbox.told.map((row) => (
            <ToldRow key={row.key} row={{ ...row, clause: aboutWords(row) }} />
          ))}
        </InboxPart>
      ) : null}
      {only === null ? (
        <p className="row">
          <Link className="tall" href="/requests?f.mine=yes" prefetch={false}>
            {say("home.all-mine")}
          </Link>
          <Link className="tall" href="/requests" prefetch={false}>
            {say("home.all")}
          </Link>
        </p>
      ) : null}
    </>
  )
}

/** What the desk's own lists hold for the reader by name. */
function AtDesk({ due }: { due: Inbox["due"] }) {
  const when = "f.when=next-30,overdue"
  const lines = [
    { n: due.answers, says: "home.answers", href: `/unknowns?f.asked=${due.who}&${when}` },
    { n: due.reviews, says: "home.reviews", href: `/reviews?f.owner=${due.who}&${when}` },
    {
      n: due.renewals,
      says: "home.renewals",
      href: `/renewals?f.owner=${due.nobodys ? `${due.who},nobody` : due.who}&f.when=next-30,next-90,overdue`,
    },
  ].filter((line) => line.n > 0)
  if (lines.length === 0) return null
  return (
    <section className="card stack" aria-label={say("home.due-lede")}>
      <p>{say("home.due-lede")}</p>
      <ul>
        {lines.map((line) => (
          <li key={line.says}>
            <Link className="tall" href={line.href} prefetch={false}>
              {say(line.says, { n: line.n })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function See({ inbox }: { inbox: Inbox }) {
  const top = inbox.told[0]
  if (!top || inbox.counts.unseen === 0) return null
  return (
    <form method="post" action="/api/v1/inbox/seen">
      <input type="hidden" name="upTo" value={top.at} />
      <button className="compact" type="submit">
        {say("home.see")}
      </button>
    </form>
  )
}
