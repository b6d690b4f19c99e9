import type { Metadata } from "next"
import Link from "next/link"
import { SelectField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { ScenarioForm, SubjectSearch, subjectKind, type Choice } from "@/components/whatif/scenario-form"
import { say } from "@/components/words/catalogue"
import { dayIn, addDays } from "@/domain/core/day"
import { titleOf } from "@/domain/records/project"
import { SCENARIO_KINDS, type ScenarioKind } from "@/domain/whatif/scenario"
import { kept } from "@/usecases/people/kept"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import type { Scene } from "@/usecases/scene"
import { listScenarios, type Desk } from "@/usecases/whatif/saved"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("whatif.title") }

const HERE = "/what-if"
const MOST = 20

/** What may be supposed: one form for each kind, native controls, the whole state in the address. */
async function WhatIf({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const kind = SCENARIO_KINDS.find((known) => known === one(words, "kind")) ?? "loses-adequacy"
  const desk = shown(await listScenarios(scene, {}))
  const typed = one(words, "refused") ? ((await kept(scene, HERE))?.input ?? {}) : {}
  const said = (name: string): string => {
    const value = typed[name] ?? one(words, name)
    return Array.isArray(value) ? (value[0] ?? "") : value
  }
  const choices = await choicesFor(scene, kind, one(words, "q").slice(0, 200), said("subject"))
  const on = said("on") || addDays(dayIn("UTC", scene.now), 30)
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("whatif.title")}</h1>
      <p className="lede soft">{say("whatif.lede")}</p>
      <RefusedNotice words={words} />
      <div className="with-facets">
        <nav className="facets" aria-label={say("whatif.choose")}>
          <details open>
            <summary>{say("whatif.choose")}</summary>
            <ul className="plain-list">
              {SCENARIO_KINDS.map((known) => (
                <li key={known}>
                  <Link
                    href={`${HERE}?kind=${known}`}
                    aria-current={known === kind ? "true" : undefined}
                    prefetch={false}
                  >
                    <span>{say(`whatif.kind.${known}`)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        </nav>
        <div className="stack">
          <section className="card stack" aria-labelledby="kind">
            <h2 id="kind">{say(`whatif.kind.${kind}`)}</h2>
            <p className="soft">{say(`whatif.assume.${kind}`)}</p>
            {choices ? <SubjectSearch kind={kind} q={one(words, "q")} /> : null}
            <ScenarioForm kind={kind} choices={choices} said={(name) => (name === "on" ? on : said(name))} />
          </section>
          <Kept desk={desk} />
        </div>
      </div>
    </Frame>
  )
}

/** Records that a scenario may be about, by name; null where it is about the law or a purpose. */
async function choicesFor(scene: Scene, kind: ScenarioKind, q: string, chosen: string): Promise<Choice[] | null> {
  const about = subjectKind(kind)
  if (!about) return null
  const list = about === "party" ? "parties" : about === "agreement" ? "agreements" : "others"
  const filters = about === "consent" ? { record: ["consent"] } : kind === "leaves-group" ? { kind: ["affiliate"] } : {}
  const page = shown(
    await listRecords(scene, { list, q, filters, excluded: { standing: ["ended"] }, size: 25, count: false }),
  )
  const found = page.rows.slice(0, MOST).map((row): Choice => {
    const party = row.partyName ? ` (${String(row.partyName)})` : ""
    return { id: String(row.id), label: `${String(row.title)}${party}` }
  })
  if (chosen === "" || found.some((one) => one.id === chosen)) return found
  const record = await readRecord(scene, { id: chosen })
  if (!record.ok) return found
  return [{ id: chosen, label: titleOf(record.value.record.kind, record.value.record.body as never) }, ...found]
}

function Kept({ desk }: { desk: Desk }) {
  return (
    <>
      <section className="card stack" aria-labelledby="kept">
        <h2 id="kept">{say("whatif.kept")}</h2>
        {desk.saved.length === 0 ? <p className="soft">{say("whatif.kept-none")}</p> : null}
        <ul className="plain-list">
          {desk.saved.map((item) => (
            <li className="row between" key={item.id}>
              <Link className="tall" href={`/what-if/saved/${item.id}`} prefetch={false}>
                {item.title}
              </Link>
              <form method="post" action="/api/v1/what-if/saved/drop">
                <input type="hidden" name="id" value={item.id} />
                <button className="compact" type="submit" aria-label={say("whatif.drop-of", { title: item.title })}>
                  {say("whatif.drop")}
                </button>
              </form>
            </li>
          ))}
        </ul>
        {desk.saved.length > 1 ? <CompareForm desk={desk} /> : null}
      </section>
      {desk.runs.length ? <Runs desk={desk} /> : null}
    </>
  )
}

function CompareForm({ desk }: { desk: Desk }) {
  const options = desk.saved.map((item) => ({ value: item.id, label: item.title }))
  return (
    <form className="stack" action="/what-if/compare" aria-label={say("whatif.compare")}>
      <h3>{say("whatif.compare")}</h3>
      <SelectField name="a" label={say("whatif.compare-a")} options={options} value={options[0]?.value} />
      <SelectField name="b" label={say("whatif.compare-b")} options={options} value={options[1]?.value} />
      <div>
        <button type="submit">{say("whatif.compare-button")}</button>
      </div>
    </form>
  )
}

function Runs({ desk }: { desk: Desk }) {
  return (
    <section className="card stack" aria-labelledby="runs">
      <h2 id="runs">{say("whatif.runs")}</h2>
      <ul className="plain-list">
        {desk.runs.map((item) => (
          <li key={item.id}>
            <Link className="tall" href={`/what-if/runs/${item.id}`} prefetch={false}>
              {say(`whatif.kind.${item.scenario.kind}`)} <At instant={item.at} />
            </Link>{" "}
            <span className="soft">{say(`whatif.state.${item.state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export default inFrame(WhatIf)
