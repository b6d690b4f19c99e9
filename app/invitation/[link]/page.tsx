import type { Metadata } from "next"
import { headers } from "next/headers"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { whatLink } from "@/usecases/people/sessions"
import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"
import { mainPageScene } from "@/app/scene"
import { foundWithInvitation, provider, type FoundThere } from "@/app/sign-on"

export const metadata: Metadata = { title: say("invitation.title") }

async function Invitation({ params, searchParams }: { params: Promise<{ link: string }>; searchParams: Words }) {
  const { link } = await params
  const scene = await mainPageScene()
  const what = await whatLink(scene.db, link, scene.now)
  // A reset sets a password; an invitation can be taken up by either way.
  const joins = what?.purpose === "invite" && !what.needsSecond ? provider() : null
  const found = joins ? await foundWithInvitation((await headers()).get("cookie"), link) : null
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <div className="card stack">
        <h1>{say(joins ? "invitation.title-join" : "invitation.title")}</h1>
        <RefusedNotice words={await searchParams} />
        {what && what.purpose !== "setup" ? (
          <>
            <p className="soft">{say("invitation.lede", { name: what.name ?? "", email: what.email ?? "" })}</p>
            {joins ? <Join link={link} provider={joins.name} found={found} /> : null}
            <form className="stack" method="post" action="/api/v1/invitations">
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
              <button className={joins ? undefined : "primary"} type="submit">
                {say("invitation.go")}
              </button>
            </form>
          </>
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

/** Entering by the provider: the way there, or, come back, the yes to whom one was found to be. */
function Join({ link, provider: name, found }: { link: string; provider: string; found: FoundThere | null }) {
  if (found)
    return (
      <form className="stack" method="post" action="/api/v1/invitations/identity">
        <Notice>
          <p>
            {say("invitation.found", {
              name,
              who: [found.name, found.email].filter(Boolean).join(", ") || found.subject,
            })}
          </p>
        </Notice>
        <input type="hidden" name="link" value={link} />
        <button className="primary" type="submit">
          {say("invitation.join-confirm")}
        </button>
        <p className="soft small">{say("invitation.join-or")}</p>
      </form>
    )
  return (
    <>
      <p>
        <a className="button primary" href={`/api/sign-on/begin?for=join&invitation=${encodeURIComponent(link)}`}>
          {say("invitation.join", { name })}
        </a>
      </p>
      <p className="soft small">{say("invitation.join-or")}</p>
    </>
  )
}

export default inFrame(Invitation)
