import type { Metadata } from "next"
import Link from "next/link"
import { Article30Form } from "@/components/exports/article-30-form"
import { ExportTable } from "@/components/exports/export-table"
import { OrderForm } from "@/components/exports/order-form"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { inMainland } from "@/domain/exports/mainland"
import { isOnlySupervisor, readableEntities } from "@/domain/people/permissions"
import { listExports } from "@/usecases/exports/ordered"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("exports.title") }

const HERE = "/audit/exports"

/** Asks for packages, and lists those that were asked for. */
async function Exports({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listExports(scene, { before: one(words, "before") || null }))
  const mine = readableEntities(scene.actor)
  const entities = shown(await listEntities(scene, {})).filter(({ id }) => mine === null || mine.includes(id))
  const mainland = inMainland(entities.map(({ id, entity }) => ({ id, country: entity.country })))
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const party = one(words, "party")
  const wrong = new Map((held?.refusal?.fields ?? []).map(({ path, says }) => [placeOf(path), says]))
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("exports.title")}</h1>
      <p className="lede">{say("exports.lede")}</p>
      <RefusedNotice words={words} />
      <section className="card stack" aria-labelledby="exports-list">
        <h2 id="exports-list">{say("exports.list")}</h2>
        {page.lines.length > 0 ? <ExportTable lines={page.lines} /> : <p className="soft">{say("exports.none")}</p>}
        <p className="row">
          {page.next ? (
            <Link href={`${HERE}?before=${encodeURIComponent(page.next)}`} prefetch={false}>
              {say("exports.older")}
            </Link>
          ) : null}
          {one(words, "before") ? (
            <Link href={HERE} prefetch={false}>
              {say("exports.newest")}
            </Link>
          ) : null}
          <Link href="/audit/events?act=export.make" prefetch={false}>
            {say("exports.made")}
          </Link>
        </p>
      </section>
      <OrderForm
        entities={entities.map(({ id, entity }) => ({ id, name: entity.legalName }))}
        typed={held?.input ?? (party ? { parties: party } : {})}
        wrong={wrong}
        mainland={entities.flatMap(({ id, entity }) => (mainland.includes(id) ? [entity.legalName] : []))}
        visits={isOnlySupervisor(scene.actor)}
      />
      {entities.length > 0 ? (
        <Article30Form entities={entities.map(({ id, entity }) => ({ id, name: entity.legalName }))} />
      ) : null}
      <section className="card stack">
        <h2>{say("exports.inside")}</h2>
        <ul>
          {["forms", "report", "records", "requests", "files", "log", "manifest"].map((part) => (
            <li key={part}>{say(`exports.inside.${part}`)}</li>
          ))}
        </ul>
        <p className="soft">{say("exports.same")}</p>
      </section>
    </Frame>
  )
}

/** The field of the form that a wrong place of the order was typed into: one line of a list is the list's. */
function placeOf(path: string): string {
  const [first = "", second = ""] = path.split(".")
  return ["scope", "mainland"].includes(first) && second !== "" ? `${first}.${second}` : first
}

export default inFrame(Exports)
