import type { Metadata } from "next"
import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listMails, type MailsPage } from "@/usecases/told/list-mails"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("mails.title") }

const HERE = "/admin/mail"
const COLUMNS = ["mails.to", "mails.kind", "mails.made", "mails.state", "mails.tries"]
const TONES: Record<string, Tone> = { waiting: "review", sent: "good", failed: "bad", empty: "quiet", stale: "quiet" }

async function Mails({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listMails(scene, { after: one(words, "after").slice(0, 300) }))
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("mails.title")}</h1>
      <p className="lede soft">{say("mails.lede")}</p>
      {process.env.SMTP_URL ? null : (
        <Notice tone="warn">
          <p>{say("mails.off")}</p>
        </Notice>
      )}
      <section className="card stack">
        {page.mails.length ? <Table mails={page.mails} /> : <p className="soft">{say("mails.none")}</p>}
        {page.next ? (
          <p>
            <Link className="button" href={`${HERE}?after=${encodeURIComponent(page.next)}`} prefetch={false}>
              {say("mails.older")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

function Table({ mails }: Pick<MailsPage, "mails">) {
  return (
    <div className="scroll" role="region" aria-label={say("mails.title")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("mails.title")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {mails.map((mail) => (
            <tr key={mail.key}>
              <th scope="row">{mail.name}</th>
              <td data-label={say("mails.kind")}>{say(`mails.kind.${mail.kind}`)}</td>
              <td className="nowrap" data-label={say("mails.made")}>
                <At instant={mail.at} />
              </td>
              <td data-label={say("mails.state")}>
                <StatusTag tone={TONES[mail.state] ?? "quiet"}>{say(`mails.state.${mail.state}`)}</StatusTag>
                {mail.problem ? (
                  <div className="soft small">
                    {say(/^\d+$/.test(mail.problem) ? "mails.problem" : "mails.problem-line", { code: mail.problem })}
                  </div>
                ) : null}
                {mail.state === "waiting" && mail.tries > 0 ? (
                  <div className="soft small">{say("mails.next-try", { at: instantWords(mail.nextAt) })}</div>
                ) : null}
              </td>
              <td data-label={say("mails.tries")}>{mail.tries}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default inFrame(Mails)
