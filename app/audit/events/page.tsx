import type { Metadata } from "next"
import Link from "next/link"
import { LogTable } from "@/components/audit/log-table"
import { Notice } from "@/components/ui/notice"
import { At, instantWords } from "@/components/ui/when"
import { SelectField } from "@/components/ui/field"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { readLog } from "@/usecases/audit/read-log"
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
  const before = Number(one(words, "before"))
  const asked = {
    record: one(words, "record"),
    person: one(words, "person"),
    act: one(words, "act"),
    request: one(words, "request"),
    from: one(words, "from"),
    until: one(words, "until"),
  }
  const page = shown(
    await readLog(scene, {
      before: Number.isSafeInteger(before) && before > 0 ? before : null,
      object: asked.record,
      actor: asked.person,
      act: asked.act,
      request: asked.request,
      from: asked.from ? `${asked.from}T00:00:00.000Z` : null,
      until: asked.until ? `${asked.until}T23:59:59.999Z` : null,
    }),
  )
  const narrowed = Object.entries(asked).filter(([, value]) => value !== "")
  const older = new URLSearchParams([...narrowed, ["before", String(page.next ?? "")]])
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
        {(["record", "person", "request"] as const).map((name) =>
          asked[name] ? <input key={name} type="hidden" name={name} value={asked[name]} /> : null,
        )}
        <button type="submit">{say("list.go")}</button>
        {narrowed.length ? (
          <Link className="button" href={HERE} prefetch={false}>
            {say("log.clear")}
          </Link>
        ) : null}
      </form>
      {narrowed.length && (asked.record || asked.person || asked.request) ? (
        <p>
          {say("log.only", {
            what: page.titles[asked.record || asked.request] ?? page.names[asked.person] ?? asked.person,
          })}
        </p>
      ) : null}
      <section className="card stack">
        <LogTable lines={page.lines} names={page.names} titles={page.titles} signed={page.signed?.size ?? 0} />
        {page.next !== null ? (
          <p>
            <Link className="button" href={`${HERE}?${older}`} prefetch={false}>
              {say("log.older")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
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
