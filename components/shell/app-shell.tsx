import Link from "next/link"
import type { ReactNode } from "react"
import type { Role } from "@/domain/people/roles"
import { SAMPLE_SEATS, type SampleSeat } from "@/domain/sample/seats"
import { BUILT_IN } from "./built-in-views"
import { Caught } from "./caught"
import { Keys, type Jump } from "./keys"
import { say } from "@/components/words/catalogue"

export type ShellPerson = {
  name: string
  roles: Role[]
  seat?: SampleSeat
  inbox: ShellInbox | null
  /** Of a supervisor: to what the account is bound, and what a printed page bears. */
  bound?: { banner: string; printed: string } | null
}
/** What waits for the person and what they have not seen, each up to a hundred; null: they have no inbox. */
export type ShellInbox = { waits: number; unseen: number }
/** A page of another day: what the banner says, the ways out, and how the day goes along to other pages. */
export type ShellPast = {
  words: string
  back: string
  other: { href: string; words: string } | null
  carry: (path: string) => string
}

type Item = { href: string; says: string; roles: readonly Role[] | null }

const READ: readonly Role[] = ["requester", "procurement", "legal", "dpo", "supervisor"]
const WORK: readonly Role[] = ["requester", "procurement", "legal", "dpo"]
const DECIDE: readonly string[] = ["procurement", "legal", "dpo"]
const GROUPS: { says: string; items: Item[] }[] = [
  {
    says: "shell.work",
    items: [
      { href: "/", says: "nav.home", roles: null },
      { href: "/requests", says: "nav.requests", roles: READ },
      { href: "/imports", says: "nav.imports", roles: ["procurement", "legal", "dpo"] },
    ],
  },
  {
    says: "shell.register",
    items: [
      { href: "/parties", says: "nav.parties", roles: READ },
      { href: "/sharings", says: "nav.sharings", roles: READ },
      { href: "/agreements", says: "nav.agreements", roles: READ },
      { href: "/templates", says: "nav.templates", roles: READ },
      { href: "/evidence", says: "nav.others", roles: READ },
      { href: "/findings", says: "nav.findings", roles: READ },
      { href: "/promises", says: "nav.promises", roles: READ },
      { href: "/coverage", says: "nav.coverage", roles: READ },
      { href: "/destinations", says: "nav.destinations", roles: READ },
      { href: "/what-if", says: "nav.what-if", roles: READ },
    ],
  },
  {
    says: "shell.desk",
    items: [
      { href: "/unknowns", says: "nav.unknowns", roles: READ },
      { href: "/renewals", says: "nav.renewals", roles: READ },
      { href: "/reviews", says: "nav.reviews", roles: READ },
      { href: "/announcements", says: "nav.announcements", roles: READ },
      { href: "/found-running", says: "nav.found-running", roles: READ },
      { href: "/suppliers", says: "nav.suppliers", roles: READ },
      { href: "/asked", says: "nav.asked", roles: WORK },
      { href: "/promises/drift", says: "nav.drift", roles: READ },
    ],
  },
  {
    says: "shell.oversight",
    items: [
      { href: "/audit", says: "nav.audit", roles: ["legal", "dpo", "supervisor", "administrator"] },
      { href: "/audit/events", says: "nav.log", roles: ["legal", "dpo", "supervisor", "administrator"] },
      { href: "/audit/answers", says: "nav.answers", roles: ["procurement", "legal", "dpo", "supervisor"] },
      { href: "/audit/exports", says: "nav.exports", roles: ["legal", "dpo", "supervisor"] },
      { href: "/audit/questions", says: "nav.questions", roles: ["legal", "dpo", "supervisor"] },
      { href: "/audit/inquiries", says: "nav.inquiries", roles: ["procurement", "legal", "dpo"] },
      { href: "/audit/holds", says: "nav.holds", roles: ["legal", "dpo"] },
      { href: "/audit/changed", says: "nav.changed", roles: ["supervisor"] },
      { href: "/audit/looks", says: "nav.looks", roles: ["legal", "dpo", "supervisor"] },
      { href: "/audit/refusals", says: "nav.refusals", roles: ["administrator", "dpo"] },
    ],
  },
  {
    says: "shell.administration",
    items: [
      { href: "/admin/people", says: "nav.people", roles: ["administrator"] },
      { href: "/admin/sign-in", says: "nav.sign-in", roles: ["administrator"] },
      { href: "/admin/entities", says: "nav.entities", roles: ["administrator"] },
      { href: "/admin/stages", says: "nav.stages", roles: ["administrator", "dpo"] },
      { href: "/admin/kept", says: "nav.kept", roles: ["administrator"] },
      { href: "/admin/mail", says: "nav.mail", roles: ["administrator"] },
      { href: "/admin/trust", says: "nav.trust", roles: ["administrator", "dpo", "legal"] },
      { href: "/admin/files", says: "nav.files", roles: ["administrator"] },
    ],
  },
]
/** The frame of every page behind sign-in. Navigation shows only what the role may open. */
export function AppShell(props: {
  person: ShellPerson
  register: "main" | "sample"
  current: string
  past?: ShellPast | null
  /** What a printed page bears of the log. */
  mark?: string | null
  children: ReactNode
}) {
  const { person, register, current, past, mark = null } = props
  const stamped = Boolean(person.bound) || mark !== null
  return (
    <div className={[past ? "asof" : "", stamped ? "stamped" : ""].join(" ").trim() || undefined}>
      <a className="skip" href="#main">
        {say("shell.skip")}
      </a>
      {register === "sample" ? <SampleBar taken={person.seat ?? null} /> : null}
      <TopBar person={person} />
      {person.bound ? <div className="bound-bar">{person.bound.banner}</div> : null}
      {stamped ? (
        <div className="bound-mark">
          {person.bound ? <div>{person.bound.printed}</div> : null}
          {mark === null ? null : <div className="wrap">{mark}</div>}
        </div>
      ) : null}
      {past ? <PastBar past={past} /> : null}
      <div className="shell">
        <Navigation person={person} current={current} past={past ?? null} />
        <main id="main" className="shell-main stack" tabIndex={-1}>
          <Caught>{props.children}</Caught>
        </main>
      </div>
    </div>
  )
}

function TopBar({ person }: { person: ShellPerson }) {
  const reads = person.roles.some((role) => READ.includes(role))
  return (
    <header className="shell-bar">
      <Link className="mark" href="/" prefetch={false}>
        {say("app.name")}
      </Link>
      {reads ? (
        <form className="shell-search" action="/parties" role="search">
          <input type="search" name="q" aria-label={say("shell.search")} placeholder={say("shell.search")} />
        </form>
      ) : null}
      <div className="shell-who">
        <Keys jumps={jumpsOf(person)} suggests={reads && !onlySupervises(person)} />
        {person.inbox ? <InboxLink inbox={person.inbox} /> : null}
        <Link href="/account" prefetch={false}>
          {person.name}
        </Link>
        {person.roles.some((role) => DECIDE.includes(role)) ? (
          <Link href="/account/away" prefetch={false}>
            {say("away.title")}
          </Link>
        ) : null}
        <form method="post" action="/api/v1/sessions/end">
          <button className="compact" type="submit">
            {say("shell.sign-out")}
          </button>
        </form>
      </div>
    </header>
  )
}

const FULL = 100
const many = (n: number): string => (n >= FULL ? "99+" : String(n))

/** How much waits, beside the person's name on every page; it leads to all of it. */
function InboxLink({ inbox }: { inbox: ShellInbox }) {
  if (inbox.waits === 0 && inbox.unseen === 0) return null
  return (
    <Link className="button compact" href="/" prefetch={false}>
      {inbox.waits ? say("shell.inbox", { n: many(inbox.waits) }) : say("shell.inbox-new", { n: many(inbox.unseen) })}
    </Link>
  )
}

/** A supervisor's every look is logged: nothing is looked up while they type. */
const onlySupervises = (person: ShellPerson): boolean => person.roles.every((role) => role === "supervisor")

const VIEWS = [{ href: "/requests/new", says: "home.new" }, ...BUILT_IN]

/** Every page and built-in view that this person may open, for the palette. */
function jumpsOf(person: ShellPerson): Jump[] {
  const works = person.roles.some((role) => WORK.includes(role))
  const views = person.roles.some((role) => READ.includes(role)) ? VIEWS.slice(works ? 0 : 1) : []
  const pages = GROUPS.flatMap((group) => group.items).filter((item) => mayOpen(person, item))
  return [...pages, ...views, { href: "/account", says: "shell.account" }].map(({ href, says }) => ({
    href,
    label: say(says),
  }))
}

const mayOpen = (person: ShellPerson, item: Item): boolean =>
  item.roles === null || item.roles.some((role) => person.roles.includes(role))

/** How a seat of the sample company is called. */
export function seatWords(seat: SampleSeat): string {
  return say(seat === "second-legal" ? "sample.second-legal" : `role.${seat}`)
}

function SampleBar({ taken }: { taken: SampleSeat | null }) {
  return (
    <form className="sample-bar" method="post" action="/api/v1/sample">
      <strong id="sample-label">{say("sample.bar")}</strong>
      {SAMPLE_SEATS.map((seat) => (
        <button key={seat} type="submit" name="role" value={seat} aria-pressed={seat === taken}>
          {seatWords(seat)}
        </button>
      ))}
      <button type="submit" name="role" value="leave">
        {say("sample.leave")}
      </button>
    </form>
  )
}

function PastBar({ past }: { past: ShellPast }) {
  return (
    <div className="asof-bar" role="note">
      <span>{past.words}</span>
      {past.other ? (
        <Link className="tall" href={past.other.href} prefetch={false}>
          {past.other.words}
        </Link>
      ) : null}
      <Link className="tall" href={past.back} prefetch={false}>
        {say("asof.today")}
      </Link>
    </div>
  )
}

function Navigation({ person, current, past }: { person: ShellPerson; current: string; past: ShellPast | null }) {
  return (
    <details className="fold-narrow shell-fold">
      <summary className="button compact">{say("shell.menu")}</summary>
      <nav className="shell-nav" aria-label={say("shell.nav")}>
        {GROUPS.map((group) => {
          const items = group.items.filter((item) => mayOpen(person, item))
          if (items.length === 0) return null
          return (
            <section key={group.says} aria-labelledby={group.says}>
              <h2 id={group.says}>{say(group.says)}</h2>
              <ul>
                {items.map((item) => (
                  <li key={item.href}>
                    <Link
                      href={past && group.says === "shell.register" ? past.carry(item.href) : item.href}
                      prefetch={false}
                      aria-current={isCurrent(item.href, current) ? "page" : undefined}
                    >
                      {say(item.says)}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </nav>
    </details>
  )
}

/** The entry that says most of where one is: a page of its own below another's address is not that other. */
function isCurrent(href: string, current: string): boolean {
  const within = (way: string): boolean => current === way || (way !== "/" && current.startsWith(`${way}/`))
  return (
    within(href) &&
    !GROUPS.some((group) => group.items.some((item) => within(item.href) && item.href.length > href.length))
  )
}
