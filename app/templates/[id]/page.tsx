import type { Metadata } from "next"
import Link from "next/link"
import { FilledPaper, MissingList } from "@/components/templates/filled"
import { ProofField } from "@/components/people/prove"
import { SelectField, TextArea } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { termOf } from "@/domain/vocabulary/term"
import { listEntities } from "@/usecases/people/entities"
import type { Scene } from "@/usecases/scene"
import { previewPaper } from "@/usecases/templates/make-paper"
import { agreementsToTry, readTemplate, type VersionLine } from "@/usecases/templates/read-templates"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("template.title") }

/** A template: the version in use or the one that waits, what it says, seen with an agreement's data, and every version. */
async function OneTemplate({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readTemplate(scene, { id }))
  const { versions, waiting, inForce } = page
  const shownNow =
    versions.find(({ n }) => String(n) === one(words, "version")) ?? waiting ?? inForce ?? (versions[0] as VersionLine)
  return (
    <Frame scene={scene} current="/templates">
      <p className="over">
        {say("template.one", { kind: termOf(AGREEMENT_KINDS, shownNow.kind)?.label ?? shownNow.kind })}
      </p>
      <div className="row between">
        <h1>{shownNow.title}</h1>
        {page.proposes && !waiting ? (
          <Link className="button" href={`/templates/${id}/edit`} prefetch={false}>
            {say("template.new-version")}
          </Link>
        ) : null}
      </div>
      <p className="lede">
        {inForce
          ? inForce.template.retired
            ? say("template.state.retired")
            : say("template.state.in-force", { n: inForce.n })
          : say("template.state.none")}
      </p>
      <RefusedNotice words={words} />
      {waiting ? <Waiting scene={scene} id={id} waiting={waiting} may={page.may} /> : null}
      <TheText scene={scene} version={shownNow} />
      <Tried scene={scene} version={shownNow} agreement={one(words, "agreement")} />
      <Versions id={id} versions={versions} />
    </Frame>
  )
}

type WaitingProps = { scene: Scene; id: string; waiting: VersionLine; may: "decide" | "withdraw" | null }

function Waiting({ scene, id, waiting, may }: WaitingProps) {
  const address = `/api/v1/templates/${id}/versions/${waiting.n}`
  return (
    <section className="card stack" aria-labelledby="waits">
      <h2 id="waits">{say("template.waits", { n: waiting.n, by: waiting.byName })}</h2>
      {may === "decide" ? (
        <form className="stack" method="post" action={`${address}/decisions`}>
          <TextArea name="reason" label={say("template.reason")} help={say("template.reason-help")} />
          <ProofField proof={proofOf(scene, `/templates/${id}`)} />
          <div className="row">
            <button className="primary" type="submit" name="verdict" value="approve">
              {say("template.approve")}
            </button>
            <button type="submit" name="verdict" value="refuse">
              {say("template.refuse")}
            </button>
          </div>
        </form>
      ) : (
        <p className="soft">{say("template.waits-others")}</p>
      )}
      {may === "withdraw" ? (
        <form method="post" action={`${address}/withdrawal`}>
          <button type="submit">{say("template.withdraw")}</button>
        </form>
      ) : null}
    </section>
  )
}

/** What a version says: whom it is for, which clauses, and its text. */
async function TheText({ scene, version }: { scene: Scene; version: VersionLine }) {
  const { template, items } = version
  const names = new Map(shown(await listEntities(scene, {})).map((one) => [one.id as string, one.entity.legalName]))
  const not = (CHECKLISTS[template.kind] ?? []).filter(({ item }) => !items.includes(item))
  const companies = template.entityIds.map((one) => names.get(one) ?? one).join(", ")
  return (
    <section className="card stack" aria-labelledby="text">
      <h2 id="text">
        {say("template.text-title")} · {say("template.version", { n: version.n })}
      </h2>
      <dl className="facts">
        <dt>{say("template.for")}</dt>
        <dd>{companies || say("template.for-all")}</dd>
        <dt>{say("template.language")}</dt>
        <dd>{template.language}</dd>
        <dt>{say("template.clauses-said")}</dt>
        <dd>{items.join(", ") || "–"}</dd>
      </dl>
      {not.length ? (
        <details>
          <summary className="more">{say("template.clauses-not")}</summary>
          <ul className="plain-list">
            {not.map(({ item, meaning }) => (
              <li key={item}>
                <code>{`[${item}]`}</code> {meaning}
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <p>{say("template.clauses-all")}</p>
      )}
      <pre className="paper-words" tabIndex={0} role="region" aria-label={say("template.text")}>
        {template.text}
      </pre>
    </section>
  )
}

/** The version with an agreement's data: what would be printed, and what is missing. */
async function Tried({ scene, version, agreement }: { scene: Scene; version: VersionLine; agreement: string }) {
  const found = await agreementsToTry(scene, { kind: version.kind })
  const choices = found.ok ? found.value : []
  if (choices.length === 0) return null
  const asked = { recordId: agreement, templateId: version.id, n: version.n }
  const tried = isId("agreement", agreement) ? await previewPaper(scene, asked) : null
  return (
    <section className="card stack" aria-labelledby="try">
      <h2 id="try">{say("template.try")}</h2>
      <form className="row" action={`/templates/${version.id}#try`}>
        <input type="hidden" name="version" value={version.n} />
        <SelectField
          {...{ name: "agreement", label: say("template.try-which"), value: agreement }}
          options={choices.map((choice) => ({ value: choice.id, label: choice.title }))}
        />
        <button type="submit">{say("template.try-show")}</button>
      </form>
      {tried && !tried.ok ? <p>{say(tried.says, tried.params)}</p> : null}
      {tried?.ok ? (
        <>
          <h3>{say("template.tried", { title: tried.value.agreementTitle })}</h3>
          <MissingList missing={tried.value.missing} />
          <FilledPaper blocks={tried.value.blocks} />
        </>
      ) : null}
    </section>
  )
}

function Versions({ id, versions }: { id: string; versions: readonly VersionLine[] }) {
  return (
    <section className="card">
      <div className="scroll" role="region" aria-label={say("template.versions")} tabIndex={0}>
        <table className="list">
          <caption>{say("template.versions")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("template.versions")}</th>
              <th scope="col">{say("template.proposed")}</th>
              <th scope="col">{say("template.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((line) => (
              <tr key={line.n}>
                <th scope="row">
                  <Link href={`/templates/${id}?version=${line.n}`} prefetch={false}>
                    {say("template.version", { n: line.n })}
                  </Link>
                </th>
                <td data-label={say("template.proposed")}>
                  {line.byName}, <At instant={line.at} />
                </td>
                <td data-label={say("template.outcome")}>
                  {say(`template.outcome.${line.verdict ?? "waiting"}`, { by: line.decidedByName ?? "" })}
                  {line.decidedAt ? (
                    <>
                      , <At instant={line.decidedAt} />
                    </>
                  ) : null}
                  {line.decidedReason ? <div className="soft small">{line.decidedReason}</div> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export default inFrame(OneTemplate)
