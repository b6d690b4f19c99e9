import type { Metadata } from "next"
import Link from "next/link"
import { TextArea, TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { kept } from "@/usecases/people/kept"
import { LEFT_OUT, suppliersChosen, type Suppliers } from "@/usecases/requests/no-personal-data"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { selectionOf, selectionWords } from "@/app/selection"

export const metadata: Metadata = { title: say("suppliers.propose-title") }

/** What was chosen on the list of parties, counted anew, and the one form that proposes the negative decision for it. */
async function NoPersonalData({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const chosen = selectionOf(words)
  const page = shown(await suppliersChosen(scene, chosen))
  const before = await kept(scene, "/parties/no-personal-data")
  const typed = (name: string): string => {
    const value = before?.input?.[name]
    return typeof value === "string" ? value : ""
  }
  const wrong = (name: string): string | null =>
    before?.refusal?.fields?.find((field) => field.path === name)?.says ?? null
  return (
    <Frame scene={scene} current="/parties">
      <h1>{say("suppliers.propose-title")}</h1>
      <p className="lede soft">{say("suppliers.lede")}</p>
      <RefusedNotice words={words} />
      <Chosen page={page} />
      {page.eligible ? (
        <form className="card stack" method="post" action="/api/v1/requests/no-personal-data">
          {[
            ["count", String(page.eligible)],
            ["title", say("suppliers.request-title", { n: page.eligible })],
            ...selectionWords(chosen),
          ].map(([name = "", value = ""]) => (
            <input key={name + value} type="hidden" name={name} value={value} />
          ))}
          <TextArea
            name="reason"
            label={say("suppliers.reason")}
            help={say("suppliers.reason-help")}
            value={typed("reason")}
            error={wrong("reason")}
            required
          />
          <TextField
            name="reviewOn"
            label={say("suppliers.review-on")}
            help={say("suppliers.review-help")}
            value={typed("reviewOn") || page.reviewOn}
            error={wrong("reviewOn")}
            required
          />
          <div className="row">
            <button className="primary" type="submit">
              {say("suppliers.go", { n: page.eligible })}
            </button>
            <Link className="button" href="/parties" prefetch={false}>
              {say("suppliers.back")}
            </Link>
          </div>
        </form>
      ) : (
        <Link className="button" href="/parties" prefetch={false}>
          {say("suppliers.back")}
        </Link>
      )}
    </Frame>
  )
}

function Chosen({ page }: { page: Suppliers }) {
  return (
    <section className="card stack" aria-labelledby="chosen">
      <h2 id="chosen">{say("suppliers.chosen", { n: page.eligible })}</h2>
      {LEFT_OUT.filter((why) => page.leftOut[why] > 0).map((why) => (
        <Notice key={why} tone="warn">
          <p>{say(`suppliers.left-out.${why}`, { n: page.leftOut[why] })}</p>
        </Notice>
      ))}
      {page.first.length ? (
        <ul>
          {page.first.map((item) => (
            <li key={item.id}>
              <Link href={`/parties/${item.id}`} prefetch={false}>
                {item.title}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {page.eligible > page.first.length ? (
        <p className="soft small">{say("findings.more", { n: page.eligible - page.first.length })}</p>
      ) : null}
    </section>
  )
}

export default inFrame(NoPersonalData)
