import type { Metadata } from "next"
import { headers } from "next/headers"
import Link from "next/link"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { PasswordForm } from "@/components/people/password-form"
import { SignOnCard } from "@/components/people/sign-on-card"
import { ProofCard } from "@/components/people/prove"
import { CalendarCard } from "@/components/told/calendar-card"
import { ToldForm } from "@/components/told/told-form"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { TOLD_KINDS, waysOf } from "@/domain/told/kinds"
import { kept, shownOnce } from "@/usecases/people/kept"
import { readAccount, type Account } from "@/usecases/people/sessions"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { foundThere, proofOf, provider } from "@/app/sign-on"
import { isStale } from "@/usecases/scene"
import { readCalendarLink } from "@/usecases/told/calendar"
import { readWays, type Ways } from "@/usecases/told/ways"

export const metadata: Metadata = { title: say("account.title") }

const HERE = "/account"

async function AccountPage({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const account = shown(await readAccount(scene, {}))
  const named = provider()
  const found = named ? await foundThere((await headers()).get("cookie"), scene) : null
  const once = await shownOnce(scene, HERE)
  const token = once?.token
  const typed = words.refused ? ((await kept(scene, HERE))?.input ?? {}) : {}
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("account.title")}</h1>
      <p>
        {account.email
          ? say("account.who", { name: account.name, email: account.email })
          : say("account.who-bare", { name: account.name })}
      </p>
      {mayAct("away.set", scene.actor).ok ? (
        <p>
          <Link className="tall" href="/account/away" prefetch={false}>
            {say("away.way")}
          </Link>
        </p>
      ) : null}
      <RefusedNotice words={words} />
      <ProofCard proof={proofOf(scene, HERE)} />
      {token ? (
        <Notice tone="good">
          <p>{say("account.token-shown")}</p>
          <p>
            <code>{token}</code>
          </p>
        </Notice>
      ) : null}
      {words.changed ? (
        <Notice tone="good">
          <p>{say("account.password-changed")}</p>
        </Notice>
      ) : null}
      {scene.register === "main" ? (
        <>
          {account.hasPassword ? <PasswordForm email={account.email ?? ""} /> : null}
          <SignOnCard
            provider={named?.name ?? null}
            identities={account.identities}
            hasPassword={account.hasPassword}
            mayLink={named !== null && !isStale(scene)}
            has={account.identities.some((one) => one.issuer === named?.issuer)}
            found={found}
            linked={words.linked === "yes"}
          />
          <Sessions sessions={account.sessions} />
        </>
      ) : null}
      {mayAct("told.set", scene.actor).ok ? (
        <ToldForm {...withTyped(shown(await readWays(scene, {})), typed)} saved={words.told === "yes"} />
      ) : null}
      {scene.register === "main" && mayAct("calendar.read", scene.actor).ok ? (
        <CalendarCard
          since={shown(await readCalendarLink(scene, {})).since}
          address={once?.calendar ? addressOf(once.calendar) : null}
        />
      ) : null}
      {mayAct("token.make", scene.actor).ok ? (
        <section className="card stack" aria-labelledby="tokens">
          <h2 id="tokens">{say("account.tokens")}</h2>
          <p className="soft">{say("account.tokens-lede")}</p>
          <Tokens tokens={account.tokens} now={scene.now} />
          <form className="stack" method="post" action="/api/v1/tokens">
            <TextField name="label" label={say("account.token-label")} value={String(typed.label ?? "")} required />
            <TextField
              name="days"
              type="number"
              label={say("account.token-days")}
              value={String(typed.days ?? "90")}
              required
            />
            <button className="primary" type="submit">
              {say("account.token-go")}
            </button>
          </form>
        </section>
      ) : null}
    </Frame>
  )
}

/** How one is told, with what was typed before it was refused laid over it. */
function withTyped(standing: Ways, typed: Record<string, string | string[]>): Ways {
  if (typed.zone === undefined) return standing
  const own = Object.fromEntries(TOLD_KINDS.map((kind) => [kind, typed[`way-${kind}`] ?? standing.ways[kind]]))
  return { ways: waysOf(own), zone: String(typed.zone) }
}

function addressOf(secret: string): string {
  return new URL(`/calendar/${secret}.ics`, process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000").toString()
}

function Sessions({ sessions }: { sessions: Account["sessions"] }) {
  return (
    <section className="card stack" aria-labelledby="sessions">
      <h2 id="sessions">{say("account.sessions")}</h2>
      <div className="scroll" role="region" aria-label={say("account.sessions")} tabIndex={0}>
        <table className="list">
          <caption>{say("account.sessions")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("account.session-agent")}</th>
              <th scope="col">{say("account.session-since")}</th>
              <th scope="col">{say("account.session-seen")}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <th scope="row">
                  {session.agent || say("account.session-unknown")}{" "}
                  {session.here ? <StatusTag tone="good">{say("account.session-here")}</StatusTag> : null}
                </th>
                <td>
                  <At instant={session.createdAt} />
                </td>
                <td>
                  <At instant={session.seenAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <form className="stack" method="post" action="/api/v1/sessions/end">
        <p className="soft">{say("account.everywhere-lede")}</p>
        <button type="submit" name="everywhere" value="yes">
          {say("account.everywhere")}
        </button>
      </form>
    </section>
  )
}

function Tokens({ tokens, now }: { tokens: Account["tokens"]; now: string }) {
  if (tokens.length === 0) return <p>{say("account.token-none")}</p>
  return (
    <ul className="stack">
      {tokens.map((token) => (
        <li key={token.id} className="row">
          <strong>{token.label}</strong>
          {token.revokedAt ? <StatusTag tone="quiet">{say("account.revoked")}</StatusTag> : null}
          {!token.revokedAt && token.expiresAt <= now ? (
            <StatusTag tone="quiet">{say("account.over")}</StatusTag>
          ) : null}
          {!token.revokedAt && token.expiresAt > now ? (
            <>
              <span className="soft">{say("account.ends", { day: token.expiresAt.slice(0, 10) })}</span>
              <form method="post" action="/api/v1/tokens/revoke">
                <input type="hidden" name="id" value={token.id} />
                <button
                  className="compact"
                  type="submit"
                  aria-label={say("account.revoke-for", { label: token.label })}
                >
                  {say("account.revoke")}
                </button>
              </form>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

export default inFrame(AccountPage)
