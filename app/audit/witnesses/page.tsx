import type { Metadata } from "next"
import { ProofCard } from "@/components/people/prove"
import { TextArea, TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { kept } from "@/usecases/people/kept"
import { folderOf, listWitnesses, type WitnessesPage } from "@/usecases/log/witnesses"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("witness.title") }

const HERE = "/audit/witnesses"

/** Who keeps what the log signed, where whoever runs this machine cannot reach it; and what came back from them. */
async function Witnesses({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listWitnesses(scene, {}))
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const typed = (name: string): string => String(held?.input?.[name] ?? "")
  const wrong = new Map((held?.refusal?.fields ?? []).map((field) => [field.path, field.says]))
  const names = mayAct("log.witness.name", scene.actor).ok
  const sized = Number(one(words, "kept"))
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("witness.title")}</h1>
      <p className="lede">{say("witness.lede")}</p>
      <RefusedNotice words={words} />
      {Number.isSafeInteger(sized) && sized > 0 ? (
        <Notice tone="good">
          <p>{say("witness.kept", { n: sized })}</p>
        </Notice>
      ) : null}
      {process.env.SMTP_URL || page.witnesses.length === 0 ? null : (
        <Notice tone="warn">
          <p>{say("witness.no-mail")}</p>
        </Notice>
      )}
      <section className="card stack" aria-label={say("witness.title")}>
        {page.witnesses.length ? (
          <Table witnesses={page.witnesses} names={names} />
        ) : (
          <p className="soft">{say("witness.none")}</p>
        )}
      </section>
      {names ? <ProofCard proof={proofOf(scene, HERE)} /> : null}
      {names ? (
        <form className="card stack" method="post" action="/api/v1/witnesses">
          <h2>{say("witness.add")}</h2>
          <TextField
            name="name"
            label={say("witness.name")}
            value={typed("name")}
            error={wrong.get("name") ?? null}
            required
          />
          <TextField
            name="address"
            label={say("witness.address")}
            help={say("witness.address-why")}
            value={typed("address")}
            error={wrong.get("address") ?? null}
            required
          />
          <TextField
            name="key"
            label={say("witness.key")}
            help={say("witness.key-why")}
            value={typed("key")}
            error={wrong.get("key") ?? null}
            optional
          />
          <div>
            <button type="submit">{say("witness.add")}</button>
          </div>
        </form>
      ) : null}
      <Back
        page={page}
        brings={mayAct("log.cosign", scene.actor).ok}
        value={typed("note")}
        error={wrong.get("note") ?? null}
      />
    </Frame>
  )
}

function Table({ witnesses, names }: { witnesses: WitnessesPage["witnesses"]; names: boolean }) {
  return (
    <div className="scroll" role="region" aria-label={say("witness.title")} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {["witness.name", "witness.address", "witness.since", "witness.state"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {witnesses.map((witness) => (
            <tr key={witness.id}>
              <th scope="row">
                {witness.name ?? say("witness.erased")}
                {witness.key ? <div className="soft small wrap">{witness.key}</div> : null}
              </th>
              <td data-label={say("witness.address")}>
                <Address witness={witness} />
              </td>
              <td data-label={say("witness.since")}>
                <At instant={witness.at} />
                {witness.endedAt ? (
                  <div>
                    <StatusTag tone="quiet">{say("witness.ended-at", { at: instantWords(witness.endedAt) })}</StatusTag>
                  </div>
                ) : null}
              </td>
              <td data-label={say("witness.state")}>
                {witness.sentAt && witness.sentSize
                  ? say("witness.sent", { n: witness.sentSize, at: instantWords(witness.sentAt) })
                  : say("witness.not-sent")}
                {witness.problem ? <div className="soft small">{problemWords(witness.problem)}</div> : null}
                {names && !witness.endedAt ? (
                  <form method="post" action={`/api/v1/witnesses/${witness.id}/end`}>
                    <button
                      className="compact quiet"
                      type="submit"
                      aria-label={say("witness.end-whom", { name: witness.name ?? "" })}
                    >
                      {say("witness.end")}
                    </button>
                  </form>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What could not be handed over; or was, and was answered with something that does not hold. */
function problemWords(code: string): string {
  if (code === "no-key") return say("witness.shut")
  const answer = code.startsWith("answer:") ? code.slice(7) : null
  if (answer === null) return say("witness.problem", { code })
  return say(answer === "forked" ? "witness.answer-forked" : "witness.answer-wrong")
}

function Address({ witness: { address, secret, shut } }: { witness: WitnessesPage["witnesses"][number] }) {
  if (address === null) return say("witness.erased")
  const folder = folderOf(address)
  return (
    <>
      <span className="wrap">{folder === null ? address : say("witness.folder", { path: folder })}</span>
      {secret ? <div className="soft small wrap">{say("witness.secret", { secret })}</div> : null}
      {shut ? <div className="soft small">{say("witness.shut")}</div> : null}
    </>
  )
}

/** What witnesses signed and somebody brought back; and the place to bring it. */
function Back(props: { page: WitnessesPage; brings: boolean; value: string; error: string | null }) {
  const { page, brings, value, error } = props
  return (
    <section className="card stack" aria-labelledby="cosigned">
      <h2 id="cosigned">{say("witness.cosigned")}</h2>
      {page.cosigned.length === 0 ? <p className="soft">{say("witness.cosigned-none")}</p> : null}
      {page.cosigned.length > 0 ? (
        <table className="list">
          <thead>
            <tr>
              {["witness.size", "witness.by", "witness.when"].map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.cosigned.map((line) => (
              <tr key={`${line.size}.${line.name}.${line.keyId}`}>
                <th scope="row">{line.size}</th>
                <td data-label={say("witness.by")}>
                  {line.name}
                  {line.seenAt ? (
                    <div className="soft small">{say("witness.seen", { at: instantWords(line.seenAt) })}</div>
                  ) : null}
                </td>
                <td data-label={say("witness.when")}>
                  <At instant={line.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {brings ? (
        <form className="stack" method="post" action="/api/v1/checkpoints">
          <h3>{say("witness.back")}</h3>
          <TextArea
            name="note"
            label={say("witness.note")}
            help={say("witness.back-why")}
            value={value}
            error={error}
            rows={6}
            required
          />
          <div>
            <button type="submit">{say("witness.bring")}</button>
          </div>
        </form>
      ) : null}
    </section>
  )
}

export default inFrame(Witnesses)
