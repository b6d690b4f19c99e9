import type { Metadata } from "next"
import Link from "next/link"
import { LogTable } from "@/components/audit/log-table"
import { Notice } from "@/components/ui/notice"
import { At, instantWords } from "@/components/ui/when"
import { SelectField, TextField } from "@/components/ui/field"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { MOST_EXPORTED } from "@/usecases/audit/export-log"
import { findAbout, type Found } from "@/usecases/audit/find-about"
import { readLog } from "@/usecases/audit/read-log"
import type { Scene } from "@/usecases/scene"
import { askedOf, filtersOf, type Filters } from "@/app/audit/log-words"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("log.title") }

const HERE = "/audit/events"
const ACTS = Object.keys(CATALOGUE)
  .filter((key) => key.startsWith("act."))
  .map((key) => ({ value: key.slice(4), label: say(key) }))
  .sort((a, b) => a.label.localeCompare(b.label, "en"))

async function Log({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const typed = filtersOf(words)
  const found = await meant(scene, typed)
  const asked = { ...typed, ...found.sure }
  const [before, after] = [place(one(words, "before")), place(one(words, "after"))]
  const page = shown(await readLog(scene, { ...askedOf(asked), before: after === null ? before : null, after }))
  const narrowed = Object.entries(asked).filter(([, value]) => value !== "")
  const to = (more: Record<string, string>): string =>
    `${HERE}?${new URLSearchParams([...narrowed, ...Object.entries(more)])}`
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("log.title")}</h1>
      <p className="soft">
        {say("log.lede", { n: page.size })} <code>{page.root}</code>
      </p>
      {page.behind ? (
        <Notice tone="warn">
          <p>{say("log.behind", { at: instantWords(page.behind) })}</p>
        </Notice>
      ) : null}
      <Signed signed={page.signed} witnesses={mayAct("log.witness.read", scene.actor).ok} />
      <form className="row end" action={HERE}>
        <SelectField
          name="act"
          label={say("log.act")}
          value={asked.act}
          options={[{ value: "", label: say("log.any") }, ...ACTS]}
        />
        <DayField name="from" says="log.from" value={asked.from} />
        <DayField name="until" says="log.until" value={asked.until} />
        {(["record", "person", "request"] as const).map((name) => (
          <TextField
            key={name}
            name={name}
            label={say(`log.of.${name}`)}
            value={page.titles[asked[name]] ?? page.names[asked[name]] ?? found.names[asked[name]] ?? typed[name]}
          />
        ))}
        <button type="submit">{say("list.go")}</button>
        {narrowed.length ? (
          <Link className="button" href={HERE} prefetch={false}>
            {say("log.clear")}
          </Link>
        ) : null}
      </form>
      {found.several.length ? <Meant several={found.several} typed={typed} /> : null}
      {found.none.map((name) => (
        <Notice key={name} tone="warn">
          <p>{say(`log.nothing.${name}`, { words: typed[name] })}</p>
        </Notice>
      ))}
      <section className="card stack">
        <LogTable lines={page.lines} names={page.names} titles={page.titles} signed={page.signed?.size ?? 0} />
        <p className="row">
          {page.newer !== null ? (
            <>
              <Way to={to({})} says="log.newest" />
              <Way to={to({ after: String(page.newer) })} says="log.newer" />
            </>
          ) : null}
          {page.next !== null ? (
            <>
              <Way to={to({ before: String(page.next) })} says="log.older" />
              <Way to={to({ after: "-1" })} says="log.oldest" />
            </>
          ) : null}
        </p>
        <details>
          <summary className="more">{say("log.take")}</summary>
          <p className="soft small">{say("log.take-why", { n: MOST_EXPORTED })}</p>
          <p className="row">
            {["csv", "jsonl"].map((format) => (
              <a
                key={format}
                className="button compact"
                href={`/api/v1/log/events.${format}?${new URLSearchParams(narrowed)}`}
                download
              >
                {say(`log.take.${format}`)}
              </a>
            ))}
          </p>
        </details>
      </section>
    </Frame>
  )
}

function Way({ to, says }: { to: string; says: string }) {
  return (
    <Link className="button" href={to} prefetch={false}>
      {say(says)}
    </Link>
  )
}

/** A place in the log as the address says it; null: none. */
function place(said: string): number | null {
  return /^(-1|0|[1-9]\d{0,14})$/.test(said) ? Number(said) : null
}

const NAMED = ["record", "person", "request"] as const
type Meaning = {
  sure: Partial<Record<(typeof NAMED)[number], string>>
  several: Found[]
  none: (typeof NAMED)[number][]
  names: Record<string, string>
}

/** Names that somebody typed, as ids: one that fits is taken, several are offered, and none narrows to nothing. */
async function meant(scene: Scene, typed: Filters): Promise<Meaning> {
  const isOne = (said: string): boolean => /^([a-z]{3}_[0-9a-z]{26}|operator|nobody)$/.test(said)
  const words = NAMED.filter((name) => typed[name] !== "" && !isOne(typed[name]))
  const meaning: Meaning = { sure: {}, several: [], none: [], names: {} }
  if (words.length === 0) return meaning
  const found = shown(
    await findAbout(scene, Object.fromEntries(words.map((name) => [name, typed[name].slice(0, 200)]))),
  )
  for (const name of words) {
    const some = found.filter((item) => item.field === name)
    const exact = some.filter((item) => item.name.toLowerCase() === typed[name].trim().toLowerCase())
    const [only, second] = exact.length === 1 ? exact : some
    if (only && !second) Object.assign(meaning.sure, { [name]: only.id })
    else {
      // What is not clear narrows to nothing: another selection than was asked for would be taken for it.
      Object.assign(meaning.sure, { [name]: "-" })
      if (only) meaning.several.push(...some)
      else meaning.none.push(name)
    }
    if (only) meaning.names[only.id] = only.name
  }
  return meaning
}

function Meant({ several, typed }: { several: Found[]; typed: Filters }) {
  const narrowed = Object.entries(typed).filter(([, value]) => value !== "")
  return (
    <Notice tone="review">
      <p>{say("log.which")}</p>
      <ul>
        {several.map((item) => (
          <li key={item.id}>
            <Link
              href={`${HERE}?${new URLSearchParams({ ...Object.fromEntries(narrowed), [item.field]: item.id })}`}
              prefetch={false}
            >
              {item.name}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What was signed of the log last, with the checkpoint to take away. */
function Signed({ signed, witnesses }: { signed: { size: number; at: string } | null; witnesses: boolean }) {
  if (!signed) return <p className="soft small">{say("log.unsigned")}</p>
  return (
    <details>
      <summary className="more">
        {say("log.signed-last")}: <At instant={signed.at} />, {say("log.signed", { n: signed.size })}
      </summary>
      <p className="soft small">{say("log.signed-why")}</p>
      <p>
        <a className="button compact" href="/api/v1/log/checkpoint" download="checkpoint.txt">
          {say("log.checkpoint")}
        </a>{" "}
        {witnesses ? (
          <Link className="button compact" href="/audit/witnesses" prefetch={false}>
            {say("witness.link")}
          </Link>
        ) : null}{" "}
        {witnesses ? (
          <Link className="button compact" href="/audit/key-letter" prefetch={false}>
            {say("key-letter.link")}
          </Link>
        ) : null}
        <Link className="button compact" href="/audit/keys" prefetch={false}>
          {say("logkeys.link")}
        </Link>
      </p>
    </details>
  )
}

function DayField({ name, says, value }: { name: string; says: string; value: string }) {
  return (
    <div className="field">
      <label htmlFor={name}>{say(says)}</label>
      <input id={name} name={name} type="date" defaultValue={value} />
    </div>
  )
}

export default inFrame(Log)
