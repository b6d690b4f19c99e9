import type { Metadata } from "next"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { ROLES } from "@/domain/people/roles"
import { inFrame } from "@/app/in-frame"
import { one, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("sample.title") }

async function Sample({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <section className="card stack">
        <h1>{say("sample.title")}</h1>
        <p className="soft">{say("sample.lede")}</p>
        {one(words, "refused") ? <RefusedNotice words={words} /> : null}
        <form className="stack" method="post" action="/api/v1/sample">
          <p>
            <strong>{say("sample.choose")}</strong>
          </p>
          {ROLES.map((role) => (
            <button key={role} type="submit" name="role" value={role}>
              {say("sample.as", { role: say(`role.${role}`) })}
            </button>
          ))}
        </form>
        <p className="soft small">{say("sample.first")}</p>
      </section>
    </main>
  )
}

export default inFrame(Sample)
