import type { Metadata } from "next"
import { ProofCard, ProofField } from "@/components/people/prove"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { KeyLife } from "@/domain/audit/key-history"
import { mayAct } from "@/domain/people/permissions"
import { kept } from "@/usecases/people/kept"
import { readKeys, type KeysPage } from "@/usecases/log/key-turns"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("logkeys.title") }

const HERE = "/audit/keys"

/** By which keys the log signed and signs, who signed for each, and the place where the next one is proposed and confirmed. */
async function Keys({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readKeys(scene, {}))
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const wrong = held?.refusal?.fields?.find((field) => field.path === "printed")
  const proposes = mayAct("log.key.propose", scene.actor).ok && !page.waiting
  const proof = proofOf(scene, HERE)
  const broken = page.lives.filter((life) => life.fault !== null)
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("logkeys.title")}</h1>
      <p className="lede">{say("logkeys.lede")}</p>
      <RefusedNotice words={words} />
      {broken.length > 0 ? (
        <Notice tone="bad">
          <p>{say("logkeys.broken", { n: broken.length })}</p>
        </Notice>
      ) : null}
      {page.waiting ? <Waiting waiting={page.waiting} proof={proof} /> : null}
      {page.confirmed ? (
        <Notice tone="warn">
          <p>{say("logkeys.confirmed")}</p>
          <p>
            <code className="wrap">{page.confirmed.printed}</code>
          </p>
        </Notice>
      ) : null}
      <section className="card stack" aria-label={say("logkeys.title")}>
        {page.lives.length ? <Lives lives={page.lives} /> : <p className="soft">{say("logkeys.none")}</p>}
      </section>
      {proposes ? <ProofCard proof={proof} /> : null}
      {proposes ? (
        <form className="card stack" method="post" action="/api/v1/log/keys">
          <h2>{say("logkeys.propose")}</h2>
          <p className="soft">{say("logkeys.propose-why")}</p>
          <TextField
            name="printed"
            label={say("logkeys.printed")}
            help={say("logkeys.printed-help")}
            value={String(held?.input?.printed ?? "")}
            error={wrong?.says ?? null}
            required
          />
          <div>
            <button className="primary" type="submit">
              {say("logkeys.propose-do")}
            </button>
          </div>
        </form>
      ) : null}
    </Frame>
  )
}

function Waiting(props: {
  waiting: NonNullable<KeysPage["waiting"]>
  proof: Parameters<typeof ProofField>[0]["proof"]
}) {
  const { turn, may } = props.waiting
  return (
    <section className="card stack" aria-labelledby="waiting">
      <h2 id="waiting">{say("logkeys.waits", { by: turn.byName })}</h2>
      <p>
        <code className="wrap">{turn.printed}</code>
      </p>
      <p className="soft">{say("logkeys.waits-why")}</p>
      {may === "decide" ? (
        <form className="stack" method="post" action={`/api/v1/log/keys/${turn.id}/decisions`}>
          <ProofField proof={props.proof} />
          <div className="row">
            <button className="primary" type="submit" name="verdict" value="approve">
              {say("logkeys.confirm")}
            </button>
            <button type="submit" name="verdict" value="refuse">
              {say("logkeys.refuse")}
            </button>
          </div>
        </form>
      ) : null}
      {may === "take-back" ? (
        <form className="stack" method="post" action={`/api/v1/log/keys/${turn.id}/take-back`}>
          <ProofField proof={props.proof} />
          <div>
            <button type="submit">{say("logkeys.take-back")}</button>
          </div>
        </form>
      ) : null}
      {may === null ? <p className="soft">{say("logkeys.who")}</p> : null}
    </section>
  )
}

function Lives({ lives }: { lives: readonly KeyLife[] }) {
  return (
    <div className="scroll" role="region" aria-label={say("logkeys.caption")} tabIndex={0}>
      <table className="list">
        <caption>{say("logkeys.caption")}</caption>
        <thead>
          <tr>
            {["key", "signs", "by"].map((column) => (
              <th key={column} scope="col">
                {say(`logkeys.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lives.map((life, n) => (
            <tr key={life.index}>
              <th scope="row">
                <code>{life.id}</code>
                <div className="soft small">
                  <a href={`/audit/events/${life.index}`}>{say("logkeys.entry", { n: life.index })}</a>
                </div>
              </th>
              <td data-label={say("logkeys.signs")}>
                <At instant={life.from} /> – {life.until ? <At instant={life.until} /> : say("logkeys.today")}
              </td>
              <td data-label={say("logkeys.by")}>
                {life.fault ? (
                  <StatusTag tone="bad">{say(`logkeys.fault.${life.fault}`)}</StatusTag>
                ) : n === 0 ? (
                  say("logkeys.first")
                ) : (
                  say("logkeys.signed-by", { id: life.by ?? "" })
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default inFrame(Keys)
