import type { Metadata } from "next"
import Link from "next/link"
import { LinkTag } from "@/components/asked/link-tag"
import { Said } from "@/components/asked/said"
import { ProofField } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readLink, type LinkView } from "@/usecases/asked/read-asked"
import { kept, shownOnce } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("asked.title") }

async function AskedLink({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const link = shown(await readLink(scene, { id }))
  const typed = words.refused ? (await kept(scene, `/asked/${id}`))?.input?.reason : ""
  const before = typeof typed === "string" ? typed : ""
  const path = (await shownOnce(scene, `/asked/${id}`))?.path
  return (
    <Frame scene={scene} current="/asked">
      <p>
        {link.campaignId ? (
          <Link href={`/asked/campaigns/${link.campaignId}`} prefetch={false}>
            {say("asked.campaigns")}
          </Link>
        ) : link.requestId ? (
          <Link href={`/requests/${link.requestId}`} prefetch={false}>
            {say("asked.for-request")}
          </Link>
        ) : (
          <Link href={`/parties/${link.partyId}`} prefetch={false}>
            {link.partyName}
          </Link>
        )}
      </p>
      <h1>{say("asked.link", { no: link.no, party: link.partyName })}</h1>
      <RefusedNotice words={words} />
      {path ? (
        <Notice tone="good">
          <p>{say("asked.shown")}</p>
          {scene.register === "sample" ? <p>{say("asked.sample")}</p> : null}
          <p>
            <code>{new URL(path, process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000").href}</code>
          </p>
        </Notice>
      ) : null}
      <section className="card stack">
        <p className="row">
          <LinkTag state={link.state} />
          <span>{say("asked.by", { name: link.byName })}</span>
        </p>
        <dl>
          <dt>{say("asked.on")}</dt>
          <dd>
            <At instant={link.at} />
          </dd>
          <dt>{say("asked.due")}</dt>
          <dd>{dayWords(link.dueOn)}</dd>
          {link.sentAt ? (
            <>
              <dt>{say("asked.answered")}</dt>
              <dd>
                <At instant={link.sentAt} />
              </dd>
            </>
          ) : null}
        </dl>
        <div className="row">
          {link.mayRevoke ? (
            <form method="post" action="/api/v1/supplier-links/revoke">
              <input type="hidden" name="id" value={link.id} />
              <button type="submit">{say("asked.revoke")}</button>
            </form>
          ) : null}
          {link.mayRenew ? (
            <form method="post" action="/api/v1/supplier-links/renew">
              <input type="hidden" name="id" value={link.id} />
              <button type="submit">{say("asked.renew")}</button>
            </form>
          ) : null}
        </div>
        {link.mayRenew ? <p className="soft small">{say("asked.renew-help")}</p> : null}
      </section>
      <section className="card stack" aria-labelledby="says">
        <h2 id="says">{say("asked.says")}</h2>
        {link.said && link.sentAt ? (
          <>
            <p className="soft small">
              {say("asked.says-source", {
                ...{ party: link.partyName, no: link.no, day: dayWords(link.sentAt.slice(0, 10)) },
              })}
            </p>
            <Said said={link.said.answers} files={link.said.files} />
          </>
        ) : link.clearedAt ? (
          <Cleared link={link} />
        ) : (
          <p className="soft">{say("asked.nothing-yet")}</p>
        )}
      </section>
      {link.mayErase ? (
        <section className="card stack" aria-labelledby="erase">
          <h2 id="erase">{say("asked.erase")}</h2>
          <p className="soft">{say("asked.erase-lede")}</p>
          <form className="stack" method="post" action="/api/v1/supplier-links/erase">
            <input type="hidden" name="id" value={link.id} />
            <TextArea name="reason" label={say("asked.erase-reason")} value={before} required rows={2} />
            <ProofField proof={proofOf(scene, `/asked/${id}`)} />
            <div>
              <button type="submit">{say("asked.erase-go")}</button>
            </div>
          </form>
        </section>
      ) : null}
    </Frame>
  )
}

/** That what was answered is gone: since when, by whom and why, or because its time was over. */
function Cleared({ link }: { link: LinkView }) {
  const day = dayWords((link.clearedAt ?? "").slice(0, 10))
  return (
    <>
      <p>{link.clearedBy ? say("asked.cleared-by", { day, name: link.clearedName }) : say("asked.cleared", { day })}</p>
      {link.clearedReason ? <p className="soft">{say("asked.cleared-why", { reason: link.clearedReason })}</p> : null}
      <p className="soft small">{say("asked.cleared-stays")}</p>
    </>
  )
}

export default inFrame(AskedLink)
