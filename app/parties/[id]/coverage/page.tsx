import type { Metadata } from "next"
import Link from "next/link"
import { Choice } from "@/components/coverage/choice"
import { DaySwitch } from "@/components/shell/day-switch"
import { say } from "@/components/words/catalogue"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { PartyCoverRows, PartyCoverSentences } from "@/app/party-pictures"
import { readPartyCoverage } from "@/usecases/coverage/read-party-coverage"

export const metadata: Metadata = { title: say("party-cover.section") }

/** A party's sharings over time, a page of them by name. */
async function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const show = one(words, "show") === "table" ? "table" : "picture"
  const after = one(words, "after").slice(0, 1200)
  const scene = await signedIn()
  const cover = shown(await readPartyCoverage(scene, { id, asOf: clocks.asOf, on: clocks.on, after }))
  const path = `/parties/${id}/coverage`
  const as = (way: "picture" | "table"): string => (way === "table" ? `${path}?show=table` : path)
  const at = (way: "picture" | "table", from: string): string =>
    withClocks(from ? `${as(way)}${way === "table" ? "&" : "?"}after=${from}` : as(way), clocks)
  return (
    <Frame scene={scene} current="/parties" past={pastOf(as(show), clocks)}>
      <div className="row between">
        <div>
          <p className="over">
            <Link href={withClocks(`/parties/${id}`, clocks)} prefetch={false}>
              {say("party-cover.back")}
            </Link>
          </p>
          <h1>{say("party-cover.title", { name: cover.title })}</h1>
        </div>
        <DaySwitch
          path={path}
          keep={show === "table" ? [["show", "table"]] : []}
          asOf={clocks.asOf?.slice(0, 10) ?? ""}
          on={clocks.on ?? ""}
        />
      </div>
      <PartyCoverSentences cover={cover} past={clocks.asOf !== null || clocks.on !== null} />
      {cover.lines.length ? (
        <section className="card stack" aria-label={say("party-cover.section")}>
          <Choice
            label={say("picture.show")}
            chosen={show}
            ways={(["picture", "table"] as const).map((name) => ({
              name,
              says: `picture.${name}`,
              href: at(name, after),
            }))}
          />
          <PartyCoverRows cover={cover} clocks={clocks} show={show} />
          <div className="row no-print">
            {after ? (
              <Link className="button" href={at(show, "")} prefetch={false}>
                {say("list.first")}
              </Link>
            ) : null}
            {cover.next ? (
              <Link className="button" href={at(show, cover.next)} prefetch={false}>
                {say("list.more")}
              </Link>
            ) : null}
          </div>
        </section>
      ) : null}
    </Frame>
  )
}

export default inFrame(Page)
