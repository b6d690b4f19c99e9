import type { Metadata } from "next"
import { ProofField } from "@/components/people/prove"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { ERASE_GROUNDS, findValues, readErasures } from "@/usecases/audit/erase"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("erase.title") }

const HERE = "/audit/erasures"

/** Where DPOs find words about people, propose to erase them, and confirm what another proposed. */
async function Erasures({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const { lines } = shown(await readErasures(scene, {}))
  const asked = one(words, "words").trim()
  const outcome = asked === "" ? null : await findValues(scene, { words: asked })
  const found = outcome?.ok ? outcome.value : null
  const proof = proofOf(scene, HERE)
  const waiting = lines.filter((line) => line.verdict === null)
  const past = lines.filter((line) => line.verdict !== null)
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("erase.title")}</h1>
      <p className="lede">{say("erase.lede")}</p>
      <RefusedNotice words={words} />
      {waiting.map((line) => (
        <section
          className="card stack"
          key={line.id}
          aria-label={say("erase.waits", { by: line.byName, n: line.commitments.length })}
        >
          <h2>{say("erase.waits", { by: line.byName, n: line.commitments.length })}</h2>
          <p>{say(`erase.ground.${line.ground}`)}</p>
          <p className="prose">{line.reasonText}</p>
          <ul>
            {line.values.map((value) => (
              <li key={value.commitment} className="wrap">
                {value.value}
              </li>
            ))}
          </ul>
          {line.held === null ? null : (
            <p>
              <StatusTag tone="warn">{say("hold.keeps", { no: line.held })}</StatusTag>
            </p>
          )}
          {line.may ? (
            <form className="stack" method="post" action={`/api/v1/erasures/${line.id}/decisions`}>
              <ProofField proof={proof} />
              <div className="row">
                <button className="primary" type="submit" name="verdict" value="approve">
                  {say("erase.confirm")}
                </button>
                <button type="submit" name="verdict" value="refuse">
                  {say("erase.refuse")}
                </button>
              </div>
            </form>
          ) : (
            <p className="soft">{say("erase.who")}</p>
          )}
        </section>
      ))}
      <form className="row end" action={HERE}>
        <TextField
          name="words"
          label={say("erase.words")}
          help={say("erase.words-help")}
          value={asked}
          error={outcome && !outcome.ok ? "invalid.erase-words" : null}
        />
        <button type="submit">{say("erase.find")}</button>
      </form>
      {found && found.found.length === 0 ? <p>{say("erase.none")}</p> : null}
      {found && found.found.length > 0 ? (
        <form className="card stack" method="post" action="/api/v1/erasures">
          {found.more ? <p>{say("erase.more")}</p> : null}
          <ul className="plain-list">
            {found.found.map((value) => (
              <li key={value.commitment}>
                <label className="wrap">
                  <input type="checkbox" name={`c.${value.commitment}`} /> {value.value}{" "}
                  <span className="soft small">{value.title}</span>
                </label>
              </li>
            ))}
          </ul>
          <SelectField
            name="ground"
            label={say("erase.ground")}
            value={ERASE_GROUNDS[0]}
            options={ERASE_GROUNDS.map((value) => ({ value, label: say(`erase.ground.${value}`) }))}
          />
          <TextArea name="reason" label={say("erase.reason")} required />
          <ProofField proof={proof} />
          <div>
            <button className="primary" type="submit">
              {say("erase.propose")}
            </button>
          </div>
        </form>
      ) : null}
      {past.length ? (
        <section className="card stack" aria-labelledby="past">
          <h2 id="past">{say("erase.past")}</h2>
          <ul>
            {past.map((line) => (
              <li key={line.id}>
                {say(`erase.state.${line.verdict ?? "withdrawn"}`)}
                {line.decidedAt ? (
                  <>
                    , <At instant={line.decidedAt} />
                  </>
                ) : null}
                :{" "}
                {say("erase.line", {
                  ...{ n: line.commitments.length, by: line.byName, who: line.decidedByName ?? "" },
                })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Frame>
  )
}

export default inFrame(Erasures)
