import type { Metadata } from "next"
import Link from "next/link"
import { GRAVITY_TONE } from "@/components/promises/board-table"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readPack } from "@/usecases/promises/read-clause"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("promises.pack") }

async function OnePack({ params }: { params: Promise<{ pack: string }> }) {
  const scene = await signedIn()
  const { pack, versions } = shown(await readPack(scene, { pack: (await params).pack }))
  return (
    <Frame scene={scene} current="/promises">
      <p>
        <Link href={`/promises?pack=${pack.pack}`} prefetch={false}>
          {say("promises.back")}
        </Link>
      </p>
      <h1>{say(`pack.${pack.pack}`)}</h1>
      <p className="lede">{say("promises.pack-lede")}</p>
      <ul className="plain-list soft small">
        {versions.map((one) => (
          <li key={one.version}>
            {say("promises.pack-published", { version: one.version, day: dayWords(one.publishedAt.slice(0, 10)) })}
          </li>
        ))}
      </ul>
      {pack.clauses.map((clause) => (
        <article key={clause.id} className="card stack" id={clause.id}>
          <div className="row between">
            <h2>
              <Link href={`/promises/${encodeURIComponent(clause.id)}`} prefetch={false}>
                <span className="soft">{clause.id}</span> {clause.title}
              </Link>
            </h2>
            <StatusTag tone={GRAVITY_TONE[clause.severity] ?? "quiet"}>{say(`severity.${clause.severity}`)}</StatusTag>
          </div>
          <p>{clause.duty}</p>
          <dl className="facts">
            <div className="fact">
              <dt>{say("promises.looked")}</dt>
              <dd>{say(clause.check === null ? "promises.looked-none" : `looked.${clause.check}`)}</dd>
            </div>
            <div className="fact">
              <dt>{say("promises.remedy")}</dt>
              <dd>{clause.remedy}</dd>
            </div>
            <div className="fact">
              <dt>{say("promises.source")}</dt>
              <dd>
                {clause.source} <span className="soft">({clause.certainty})</span>
              </dd>
            </div>
          </dl>
        </article>
      ))}
    </Frame>
  )
}

export default inFrame(OnePack)
