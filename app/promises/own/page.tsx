import type { Metadata } from "next"
import Link from "next/link"
import { AboutFields } from "@/components/packs/about-fields"
import { EndText } from "@/components/packs/end-text"
import { FileFaults, UploadPack } from "@/components/packs/pack-file"
import { scopeWords } from "@/components/packs/scope-words"
import { RequestState } from "@/components/requests/request-table"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays } from "@/domain/core/day"
import { listOwnPacks, type OwnPacksPage, type OwnText, type TextVersion } from "@/usecases/packs/list-own-packs"
import { kept, type Kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"
import { wrongIn } from "@/app/wrong"

export const metadata: Metadata = { title: say("own.title") }

const HERE = "/promises/own"
const TONE: Record<TextVersion["state"], Tone> = { counts: "good", comes: "review", was: "quiet" }

/** The texts of our own: what counts for whom, what comes, what is proposed, and the way to write the next one. */
async function OwnStatement({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listOwnPacks(scene, {}))
  const writes = rolesOf(scene).some((role) => role === "legal" || role === "dpo")
  const typed = one(words, "refused") ? await kept(scene, HERE) : null
  const file = one(words, "refused") ? await kept(scene, `${HERE}#file`) : null
  const endId = one(words, "end") || String(typed?.input?.ends ?? "")
  const ending = page.texts.find((text) => text.recordId === endId && text.ends === null)
  const next = page.texts.find((text) => text.recordId === (one(words, "next") || typed?.input?.recordId))
  return (
    <Frame scene={scene} current="/promises">
      <p>
        <Link href="/promises?pack=statement" prefetch={false}>
          {say("promises.back")}
        </Link>
      </p>
      <h1>{say("own.title")}</h1>
      <p className="lede">{say("own.lede")}</p>
      <p className="soft">{say("own.laws")}</p>
      <RefusedNotice words={words} places={placesOf(typed)} />
      <FileFaults faults={file?.refusal?.fields ?? []} />
      <Prevails page={page} />
      <Texts page={page} writes={writes} />
      <Proposed page={page} />
      {writes && ending ? (
        <EndText
          key={ending.recordId}
          {...{ recordId: ending.recordId, title: ending.title, back: HERE }}
          on={said(typed, "effectiveFrom")[0] ?? addDays(page.today, 30)}
          error={wrongIn(typed).get("effectiveFrom") ?? null}
        />
      ) : writes ? (
        <div className="beside">
          <BeginForm key={next?.recordId ?? "new"} page={page} next={next ?? null} typed={typed} />
          <UploadPack
            download="/api/v1/packs/files?pack=statement"
            title={say("own.title")}
            help={say("own.upload-help")}
          />
        </div>
      ) : (
        <p className="soft">{say("own.not-mine")}</p>
      )}
    </Frame>
  )
}

/** What was typed into a field of the form that came back. */
function said(typed: Kept | null, name: string): readonly string[] {
  const value = typed?.input?.[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function placesOf(typed: Kept | null): { path: string; words: string }[] {
  return [...wrongIn(typed)].map(([path, why]) => ({ path, words: why }))
}

function Prevails({ page }: { page: OwnPacksPage }) {
  return (
    <section className="card stack" aria-labelledby="prevails">
      <h2 id="prevails">{say("own.prevails")}</h2>
      <div className="scroll" role="region" aria-labelledby="prevails" tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{say("own.company")}</th>
              <th scope="col">{say("own.text")}</th>
            </tr>
          </thead>
          <tbody>
            {page.prevails.map((line) => (
              <tr key={line.entityId}>
                <th scope="row">{line.name}</th>
                <td data-label={say("own.text")}>
                  <Link
                    className="tall"
                    href={line.recordId ? `${HERE}/${line.recordId}` : "/promises/packs/statement"}
                    prefetch={false}
                  >
                    {line.title
                      ? say("own.prevails-own", { title: line.title, version: line.version })
                      : say("own.prevails-shipped", { version: line.version })}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Texts({ page, writes }: { page: OwnPacksPage; writes: boolean }) {
  return (
    <section className="stack" aria-labelledby="texts">
      <h2 id="texts">{say("own.texts")}</h2>
      {page.texts.length === 0 ? <p className="soft">{say("own.none")}</p> : null}
      {page.texts.map((text) => (
        <article key={text.recordId} className="card stack">
          <div className="row between">
            <h3>
              <Link href={`${HERE}/${text.recordId}`} prefetch={false}>
                {text.title}
              </Link>
            </h3>
            {writes && text.ends === null ? (
              <div className="row">
                <Link className="button compact" href={`${HERE}?next=${text.recordId}#write`} prefetch={false}>
                  {say("own.next")} <span className="unseen">{text.title}</span>
                </Link>
                <Link className="button compact" href={`${HERE}?end=${text.recordId}#end`} prefetch={false}>
                  {say("own.end")} <span className="unseen">{text.title}</span>
                </Link>
              </div>
            ) : null}
          </div>
          {text.ends ? <Ends ends={text.ends} today={page.today} /> : null}
          <p className="soft">
            {say(`pack.${text.pack}`)}. {scopeWords(text.scope, page.names)}
          </p>
          <Versions text={text} />
        </article>
      ))}
    </section>
  )
}

/** That a text is over, or will be, and by which request. */
function Ends({ ends, today }: { ends: NonNullable<OwnText["ends"]>; today: string }) {
  return (
    <p>
      {say(ends.on <= today ? "own.ended" : "own.ends", { on: dayWords(ends.on) })}{" "}
      {ends.requestId ? (
        <Link className="tall" href={`/requests/${ends.requestId}`} prefetch={false}>
          {say("own.end-request")}
        </Link>
      ) : null}
    </p>
  )
}

function Versions({ text }: { text: OwnText }) {
  return (
    <div className="scroll" role="region" aria-label={text.title} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {["version", "state", "counts", "clauses", "known", "by"].map((column) => (
              <th key={column} scope="col">
                {say(`own.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {text.versions.map((version) => (
            <tr key={version.n}>
              <th scope="row">
                <Link className="tall" href={`${HERE}/${text.recordId}?version=${version.n}`} prefetch={false}>
                  {version.version}
                </Link>
              </th>
              <td data-label={say("own.state")}>
                <StatusTag tone={TONE[version.state]}>{say(`own.state.${version.state}`)}</StatusTag>
              </td>
              <td data-label={say("own.counts")}>{daysOf(version)}</td>
              <td data-label={say("own.clauses")}>{version.clauses}</td>
              <td data-label={say("own.known")}>
                <At instant={version.at} />
              </td>
              <td data-label={say("own.by")}>
                {version.requestId ? (
                  <Link className="tall" href={`/requests/${version.requestId}`} prefetch={false}>
                    {say("own.request")}
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function daysOf({ from, to }: TextVersion): string {
  return to === null
    ? say("own.from", { from: dayWords(from) })
    : say("own.from-to", { from: dayWords(from), to: dayWords(to) })
}

function Proposed({ page }: { page: OwnPacksPage }) {
  return (
    <section className="card stack" aria-labelledby="proposed">
      <h2 id="proposed">{say("own.proposed")}</h2>
      {page.proposed.length === 0 ? <p className="soft">{say("own.proposed-none")}</p> : null}
      <ul className="plain-list">
        {page.proposed.map((line) => (
          <li key={line.requestId} className="row">
            <Link
              className="tall"
              href={
                line.mine && line.state !== "in-review"
                  ? `/requests/${line.requestId}/records/${line.recordId}`
                  : `/requests/${line.requestId}`
              }
              prefetch={false}
            >
              R-{line.no} {line.title}
            </Link>
            <RequestState state={line.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function BeginForm({ page, next, typed }: { page: OwnPacksPage; next: OwnText | null; typed: Kept | null }) {
  const about = {
    title: said(typed, "title")[0] ?? next?.title ?? say("own.title"),
    effectiveFrom: said(typed, "effectiveFrom")[0] ?? addDays(page.today, 30),
    entities: typed ? said(typed, "entities") : (next?.scope.entities ?? []),
    products: typed ? (said(typed, "products")[0] ?? "").split(/\r?\n/) : (next?.scope.products ?? []),
    subjects: typed ? said(typed, "subjects") : (next?.scope.subjects ?? []),
  }
  return (
    <section className="card stack" aria-labelledby="write">
      <h2 id="write">{next ? say("own.next-title", { title: next.title }) : say("own.write")}</h2>
      <p className="soft">{say("own.write-help")}</p>
      <form className="stack" method="post" action="/api/v1/packs">
        {next ? <input type="hidden" name="recordId" value={next.recordId} /> : null}
        <AboutFields about={about} names={page.names} wrong={wrongIn(typed)} />
        <div>
          <button className="primary" type="submit">
            {say("own.begin")}
          </button>
        </div>
      </form>
    </section>
  )
}

export default inFrame(OwnStatement)
