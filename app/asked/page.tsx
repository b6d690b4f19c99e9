import type { Metadata } from "next"
import Link from "next/link"
import type { ReactNode } from "react"
import { LinkTag } from "@/components/asked/link-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listCampaigns } from "@/usecases/asked/campaigns"
import { listOwnLinks } from "@/usecases/asked/read-asked"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("asked.title") }

async function Asked() {
  const scene = await signedIn()
  const links = shown(await listOwnLinks(scene, {}))
  const reads = mayAct("campaign.read", scene.actor).ok
  const campaigns = reads ? shown(await listCampaigns(scene, {})) : []
  return (
    <Frame scene={scene} current="/asked">
      <div className="row between">
        <h1>{say("asked.title")}</h1>
        {mayAct("campaign.make", scene.actor).ok ? (
          <Link className="button primary" href="/asked/campaigns/new" prefetch={false}>
            {say("asked.campaign-new")}
          </Link>
        ) : null}
      </div>
      <p className="lede soft">{say("asked.lede")}</p>
      {reads ? (
        <Table
          title="asked.campaigns"
          none="asked.campaigns-none"
          heads={["campaign.name", "asked.due", "asked.questions"]}
          rows={campaigns.map((one) => [
            <Link key="a" className="tall" href={`/asked/campaigns/${one.id}`} prefetch={false}>
              {one.title}
            </Link>,
            dayWords(one.dueOn),
            say("asked.of", { n: one.answered, all: one.asked }),
          ])}
        />
      ) : null}
      <Table
        title="asked.own"
        none="asked.own-none"
        heads={["asked.supplier", "asked.state", "asked.due"]}
        rows={links.map((link) => [
          <Link key="a" className="tall" href={`/asked/${link.id}`} prefetch={false}>
            {link.partyName}
          </Link>,
          <LinkTag key="b" state={link.state} />,
          dayWords(link.dueOn),
        ])}
      />
    </Frame>
  )
}

type TableProps = { title: string; none: string; heads: readonly string[]; rows: ReactNode[][] }

function Table({ title, none, heads, rows }: TableProps) {
  return (
    <section className="card stack" aria-labelledby={title}>
      <h2 id={title}>{say(title)}</h2>
      {rows.length === 0 ? (
        <p className="soft">{say(none)}</p>
      ) : (
        <div className="scroll" role="region" aria-labelledby={title} tabIndex={0}>
          <table className="list">
            <caption className="unseen">{say(title)}</caption>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {say(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...rest], n) => (
                <tr key={n}>
                  <th scope="row">{first}</th>
                  {rest.map((cell, i) => (
                    <td key={i} data-label={say(heads[i + 1] ?? title)}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

export default inFrame(Asked)
