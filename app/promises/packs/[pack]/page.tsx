import type { Metadata } from "next"
import Link from "next/link"
import { DayField } from "@/components/packs/about-fields"
import { ClauseCards } from "@/components/packs/clause-cards"
import { Facts } from "@/components/packs/facts"
import { FileFaults, UploadPack } from "@/components/packs/pack-file"
import { TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays } from "@/domain/core/day"
import { narrowness } from "@/domain/packs/in-force"
import { listOwnPacks, type OwnPacksPage } from "@/usecases/packs/list-own-packs"
import { kept, type Kept } from "@/usecases/people/kept"
import { readPack } from "@/usecases/promises/read-clause"
import { inFrame } from "@/app/in-frame"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"
import { wrongIn } from "@/app/wrong"

export const metadata: Metadata = { title: say("promises.pack") }

/** A pack as a lawyer reads it: its versions, the law's dated facts, its clauses, and the way to its next version. */
async function OnePack({ params, searchParams }: { params: Promise<{ pack: string }>; searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const { pack, versions, facts } = shown(await readPack(scene, { pack: (await params).pack }))
  const here = `/promises/packs/${pack.pack}`
  const writes = rolesOf(scene).some((role) => role === "legal" || role === "dpo")
  const refused = one(words, "refused") !== ""
  const typed = refused ? await kept(scene, here) : null
  const file = refused ? await kept(scene, `${here}#file`) : null
  return (
    <Frame scene={scene} current="/promises">
      <p>
        <Link href={`/promises?pack=${pack.pack}`} prefetch={false}>
          {say("promises.back")}
        </Link>
      </p>
      <h1>{say(`pack.${pack.pack}`)}</h1>
      <p className="lede">{say("promises.pack-lede")}</p>
      <RefusedNotice words={words} places={[...wrongIn(typed)].map(([path, why]) => ({ path, words: why }))} />
      <FileFaults faults={file?.refusal?.fields ?? []} />
      <section className="stack" aria-labelledby="versions">
        <h2 id="versions">{say("law.versions")}</h2>
        <ul className="plain-list small">
          {versions.map((version) => (
            <li key={version.version}>
              <Version {...version} />
            </li>
          ))}
        </ul>
      </section>
      {pack.pack === "statement" ? (
        <p>
          <Link href="/promises/own" prefetch={false}>
            {say("own.title")}
          </Link>
        </p>
      ) : writes ? (
        <NextVersion page={shown(await listOwnPacks(scene, {}))} pack={pack.pack} typed={typed} open={refused} />
      ) : (
        <p className="soft">{say("law.not-mine")}</p>
      )}
      <Facts facts={facts} />
      <ClauseCards clauses={pack.clauses} />
    </Frame>
  )
}

function Version(of: { version: string; publishedAt: string; own: string | null; from: string | null }) {
  const said = say("promises.pack-published", { version: of.version, day: dayWords(of.publishedAt.slice(0, 10)) })
  if (!of.own) return <span className="soft">{`${said} ${say("law.shipped")}.`}</span>
  return (
    <>
      {said} {of.from ? `${say("own.counts-from", { from: dayWords(of.from) })}. ` : ""}
      <Link className="tall" href={`/promises/own/${of.own}`} prefetch={false}>
        {say("law.ours")} <span className="unseen">{of.version}</span>
      </Link>
    </>
  )
}

/** The way to a next version of a law: a file for facts and clauses, or a draft of its clauses. Both are requests. */
function NextVersion(props: { page: OwnPacksPage; pack: string; typed: Kept | null; open: boolean }) {
  const { page, pack, typed, open } = props
  const text = page.texts.find((mine) => mine.pack === pack && narrowness(mine.scope) === 0 && mine.ends === null)
  const title = text?.title ?? say(`pack.${pack}`)
  const wrong = wrongIn(typed)
  const said = (name: string): string | undefined => {
    const value = typed?.input?.[name]
    return typeof value === "string" ? value : undefined
  }
  const of = text ? `record=${text.recordId}` : `pack=${pack}`
  return (
    <details className="stack" open={open}>
      <summary id="next">{say("law.next")}</summary>
      <p className="soft">{say("law.next-help")}</p>
      <div className="beside">
        <UploadPack download={`/api/v1/packs/files?${of}`} title={title} help={say("law.upload-help")} />
        <section className="card stack" aria-labelledby="write">
          <h2 id="write">{say("law.write")}</h2>
          <p className="soft">{say("law.write-help")}</p>
          <form className="stack" method="post" action="/api/v1/packs">
            <input type="hidden" name="pack" value={pack} />
            {text ? <input type="hidden" name="recordId" value={text.recordId} /> : null}
            <TextField
              name="title"
              label={say("own.field.title")}
              value={said("title") ?? title}
              error={wrong.get("title") ?? null}
              required
            />
            <DayField
              label={say("own.field.from")}
              help={say("own.field.from-help")}
              value={said("effectiveFrom") ?? addDays(page.today, 30)}
              error={wrong.get("effectiveFrom") ?? null}
            />
            <div>
              <button type="submit">{say("own.begin")}</button>
            </div>
          </form>
        </section>
      </div>
    </details>
  )
}

export default inFrame(OnePack)
