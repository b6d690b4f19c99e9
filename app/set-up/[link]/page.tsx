import type { Metadata } from "next"
import { cookies } from "next/headers"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { whatLink } from "@/usecases/people/sessions"
import { typedBefore } from "@/app/cookies"
import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"
import { mainPageScene } from "@/app/scene"

export const metadata: Metadata = { title: say("setup.title") }

async function SetUp({ params, searchParams }: { params: Promise<{ link: string }>; searchParams: Words }) {
  const { link } = await params
  const scene = await mainPageScene()
  const words = await searchParams
  const typed = words.refused ? typedBefore(await cookies(), "/set-up") : {}
  const good = (await whatLink(scene.db, link, scene.now))?.purpose === "setup"
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <div className="card stack">
        <h1>{say("setup.title")}</h1>
        <RefusedNotice words={words} />
        {good ? (
          <form className="stack" method="post" action="/api/v1/set-up">
            <p className="soft">{say("setup.lede")}</p>
            <input type="hidden" name="link" value={link} />
            <TextField name="name" label={say("setup.name")} value={typed.name} autoComplete="name" required />
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
              help={say("setup.password-help")}
              autoComplete="new-password"
              required
            />
            <button className="primary" type="submit">
              {say("setup.go")}
            </button>
          </form>
        ) : (
          <Notice tone="warn">
            <p>{say("setup.dead")}</p>
            <p>{say("setup.dead-help")}</p>
          </Notice>
        )}
      </div>
    </main>
  )
}

export default inFrame(SetUp)
