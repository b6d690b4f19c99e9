import type { Metadata } from "next"
import Link from "next/link"
import { Result } from "@/components/exports/export-table"
import { percentOf, scopeWords, STATE_TONES } from "@/components/exports/export-words"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { ExportLine } from "@/domain/exports/line"
import { readExport } from "@/usecases/exports/ordered"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("exports.one") }

/** One package of one's own: how far it is, then the file. Safe to leave. */
async function Export({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const line = shown(await readExport(scene, { id }))
  return (
    <Frame scene={scene} current="/audit/exports">
      <h1>{say("exports.one")}</h1>
      <p className="lede">
        {scopeWords(line)}, {say("exports.as-of-at", { at: instantWords(line.asOf) })}
      </p>
      <RefusedNotice words={words} />
      {line.state === "waiting" || line.state === "running" ? (
        <Progress line={line} now={scene.now} />
      ) : (
        <Ended line={line} />
      )}
      <p>
        <Link href="/audit/exports" prefetch={false}>
          {say("exports.again")}
        </Link>
      </p>
    </Frame>
  )
}

/** Every look of a supervisor is an entry of the log: what takes long is asked after less often. */
function everySeconds(since: string, now: string): number {
  return Math.min(60, Math.max(2, Math.round((Date.parse(now) - Date.parse(since)) / 10_000)))
}

function Progress({ line, now }: { line: ExportLine; now: string }) {
  const percent = percentOf(line)
  return (
    <section className="card stack" role="status">
      <meta httpEquiv="refresh" content={String(everySeconds(line.at, now))} />
      <p>{line.state === "waiting" ? say("exports.waiting") : say("exports.running", { percent })}</p>
      <progress aria-label={say(`exports.state.${line.state}`)} value={percent} max={100} />
      <p className="soft small">{say("exports.leave")}</p>
      <form method="post" action="/api/v1/exports/stop">
        <input type="hidden" name="id" value={line.id} />
        <button type="submit">{say("exports.stop")}</button>
      </form>
    </section>
  )
}

function Ended({ line }: { line: ExportLine }) {
  return (
    <section className="card stack" role="status">
      <p>
        <StatusTag tone={STATE_TONES[line.state]}>{say(`exports.state.${line.state}`)}</StatusTag>
      </p>
      {line.says ? (
        <Notice tone="bad">
          <p>{say(line.says)}</p>
        </Notice>
      ) : null}
      <div>
        <Result line={line} />
      </div>
      {line.state === "done" ? <p className="soft">{say("exports.until-when")}</p> : null}
      {line.state === "swept" ? <p className="soft">{say("exports.swept")}</p> : null}
    </section>
  )
}

export default inFrame(Export)
