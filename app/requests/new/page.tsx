import type { Metadata } from "next"
import Link from "next/link"
import { Approved } from "@/components/intake/approved"
import { Choices, SelectField, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import { LIKELY_ROWS } from "@/domain/intake/likely-rows"
import { BEGINNINGS, type Beginning } from "@/domain/intake/question"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { startIntake, type StartPage } from "@/usecases/intake/read-intake"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("intake.title") }

/** The first screen: who does it already, what one wants to do, what one began; and the plain way for who knows the fields. */
async function NewRequest({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const purpose = PURPOSES.some((term) => term.code === one(words, "purpose")) ? one(words, "purpose") : ""
  const sent = words.kind === undefined ? [] : [words.kind].flat()
  const kinds = sent.filter((code) => DATA_KINDS.some((term) => term.code === code))
  const company = isId("entity", one(words, "company")) ? one(words, "company") : null
  const page = shown(await startIntake(scene, { purposes: purpose ? [purpose] : [], kinds, company }))
  const about = (["party", "sharing", "agreement"] as const).filter((kind) => isId(kind, one(words, kind)))
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("intake.title")}</h1>
      <p className="lede soft">{say("intake.lede")}</p>
      <RefusedNotice words={words} />
      <GoOn open={page.open} />
      <Already purpose={purpose} kinds={kinds} page={page} />
      <form className="card stack" method="post" action="/api/v1/intakes">
        <fieldset className="question">
          <legend>{say("intake.what")}</legend>
          <HowLong page={page} here={{ purpose, kinds }} />
          <div className="beginnings">
            {BEGINNINGS.map((code) => (
              <label className="choice" key={code}>
                <input
                  type="radio"
                  name="beginning"
                  value={code}
                  required
                  defaultChecked={one(words, "begin") === code}
                />
                <span>
                  {say(`intake.begins.${code}`)}
                  <span className="soft small block">{say(`intake.begins-help.${code}`)}</span>
                  <span className="small block">{expectedWords(page, code)}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {purpose ? <input type="hidden" name="purpose" value={purpose} /> : null}
        {kinds.map((kind) => (
          <input key={kind} type="hidden" name="kind" value={kind} />
        ))}
        {about.map((kind) => (
          <input key={kind} type="hidden" name={kind} value={one(words, kind)} />
        ))}
        <div>
          <button className="primary" type="submit">
            {say("intake.start")}
          </button>
        </div>
      </form>
      <form className="card stack" method="post" action="/api/v1/requests">
        <h2>{say("intake.plain-title")}</h2>
        <p className="soft">{say("intake.plain-lede")}</p>
        <TextField name="title" label={say("request.title")} required />
        <div>
          <button type="submit">{say("request.begin")}</button>
        </div>
      </form>
    </Frame>
  )
}

/** When it is likely to be decided, in words; nothing where one sentence above says it for all. */
function expectedWords({ expected, company }: StartPage, code: Beginning): string | null {
  if (company === null || Object.keys(expected).length === 0) return null
  if (LIKELY_ROWS[code] === null) return say("intake.start-at-once")
  const found = expected[code]
  return found ? say("intake.start-by", { day: dayWords(found.on), n: found.cases }) : say("intake.start-few")
}

/** Whence the days come that stand beside each beginning; or that the register cannot tell yet. */
function HowLong({ page, here }: { page: StartPage; here: { purpose: string; kinds: string[] } }) {
  const { company, companies, entities, expected } = page
  if (company === null) return null
  const name = entities[company] ?? ""
  const knows = Object.keys(expected).length > 0
  const others = companies.filter((id) => id !== company)
  return (
    <div className="soft small">
      <p>{say(knows ? "intake.start-figures" : "intake.start-too-few", { company: name })}</p>
      {others.length ? (
        <p className="row">
          {say("intake.start-others")}
          {others.slice(0, MOST_COMPANIES).map((id) => (
            <Link
              key={id}
              className="tall"
              prefetch={false}
              href={`/requests/new?${new URLSearchParams([
                ["company", id],
                ...(here.purpose ? [["purpose", here.purpose]] : []),
                ...here.kinds.map((kind) => ["kind", kind]),
              ]).toString()}`}
            >
              {entities[id]}
            </Link>
          ))}
        </p>
      ) : null}
    </div>
  )
}

const MOST_COMPANIES = 12

/** Whoever is approved already: looked for before anything new is asked for. */
function Already({ purpose, kinds, page }: { purpose: string; kinds: string[]; page: StartPage }) {
  return (
    <section className="card stack" aria-labelledby="already">
      <h2 id="already">{say("intake.approved")}</h2>
      <p className="soft">{say("intake.approved-help")}</p>
      <form className="stack" action="/requests/new">
        {page.companies.length > 1 ? <input type="hidden" name="company" value={page.company ?? ""} /> : null}
        <SelectField
          name="purpose"
          label={say("intake.q.1.4b")}
          value={purpose}
          options={[
            { value: "", label: say("intake.choose") },
            ...PURPOSES.map(({ code, label }) => ({ value: code, label })),
          ]}
        />
        <details open={kinds.length > 0}>
          <summary>{say("intake.q.3.2")}</summary>
          <Choices
            name="kind"
            label={say("intake.q.3.2")}
            options={DATA_KINDS.map(({ code, label }) => ({ value: code, label }))}
            chosen={kinds}
          />
        </details>
        <div>
          <button type="submit">{say("intake.approved-look")}</button>
        </div>
      </form>
      {purpose === "" ? null : page.approved.length === 0 ? (
        <p>{say("intake.approved-none")}</p>
      ) : (
        <>
          <p>{say("intake.approved-found", { n: page.approved.length })}</p>
          <Approved flows={page.approved} kinds={kinds} entities={page.entities} />
        </>
      )}
    </section>
  )
}

function GoOn({ open }: { open: StartPage["open"] }) {
  if (open.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="go-on">
      <h2 id="go-on">{say("intake.go-on")}</h2>
      <ul className="plain-list stack tight">
        {open.map((item) => (
          <li key={item.id} className="row">
            <Link className="tall" href={`/requests/new/${item.id}`} prefetch={false}>
              {item.beginning ? say(`intake.begins.${item.beginning}`) : say("intake.title")}:{" "}
              {item.about || say("intake.unnamed")}
            </Link>
            <span className="soft small">
              <At instant={item.savedAt} /> {item.requestId ? `, ${say("intake.made-already")}` : ""}
            </span>
            {item.requestId ? null : (
              <form method="post" action={`/api/v1/intakes/${item.id}/dropping`}>
                <button className="compact" type="submit">
                  {say("intake.drop")}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export default inFrame(NewRequest)
