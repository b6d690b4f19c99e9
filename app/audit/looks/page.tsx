import type { Metadata } from "next"
import Link from "next/link"
import { LookTable, VisitTable } from "@/components/audit/look-tables"
import { MainlandSaid } from "@/components/audit/mainland-said"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import { listLooks, listVisits } from "@/usecases/audit/list-looks"
import { kept } from "@/usecases/people/kept"
import { readMainland } from "@/usecases/visits/say-mainland"
import { scopeNames } from "@/usecases/people/scope-names"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("looks.title") }

const HERE = "/audit/looks"

async function Looks({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const personId = one(words, "person")
  if (isId("person", personId)) {
    const after = Number(one(words, "after") || -1)
    const page = shown(await listLooks(scene, { personId, after: Number.isSafeInteger(after) ? after : -1 }))
    return (
      <Frame scene={scene} current={HERE}>
        <h1>{say("looks.of", { name: page.name })}</h1>
        <section className="card stack">
          {page.looks.length ? <LookTable looks={page.looks} /> : <p className="soft">{say("looks.nothing")}</p>}
          {page.next !== null ? (
            <p>
              <Link className="button" prefetch={false} href={`${HERE}?person=${personId}&after=${page.next}`}>
                {say("list.more")}
              </Link>
            </p>
          ) : null}
          {page.looks.length ? (
            <p>
              <a className="button compact" href={`/api/v1/looks?person=${personId}`} download="looks.jsonl">
                {say("looks.file")}
              </a>{" "}
              <span className="soft small">{say("looks.file-help")}</span>
            </p>
          ) : null}
        </section>
      </Frame>
    )
  }
  const visits = shown(await listVisits(scene, {}))
  const mainland = shown(await readMainland(scene, {}))
  const { names } = await scopeNames(scene.db, null)
  const held = words.refused ? await kept(scene, HERE) : null
  const typed = (held?.input ?? {}) as Record<string, string>
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("looks.title")}</h1>
      <p className="lede soft">{say("looks.lede")}</p>
      <RefusedNotice words={words} />
      <section className="card stack">
        {visits.length ? <VisitTable visits={visits} companies={names} /> : <p className="soft">{say("looks.none")}</p>}
      </section>
      <MainlandSaid
        lines={mainland.map((line) => ({ ...line, company: names[line.entityId] ?? line.entityId }))}
        proof={proofOf(scene, HERE)}
        typed={{
          key: `${typed.personId ?? ""}-${typed.entityId ?? ""}`,
          input: typed,
          wrong: (name) => held?.refusal?.fields?.find((field) => field.path === name)?.says ?? null,
        }}
      />
    </Frame>
  )
}

export default inFrame(Looks)
