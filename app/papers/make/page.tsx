import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { FilledPaper, MissingList } from "@/components/templates/filled"
import { makeAddress, pageOfPaper } from "@/components/templates/paper-page"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import { kept } from "@/usecases/people/kept"
import type { Scene } from "@/usecases/scene"
import { offeredTemplates, previewPaper, type Offered } from "@/usecases/templates/make-paper"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("make.title") }

/** Where the paper of an agreement is made from one of our templates, seen filled before. */
async function Make({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const [recordId, asked] = [one(words, "agreement"), one(words, "request")]
  if (!isId("agreement", recordId) || (asked && !isId("request", asked))) notFound()
  const requestId = asked || null
  const page = shown(await offeredTemplates(scene, { recordId, requestId }))
  const wanted = one(words, "template")
  const chosen =
    page.offered.find(({ id }) => id === wanted) ?? (page.offered.length === 1 ? page.offered[0] : undefined)
  // Signs that no letter shows are named: the sentence that the address carries does not know them.
  const before = one(words, "refused") === "invalid.paper-signs" ? await kept(scene, "/papers/make") : null
  return (
    <Frame scene={scene} current="/agreements">
      <p className="over">
        <Link href={pageOfPaper(recordId, requestId)} prefetch={false}>
          {page.title}
        </Link>
      </p>
      <h1>{say("make.title")}</h1>
      <p className="lede">{say("make.lede")}</p>
      {before?.refusal ? (
        <div className="notice bad" id="refused" role="alert" tabIndex={-1}>
          <p>{say(before.refusal.says, before.refusal.params)}</p>
        </div>
      ) : (
        <RefusedNotice words={words} />
      )}
      {page.offered.length === 0 ? <p>{say("make.none")}</p> : null}
      {page.offered.length > 1 ? (
        <nav className="tabs" aria-label={say("make.which")}>
          {page.offered.map((offered) => (
            <Link
              key={offered.id}
              href={makeAddress(recordId, requestId, offered.id)}
              aria-current={offered.id === chosen?.id ? "page" : undefined}
              prefetch={false}
            >
              {offered.title}
            </Link>
          ))}
        </nav>
      ) : null}
      {chosen ? <Seen {...{ scene, recordId, requestId, chosen }} /> : null}
    </Frame>
  )
}

type SeenProps = { scene: Scene; recordId: string; requestId: string | null; chosen: Offered }

async function Seen({ scene, recordId, requestId, chosen }: SeenProps) {
  const seen = await previewPaper(scene, { recordId, requestId, templateId: chosen.id, n: chosen.n })
  if (!seen.ok) return <p>{say(seen.says, seen.params)}</p>
  const { missing, blocks } = seen.value
  return (
    <>
      <section className="card stack" aria-labelledby="make">
        <h2 id="make">
          {chosen.title} · {say("template.version", { n: chosen.n })}
        </h2>
        <MissingList missing={missing} />
        {missing.length ? <p className="soft">{say("make.gaps")}</p> : null}
        <form method="post" action="/api/v1/papers">
          <input type="hidden" name="recordId" value={recordId} />
          <input type="hidden" name="requestId" value={requestId ?? ""} />
          <input type="hidden" name="templateId" value={chosen.id} />
          <button className="primary" type="submit">
            {say("make.make")}
          </button>
        </form>
      </section>
      <section className="card">
        <FilledPaper blocks={blocks} />
      </section>
    </>
  )
}

export default inFrame(Make)
