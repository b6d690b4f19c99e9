import type { Metadata } from "next"
import { ProofCard } from "@/components/people/prove"
import { DecideForm, LoadForm, WithdrawForm } from "@/components/trust/forms"
import { Changes, Roots } from "@/components/trust/roots"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { kept } from "@/usecases/people/kept"
import { readTrust, type ShownList, type TrustLine, type TrustPage } from "@/usecases/trust/read-trust"
import { clocksOf, pastOf } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("trust.title") }

const HERE = "/admin/trust"

/** Whose signatures are trusted: the list that stands or stood, what waits to be confirmed, and where one is loaded. */
async function Trust({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), "")
  const page = shown(await readTrust(scene, { asOf: clocks.asOf }))
  const at = clocks.asOf ?? scene.now
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const errors = new Map((held?.refusal?.fields ?? []).map((field) => [field.path, field.says]))
  const proposes = mayAct("trust.propose", scene.actor).ok && !clocks.asOf && !page.waiting
  const proof = proofOf(scene, HERE)
  const typed = Object.fromEntries(Object.entries(held?.input ?? {}).map(([name, value]) => [name, String(value)]))
  // Two forms of the page have fields of one name: what was kept is the one's that has a name for the list.
  const loading = "name" in typed
  return (
    <Frame scene={scene} current={HERE} past={pastOf(HERE, clocks)}>
      <h1>{say("trust.title")}</h1>
      <p className="lede">{lede(page)}</p>
      <RefusedNotice words={words} />
      {page.standing?.pastUpdate ? (
        <Notice tone="warn">
          <p>{say("trust.past-update", { day: dayWords(page.standing.line.nextUpdateOn ?? "") })}</p>
        </Notice>
      ) : null}
      {page.waiting ? (
        <section className="card stack" aria-labelledby="waiting">
          <h2 id="waiting">
            {say(`trust.waits.${page.waiting.line.op}`, { name: page.waiting.line.name, by: page.waiting.line.byName })}
          </h2>
          <Held list={page.waiting} />
          <Changes difference={page.waiting.difference} at={at} />
          {clocks.asOf ? null : <DecideForm id={page.waiting.line.id} may={page.waiting.may} proof={proof} />}
        </section>
      ) : null}
      {page.standing ? (
        <section className="card stack" aria-labelledby="standing">
          <h2 id="standing">{say("trust.standing", { name: page.standing.line.name })}</h2>
          <Held list={page.standing} />
          <details>
            <summary className="more">{say("trust.roots-show")}</summary>
            <Roots id="roots" title={say("trust.roots")} roots={page.standing.facts?.roots ?? []} at={at} />
          </details>
        </section>
      ) : null}
      {proposes ? <ProofCard proof={proof} /> : null}
      {proposes ? (
        <LoadForm typed={loading ? typed : {}} errors={loading ? errors : new Map()} today={page.today} />
      ) : null}
      {proposes && page.stood[0]?.line.op === "load" ? (
        <WithdrawForm typed={loading ? {} : typed} errors={loading ? new Map() : errors} today={page.today} />
      ) : null}
      <History page={page} asked={clocks.asOfText} />
    </Frame>
  )
}

function lede({ standing, waiting }: TrustPage): string {
  const now = standing
    ? say("trust.lede", { name: standing.line.name, n: standing.line.roots })
    : say("trust.lede-none")
  return waiting ? `${now} ${say("trust.lede-waits")}` : now
}

/** What a list is: from where, by whom, from which day on, and what of it needs a look. */
function Held({ list: { line, expired, facts } }: { list: ShownList }) {
  const facets: [string, string][] = [
    ["trust.from", dayWords(line.fromOn)],
    ["trust.by", line.byName],
    ["trust.source", line.source],
  ]
  if (line.op === "load")
    facets.push(
      ["trust.kind", say(`trust.kind.${facts?.kind ?? "pem"}`)],
      ["trust.issued", line.issuedOn ? dayWords(line.issuedOn) : say("trust.not-said")],
      ["trust.next", line.nextUpdateOn ? dayWords(line.nextUpdateOn) : say("trust.not-said")],
      ["trust.count", String(line.roots)],
      ["trust.expired", String(expired)],
      ["trust.unreadable", String(line.unreadable)],
      ["trust.sha256", line.sha256 ?? ""],
    )
  return (
    <dl>
      {facets.map(([says, value]) => (
        <div key={says}>
          <dt>{say(says)}</dt>
          <dd className="prose">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Which list stood when; what was refused or taken back; and the way to any day. */
function History({ page, asked }: { page: TrustPage; asked: string }) {
  return (
    <section className="card stack" aria-labelledby="history">
      <h2 id="history">{say("trust.history")}</h2>
      <form className="row" action={HERE}>
        <TextField name="as-of" label={say("trust.as-of")} value={asked} />
        <button type="submit">{say("trust.show")}</button>
      </form>
      {page.stood.length + page.others.length === 0 ? <p className="soft">{say("trust.history-none")}</p> : null}
      {page.stood.length + page.others.length > 0 ? (
        <div className="scroll" role="region" aria-label={say("trust.lists")} tabIndex={0}>
          <table className="list">
            <thead>
              <tr>
                {["list", "stood", "proposed", "outcome"].map((column) => (
                  <th key={column} scope="col">
                    {say(`trust.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.stood.map(({ line, from, to }) => (
                <Line key={line.id} line={line}>
                  <At instant={from} /> {to ? <>– {<At instant={to} />}</> : say("trust.on")}
                </Line>
              ))}
              {page.others.map((line) => (
                <Line key={line.id} line={line}>
                  {say("trust.never")}
                </Line>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  )
}

function Line({ line, children }: { line: TrustLine; children: React.ReactNode }) {
  return (
    <tr>
      <th scope="row">
        {say(`trust.line.${line.op}`, { name: line.name })}
        {line.sha256 ? (
          <div className="soft small">
            <code>{line.sha256.slice(0, 16)}…</code>
          </div>
        ) : null}
      </th>
      <td data-label={say("trust.stood")}>{children}</td>
      <td className="prose" data-label={say("trust.proposed")}>
        {line.byName}, <At instant={line.at} />
        <div className="soft small">{line.source}</div>
      </td>
      <td data-label={say("trust.outcome")}>
        {say(`trust.outcome.${line.verdict ?? "waiting"}`, { by: line.decidedByName ?? "" })}
        {line.decidedReason ? <div className="soft small">{line.decidedReason}</div> : null}
      </td>
    </tr>
  )
}

export default inFrame(Trust)
