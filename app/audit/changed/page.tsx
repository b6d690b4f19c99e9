import type { Metadata } from "next"
import Link from "next/link"
import { ChangeTable } from "@/components/audit/change-table"
import { dayWords, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readChanges } from "@/usecases/visits/read-changes"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("changed.title") }

const HERE = "/audit/changed"

async function Changed({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const day = /^\d{4}-\d{2}-\d{2}$/.test(one(words, "since")) ? one(words, "since") : ""
  const page = shown(
    await readChanges(scene, {
      day: day || null,
      after: one(words, "after").slice(0, 200),
    }),
  )
  const more = new URLSearchParams({ ...(day ? { since: day } : {}), after: page.next ?? "" })
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("changed.title")}</h1>
      <p className="lede soft">
        {page.chosen
          ? say("changed.since", { at: dayWords(day) })
          : say("changed.since-visit", { at: instantWords(page.since) })}
      </p>
      <form className="row end" action={HERE}>
        <label className="field">
          {say("changed.from")}
          <input type="date" name="since" defaultValue={day} />
        </label>
        <button type="submit">{say("list.go")}</button>
      </form>
      <section className="card stack">
        {page.changes.length ? (
          <ChangeTable changes={page.changes} clauses={page.clauses} />
        ) : (
          <p className="soft">{say("changed.none")}</p>
        )}
        {page.next ? (
          <p>
            <Link className="button" href={`${HERE}?${more}`} prefetch={false}>
              {say("list.more")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Changed)
