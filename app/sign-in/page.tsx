import type { Metadata } from "next"
import { cookies } from "next/headers"
import { RefusedNotice, Notice } from "@/components/ui/notice"
import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { typedBefore } from "@/app/cookies"
import { inFrame } from "@/app/in-frame"
import { one, type Words } from "@/app/page-frame"
import { ownPath, provider, redirectUri, type Provider } from "@/app/sign-on"
import { providerAnswers } from "@/usecases/people/sign-on-rule"

export const metadata: Metadata = { title: say("signin.title") }

async function SignIn({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const named = provider()
  const to = ownPath(one(words, "to"))
  const typed = words.refused ? typedBefore(await cookies(), "/sign-in") : {}
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <div className="card stack">
        <h1>{say("signin.title")}</h1>
        {words.entered ? (
          <Notice tone="good">
            <p>{say("signin.entered")}</p>
          </Notice>
        ) : null}
        <RefusedNotice words={words} />
        {named && words.out ? <SignedOut provider={named} /> : null}
        {named ? (
          <>
            {/* A plain link: it leads to another site, and nothing of it is fetched before. */}
            <a
              className="button primary"
              href={to === "/" ? "/api/sign-on/begin" : `/api/sign-on/begin?to=${encodeURIComponent(to)}`}
            >
              {say("signon.go", { name: named.name })}
            </a>
            <p className="soft">{say("signon.or")}</p>
          </>
        ) : null}
        <form className="stack" method="post" action="/api/v1/sessions">
          {to === "/" ? null : <input type="hidden" name="to" value={to} />}
          <TextField
            name="email"
            type="email"
            label={say("signin.email")}
            value={typed.email}
            autoComplete="username"
            required
          />
          <TextField
            name="password"
            type="password"
            label={say("signin.password")}
            autoComplete="current-password"
            required
          />
          <button className={named ? undefined : "primary"} type="submit">
            {say("signin.go")}
          </button>
        </form>
        <p className="soft">{say("signin.help")}</p>
      </div>
      <form method="post" action="/api/v1/sample">
        <button type="submit" name="role" value="requester">
          {say("signin.sample")}
        </button>
      </form>
    </main>
  )
}

/** Signed out here one may still be signed in at the provider, where the next person at this machine could go on. */
async function SignedOut({ provider: { name, ...settings } }: { provider: Provider }) {
  const { signOut } = await providerAnswers({ ...settings, name })
  const query = new URLSearchParams({
    client_id: settings.clientId,
    post_logout_redirect_uri: new URL("/sign-in", redirectUri()).href,
  })
  return (
    <Notice tone="good">
      <p>{say("signon.out", { name })}</p>
      {signOut ? (
        <p>
          <a href={`${signOut}${signOut.includes("?") ? "&" : "?"}${query}`}>{say("signon.out-there", { name })}</a>
        </p>
      ) : null}
    </Notice>
  )
}

export default inFrame(SignIn)
