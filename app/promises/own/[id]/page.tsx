import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { ClauseCards } from "@/components/packs/clause-cards"
import { Facts } from "@/components/packs/facts"
import { scopeWords } from "@/components/packs/scope-words"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { LawFacts } from "@/domain/checks/law"
import { isId } from "@/domain/core/id"
import { listOwnPacks } from "@/usecases/packs/list-own-packs"
import { readRecord } from "@/usecases/register/read-record"
import { clocksOf } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("own.title") }

/** A text of our own as a lawyer reads it, in any of its versions. */
async function OwnText({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  if (!isId("pack", id)) notFound()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const { versions } = shown(await readRecord(scene, { id, asOf: clocks.asOf, on: clocks.on }))
  const { names } = shown(await listOwnPacks(scene, {}))
  const wanted = Number(one(words, "version"))
  const end = versions.find((item) => item.standing === "ended")
  const texts = versions.filter((item) => item !== end)
  const record = texts.find((item) => item.version === wanted) ?? texts[texts.length - 1]
  if (record?.kind !== "pack") notFound()
  const { body } = record
  return (
    <Frame scene={scene} current="/promises">
      <p>
        <Link href="/promises/own" prefetch={false}>
          {say("own.title")}
        </Link>
      </p>
      <h1>{say("own.text-of", { title: body.title, version: body.version })}</h1>
      <p className="lede">
        {say("own.counts-from", { from: dayWords(body.effectiveFrom) })}. {scopeWords(body, names)}.
      </p>
      {end?.kind === "pack" ? <p>{say("own.ends", { on: dayWords(end.body.effectiveFrom) })}</p> : null}
      <ul className="plain-list row small">
        {texts.map((item) =>
          item.kind === "pack" ? (
            <li key={item.version}>
              <Link
                className="tall"
                href={`/promises/own/${id}?version=${item.version}`}
                aria-current={item.version === record.version ? "true" : undefined}
                prefetch={false}
              >
                {say("own.shown-version", { version: item.body.version, from: dayWords(item.body.effectiveFrom) })}
              </Link>
            </li>
          ) : null,
        )}
      </ul>
      {body.facts === "" ? null : <Facts facts={JSON.parse(body.facts) as Partial<LawFacts>} />}
      <ClauseCards clauses={body.clauses} />
    </Frame>
  )
}

export default inFrame(OwnText)
