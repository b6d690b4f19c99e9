import type { Metadata } from "next"
import Link from "next/link"
import { TogetherForm } from "@/components/requests/together-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { ALIKE } from "@/domain/requests/alike"
import { kept } from "@/usecases/people/kept"
import { listTogether } from "@/usecases/requests/decide-together"
import { proofOf } from "@/app/sign-on"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("together.title") }

const HERE = "/requests/together"

async function TogetherPage({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  shown(mayAct("request.decide-many", scene.actor))
  const q = one(words, "q").slice(0, 200)
  const alike = ALIKE.find((name) => name === one(words, "alike")) ?? null
  const page = shown(await listTogether(scene, { q, alike }))
  const typed = words.refused ? ((await kept(scene, HERE))?.input ?? {}) : {}
  const to = (wanted: string): string => {
    const search = new URLSearchParams({ ...(q ? { q } : {}), ...(wanted ? { alike: wanted } : {}) }).toString()
    return search ? `${HERE}?${search}` : HERE
  }
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("together.title")}</h1>
      <p className="lede">{say("together.lede")}</p>
      <RefusedNotice words={words} />
      <form className="row" action={HERE} role="search" aria-label={say("together.search")}>
        {alike ? <input type="hidden" name="alike" value={alike} /> : null}
        <div className="shell-search">
          <input
            type="search"
            name="q"
            defaultValue={q}
            aria-label={say("together.search")}
            placeholder={say("together.search")}
          />
        </div>
        <button type="submit">{say("list.go")}</button>
      </form>
      <nav className="row" aria-label={say("list.filters")}>
        {["", ...ALIKE].map((name) => (
          <Link
            key={name}
            className={name === (alike ?? "") ? "chip" : "button compact"}
            href={to(name)}
            prefetch={false}
            aria-current={name === (alike ?? "") ? "true" : undefined}
          >
            {say(`together.${name || "all"}`)}{" "}
            {name === "" ? page.counts.renewal + page.counts.ending : page.counts[name as "renewal"]}
          </Link>
        ))}
      </nav>
      {page.total > page.rows.length ? (
        <Notice>
          <p>{say("together.more")}</p>
        </Notice>
      ) : null}
      {page.rows.length === 0 ? (
        <p className="soft">{say("together.none")}</p>
      ) : (
        <TogetherForm
          rows={page.rows}
          filter={{ alike: alike ?? "", q }}
          total={page.total}
          typed={typed}
          proof={proofOf(scene, HERE)}
        />
      )}
    </Frame>
  )
}

export default inFrame(TogetherPage)
