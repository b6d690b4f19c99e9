import type { Metadata } from "next"
import { Fragment } from "react"
import { Notice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { filesState, type FilesState } from "@/usecases/files/files-state"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("kept-files.title") }

async function Files() {
  const scene = await signedIn()
  const state = shown(await filesState(scene, {}))
  return (
    <Frame scene={scene} current="/admin/files">
      <h1>{say("kept-files.title")}</h1>
      <p className="lede soft">{say("kept-files.lede")}</p>
      <Reading scrub={state.scrub} />
      <Scanning state={state} />
    </Frame>
  )
}

function Reading({ scrub }: Pick<FilesState, "scrub">) {
  return (
    <section className="card stack" aria-label={say("kept-files.reading")}>
      <h2>{say("kept-files.reading")}</h2>
      {scrub ? <Read scrub={scrub} /> : <p className="soft">{say("kept-files.never")}</p>}
    </section>
  )
}

function Read({ scrub }: { scrub: NonNullable<FilesState["scrub"]> }) {
  const damaged = scrub.faults.filter((fault) => fault.kind !== "orphaned").length
  return (
    <>
      {damaged > 0 ? (
        <Notice tone="bad">
          <p>{say(damaged === 1 ? "kept-files.bad.one" : "kept-files.bad", { n: damaged })}</p>
        </Notice>
      ) : (
        <p>{say(scrub.faults.length > 0 ? "kept-files.orphaned-only" : "kept-files.good")}</p>
      )}
      <dl>
        <dt>{say("kept-files.when")}</dt>
        <dd>
          <At instant={scrub.beganAt} />
        </dd>
        <dt>{say("kept-files.count")}</dt>
        <dd>{scrub.files}</dd>
        <dt>{say("kept-files.bytes")}</dt>
        <dd>{say("kept-files.mb", { n: Math.ceil(scrub.bytes / 1024 / 1024) })}</dd>
        {scrub.plain > 0 ? (
          <>
            <dt>{say("kept-files.plain")}</dt>
            <dd>{scrub.plain}</dd>
          </>
        ) : null}
      </dl>
      {scrub.faults.length > 0 ? <Faults faults={scrub.faults} /> : null}
    </>
  )
}

function Faults({ faults }: { faults: NonNullable<FilesState["scrub"]>["faults"] }) {
  return (
    <div className="scroll" role="region" aria-label={say("kept-files.reading")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("kept-files.reading")}</caption>
        <thead>
          <tr>
            {["what", "file", "hash"].map((column) => (
              <th key={column} scope="col">
                {say(`kept-files.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, 100).map((fault) => (
            <tr key={`${fault.kind}${fault.sha256}`}>
              <th scope="row">
                <StatusTag tone={fault.kind === "orphaned" ? "quiet" : "bad"}>
                  {say(`kept-files.fault.${fault.kind}`)}
                </StatusTag>
              </th>
              <td data-label={say("kept-files.file")}>
                {fault.files.slice(0, 5).map((id) => (
                  <div key={id}>
                    <code>{id}</code>
                  </div>
                ))}
              </td>
              <td data-label={say("kept-files.hash")}>
                <code>{fault.sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Scanning({ state: { named, scanner, scans } }: { state: FilesState }) {
  const counted = [
    ["kept-files.infected", scans.infected],
    ["kept-files.not-looked", scans.never],
  ] as const
  return (
    <section className="card stack" aria-label={say("kept-files.scanner")}>
      <h2>{say("kept-files.scanner")}</h2>
      <Scanner named={named} scanner={scanner} />
      <dl>
        {scans.waiting > 0 && scans.since ? (
          <>
            <dt>{say("kept-files.waiting")}</dt>
            <dd>
              {scans.waiting}, {say("kept-files.since", { at: instantWords(scans.since) })}
            </dd>
          </>
        ) : null}
        {counted.map(([says, n]) => (
          <Fragment key={says}>
            <dt>{say(says)}</dt>
            <dd>{n}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

function Scanner({ named, scanner }: Pick<FilesState, "named" | "scanner">) {
  if (!named)
    return (
      <Notice tone="warn">
        <p>{say("kept-files.scanner.none")}</p>
      </Notice>
    )
  if (!scanner) return <p>{say("kept-files.scanner.unasked")}</p>
  const at = instantWords(scanner.at)
  if (scanner.state === "answers") return <p>{say("kept-files.scanner.answers", { at })}</p>
  return (
    <Notice tone="bad">
      <p>
        {scanner.says === "too-large"
          ? say("kept-files.scanner.too-large", { at })
          : say("kept-files.scanner.away", { at, says: scanner.says })}
      </p>
    </Notice>
  )
}

export default inFrame(Files)
