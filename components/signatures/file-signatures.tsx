import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { FileSignatures, LookedAt } from "@/domain/signatures/stored"
import { SignatureCard, type ToPage } from "./signature-card"

const TONE: Record<string, Tone> = {
  passed: "good",
  "intact-untrusted": "review",
  altered: "bad",
  failed: "bad",
  indeterminate: "warn",
  unsigned: "quiet",
  refused: "warn",
  infected: "bad",
  held: "review",
  waits: "review",
  looking: "review",
}

/** Of one file of a paper: the one word, each signature, and by what it was judged. */
export function FileOf({
  file,
  toPage,
  asks,
}: {
  file: FileSignatures
  toPage: ToPage
  /** Whether this reader may have it looked at again. */
  asks: boolean
}) {
  const { result, state } = file
  const word = state === "looked" && result ? (result.report?.overall ?? "refused") : state
  return (
    <article className="stack signed-file" aria-labelledby={`signed-${file.fileId}`}>
      <div className="row">
        <h3 id={`signed-${file.fileId}`}>{file.name}</h3>
        <StatusTag tone={TONE[word] ?? "quiet"}>{say(`signed.word.${word}`)}</StatusTag>
      </div>
      {state === "looked" && result ? (
        <Result result={result} toPage={toPage} />
      ) : (
        <p>{say(`signed.state.${state}`)}</p>
      )}
      {file.waitsFor ? <p className="small">{say("signed.tried", { why: say(file.waitsFor) })}</p> : null}
      {result ? <Basis file={file} result={result} /> : null}
      {asks && (state === "looked" || state === "waits") ? <Again file={file} /> : null}
    </article>
  )
}

function Result({ result, toPage }: { result: LookedAt; toPage: ToPage }) {
  const { report } = result
  if (!report)
    return (
      <>
        <p>{say(result.says ?? "signatures.refused.stopped")}</p>
        <p>{say("signed.refused-do")}</p>
      </>
    )
  return (
    <>
      <p>{say(report.overall === "unsigned" ? "signed.unsigned" : `signatures.overall.${report.overall}`)}</p>
      {report.notes.map((note) => (
        <p key={note.says}>{say(note.says, note.params)}</p>
      ))}
      {report.signatures.length ? (
        <ol className="plain-list signatures">
          {report.signatures.map((one, i) => (
            <SignatureCard key={`${i}.${one.field}`} one={one} toPage={toPage} />
          ))}
        </ol>
      ) : null}
    </>
  )
}

/** By what it was judged and when, so that the same can be asked again. */
function Basis({ file, result }: { file: FileSignatures; result: LookedAt }) {
  const { trust, report } = result
  const issued = report?.trust?.issuedOn
  return (
    <p className="soft small">
      {say("signed.looked")} <At instant={result.at} />. {say("signed.engine", { engine: result.engine })}{" "}
      {trust
        ? say(issued ? "signed.list-of" : "signed.list", { name: trust.name, sha256: trust.sha256, day: issued ?? "" })
        : say("signed.no-list")}
      {file.earlier ? ` ${say("signed.earlier", { n: file.earlier })}` : ""}
    </p>
  )
}

function Again({ file }: { file: FileSignatures }) {
  return (
    <form className="row no-print" method="post" action="/api/v1/signatures">
      <input type="hidden" name="fileId" value={file.fileId} />
      <button type="submit">
        {say("signed.again")}
        <span className="unseen">: {file.name}</span>
      </button>
      {file.again ? <span role="status">{say("signed.asked")}</span> : null}
    </form>
  )
}
