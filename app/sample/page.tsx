import type { Metadata } from "next"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { seatWords } from "@/components/shell/app-shell"
import { SAMPLE_SEATS } from "@/domain/sample/seats"
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
          {SAMPLE_SEATS.map((seat) => (
            <button key={seat} type="submit" name="role" value={seat}>
              {say("sample.as", { role: seatWords(seat) })}
            </button>
          ))}
        </form>
        <p className="soft small">{say("sample.first")}</p>
      </section>
    </main>
  )
}

export default inFrame(Sample)
