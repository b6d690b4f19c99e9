import type { Metadata } from "next"
import { cookies } from "next/headers"
import { RefusedNotice, Notice } from "@/components/ui/notice"
import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { typedBefore } from "@/app/cookies"
import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("signin.title") }

async function SignIn({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
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
        <form className="stack" method="post" action="/api/v1/sessions">
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
          <button className="primary" type="submit">
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

export default inFrame(SignIn)
