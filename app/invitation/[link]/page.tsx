import type { Metadata } from "next"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { whatLink } from "@/usecases/people/sessions"
import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"
import { mainPageScene } from "@/app/scene"

export const metadata: Metadata = { title: say("invitation.title") }

async function Invitation({ params, searchParams }: { params: Promise<{ link: string }>; searchParams: Words }) {
  const { link } = await params
  const scene = await mainPageScene()
  const what = await whatLink(scene.db, link, scene.now)
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <div className="card stack">
        <h1>{say("invitation.title")}</h1>
        <RefusedNotice words={await searchParams} />
        {what && what.purpose !== "setup" ? (
          <form className="stack" method="post" action="/api/v1/invitations">
            <p className="soft">{say("invitation.lede", { name: what.name ?? "", email: what.email ?? "" })}</p>
            <input type="hidden" name="link" value={link} />
            <input type="hidden" name="username" value={what.email ?? ""} autoComplete="username" />
            {what.needsSecond ? (
              <TextField
                name="code"
                label={say("invitation.code")}
                help={say("invitation.code-help")}
                autoComplete="off"
                required
              />
            ) : null}
            <TextField
              name="password"
              type="password"
              label={say("signin.password")}
              help={say("setup.password-help")}
              autoComplete="new-password"
              required
            />
            <button className="primary" type="submit">
              {say("invitation.go")}
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

export default inFrame(Invitation)
