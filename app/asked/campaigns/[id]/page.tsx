import type { Metadata } from "next"
import Link from "next/link"
import { LinkTag } from "@/components/asked/link-tag"
import { TextArea } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { QUESTIONS } from "@/domain/asked/questions"
import { readCampaign, type AskedLine } from "@/usecases/asked/campaigns"
import { shownOnce } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("asked.campaigns") }

async function Campaign({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const scene = await signedIn()
  const page = shown(await readCampaign(scene, { id }))
  const once = (await shownOnce(scene, `/asked/campaigns/${id}`))?.links
  const count = (of: (line: AskedLine) => boolean): number => page.lines.filter(of).length
  return (
    <Frame scene={scene} current="/asked">
      <p>
        <Link href="/asked" prefetch={false}>
          {say("asked.title")}
        </Link>
      </p>
      <h1>{page.title}</h1>
      <p className="lede">
        {say("campaign.one", {
          ...{ company: page.company, n: page.lines.length, answered: count((line) => line.sentAt !== null) },
          overdue: count((line) => line.overdue),
          opened: count((line) => line.state === "opened"),
          reminded: count((line) => line.remindedAt !== null),
        })}
      </p>
      <p className="soft">
        {say("asked.by", { name: page.byName })}. {say("asked.due")}: {dayWords(page.dueOn)}.
      </p>
      <RefusedNotice words={await searchParams} />
      {page.revokedAt ? (
        <Notice tone="warn">
          <p>{say("campaign.revoked")}</p>
        </Notice>
      ) : null}
      {once ? (
        <Links links={JSON.parse(once) as { name: string; path: string }[]} sample={scene.register === "sample"} />
      ) : null}
      <section className="card stack">
        <div className="row">
          <a className="button" href={`/api/v1/campaigns/${id}/answers.csv`}>
            {say("campaign.csv")}
          </a>
          {page.mayRevoke ? (
            <form method="post" action="/api/v1/campaigns/revoke">
              <input type="hidden" name="id" value={id} />
              <button type="submit">{say("campaign.revoke")}</button>
            </form>
          ) : null}
        </div>
        {page.lines.length ? <Lines lines={page.lines} /> : <p className="soft">{say("campaign.none")}</p>}
      </section>
    </Frame>
  )
}

function Links({ links, sample }: { links: readonly { name: string; path: string }[]; sample: boolean }) {
  const base = process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000"
  // A tab parts name and link, so that the lines go into two columns of a spreadsheet.
  const text = links.map((one) => `${one.name.replace(/\s+/g, " ")}\t${new URL(one.path, base).href}`).join("\n")
  return (
    <Notice tone="good">
      <p>{say("campaign.shown")}</p>
      {sample ? <p>{say("asked.sample")}</p> : null}
      <TextArea name="links" label={say("campaign.links")} value={text} rows={Math.min(12, links.length + 1)} />
    </Notice>
  )
}

const HEADS = [
  "asked.supplier",
  "asked.state",
  "asked.opened",
  "asked.answered",
  "asked.reminded",
  "asked.questions",
  "asked.acts",
]

/** Makes the link of one supplier anew, or revokes it; both lead back here. */
function Act({ line, does }: { line: AskedLine; does: "renew" | "revoke" }) {
  return (
    <form method="post" action={`/api/v1/supplier-links/${does}`}>
      <input type="hidden" name="id" value={line.id} />
      <input type="hidden" name="at" value="campaign" />
      <button className="compact" type="submit" aria-label={say(`asked.${does}-of`, { name: line.name })}>
        {say(`asked.${does}-short`)}
      </button>
    </form>
  )
}

function Lines({ lines }: { lines: readonly AskedLine[] }) {
  const when = (instant: string | null) => (instant ? <At instant={instant} /> : null)
  return (
    <div className="scroll" role="region" aria-label={say("asked.links")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("asked.links")}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <Link className="tall" href={`/asked/${line.id}`} prefetch={false}>
                  {line.name}
                </Link>
              </th>
              <td data-label={say("asked.state")}>
                <LinkTag state={line.state} overdue={line.overdue} />
              </td>
              <td data-label={say("asked.opened")}>{when(line.openedAt)}</td>
              <td data-label={say("asked.answered")}>{when(line.sentAt)}</td>
              <td data-label={say("asked.reminded")}>{when(line.remindedAt)}</td>
              <td data-label={say("asked.questions")}>
                {line.cleared
                  ? say("asked.cleared-short")
                  : line.answered === null
                    ? ""
                    : say("asked.of", { n: line.answered, all: QUESTIONS.length })}
              </td>
              <td data-label={say("asked.acts")}>
                <div className="row">
                  {line.mayRenew ? <Act line={line} does="renew" /> : null}
                  {line.mayRevoke ? <Act line={line} does="revoke" /> : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default inFrame(Campaign)
