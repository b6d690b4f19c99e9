import type { Metadata } from "next"
import Link from "next/link"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("exports.title") }

async function Exports({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  shown(mayAct("export.make", scene.actor))
  return (
    <Frame scene={scene} current="/audit/exports">
      <h1>{say("exports.title")}</h1>
      <p className="lede soft">{say("exports.lede")}</p>
      <RefusedNotice words={await searchParams} />
      <form className="card stack" method="post" action="/api/v1/exports">
        <div className="field">
          <label htmlFor="asOf">{say("exports.as-of")}</label>
          <span className="help" id="asOf-help">
            {say("exports.as-of-help")}
          </span>
          <input id="asOf" name="asOf" type="date" aria-describedby="asOf-help" />
        </div>
        <button className="primary" type="submit">
          {say("exports.go")}
        </button>
      </form>
      <section className="card stack">
        <h2>{say("exports.inside")}</h2>
        <ul>
          {["records", "tables", "schema", "manifest"].map((part) => (
            <li key={part}>{say(`exports.inside.${part}`)}</li>
          ))}
        </ul>
        <p className="soft">{say("exports.same")}</p>
        <p>
          <Link href="/audit/events?act=export.make" prefetch={false}>
            {say("exports.made")}
          </Link>
        </p>
      </section>
    </Frame>
  )
}

export default inFrame(Exports)
