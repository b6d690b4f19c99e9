import type { Metadata } from "next"
import { Preview } from "@/components/stages/preview"
import { RulesForm, type FormRules } from "@/components/stages/rules-form"
import { RulesTable } from "@/components/stages/rules-table"
import { placeWords, type Names } from "@/components/stages/rules-words"
import { WaitingRules } from "@/components/stages/waiting"
import { ProofField } from "@/components/people/prove"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import { ROWS } from "@/domain/requests/stage-rows"
import { partShape, rulesIn, STAGES, type StageRules } from "@/domain/requests/stage-rules"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { previewRules } from "@/usecases/requests/preview-rules"
import { readRules, type RulesLine, type RulesPage } from "@/usecases/requests/stage-rules"
import { readUnseated } from "@/usecases/requests/unseated"
import { proofOf } from "@/app/sign-on"
import type { Scene } from "@/usecases/scene"
import { clocksOf, pastOf } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { partOfForm } from "./part-of-form"

export const metadata: Metadata = { title: say("stages.title") }

const HERE = "/admin/stages"

/** The stage rules that hold or held, what waits for a DPO, and where an administrator proposes others. */
async function Stages({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), "")
  const page = shown(await readRules(scene, { asOf: clocks.asOf }))
  const companies = shown(await listEntities(scene, {})).map(({ id, entity }) => ({ id, name: entity.legalName }))
  const names: Names = {
    ...page.names,
    ...Object.fromEntries([...companies, ...page.people].map(({ id, name }) => [id, name])),
  }
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const fields: Fields | null = one(words, "try") === "yes" ? words : null
  const asked = fields ? [fields.company ?? ""].flat()[0] : one(words, "company")
  const company = companies.find((known) => known.id === asked) ?? null
  const { inForce, waiting } = page
  const mayPropose = mayAct("stages.propose", scene.actor).ok && !clocks.asOf
  return (
    <Frame scene={scene} current={HERE} past={pastOf(HERE, clocks)}>
      <h1>{say("stages.title")}</h1>
      <p className="lede">
        {inForce.since
          ? say("stages.lede", { version: inForce.version, at: inForce.since.slice(0, 16).replace("T", " ") + " UTC" })
          : say("stages.lede-shipped")}{" "}
        {waiting ? say("stages.lede-waits", { version: waiting.version }) : ""}
      </p>
      <RefusedNotice
        words={words}
        places={(held?.refusal?.fields ?? []).map((field) => ({
          path: "tried",
          words: `${placeWords(field.path.replace(/^part\./, ""), names)}: ${say(field.says)}`,
        }))}
      />
      {waiting && !clocks.asOf ? <Waiting {...{ scene, waiting, names }} /> : null}
      <section className="card stack" aria-label={say("stages.caption")}>
        <p>{say("stages.how")}</p>
        <p className="soft small">{say("stages.fixed")}</p>
        <form className="row" action={HERE}>
          <SelectField
            name="company"
            id="which-company"
            label={say("stages.company")}
            value={company?.id ?? ""}
            options={[
              { value: "", label: say("stages.every") },
              ...companies.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextField name="as-of" label={say("stages.as-of")} value={clocks.asOfText} />
          <button type="submit">{say("stages.show")}</button>
        </form>
        <RulesTable rules={inForce.rules} companyId={company?.id ?? null} names={names} />
      </section>
      {fields && mayPropose && !waiting ? (
        <Tried {...{ scene, fields, names }} reason={[held?.input?.reason ?? ""].flat()[0] ?? ""} />
      ) : null}
      {mayPropose && !waiting ? (
        <RulesForm
          key={company?.id ?? "every"}
          was={formOf(inForce.rules, company?.id ?? null, fields)}
          company={company}
          sitters={sittersOf(page.people, company?.id ?? null)}
        />
      ) : null}
      {mayAct("person.read", scene.actor).ok && !clocks.asOf ? <Nobody scene={scene} names={names} /> : null}
      <Deciders people={page.people} names={names} />
      <Versions versions={page.versions} />
    </Frame>
  )
}

async function Waiting({ scene, waiting, names }: { scene: Scene; waiting: RulesLine; names: Names }) {
  const preview = shown(await previewRules(scene, { version: waiting.version }))
  const actor = scene.actor
  const own = actor?.id === waiting.byPerson
  const may = own ? "withdraw" : actor && mayAct("stages.decide", actor).ok ? "decide" : null
  return (
    <WaitingRules
      {...{ version: waiting.version, by: waiting.byName, reason: waiting.reason, preview, names, may }}
      proof={proofOf(scene, HERE)}
    />
  )
}

type Fields = Record<string, string | string[] | undefined>
type Trying = { scene: Scene; fields: Fields; names: Names; reason: string }

/** What the fields would change, and where it is proposed: nobody proposes what they have not seen. */
async function Tried({ scene, fields, names, reason }: Trying) {
  const part = partShape.safeParse(partOfForm(fields))
  const preview = part.success ? shown(await previewRules(scene, { part: part.data })) : null
  const held = Object.entries(fields).filter(([name]) => /^(company$|row\.|days\.|wave\.|person\.)/.test(name))
  return (
    <section className="card stack" aria-labelledby="tried">
      <h2 id="tried">{say("stages.tried")}</h2>
      {preview ? <Preview preview={preview} names={names} /> : <p>{say("stages.days-wrong")}</p>}
      {preview && !preview.wrong?.length && preview.differs.length ? (
        <form className="stack" method="post" action="/api/v1/stage-rules">
          {held.flatMap(([name, value]) =>
            [value ?? []].flat().map((text) => <input key={name + text} type="hidden" name={name} value={text} />),
          )}
          <TextArea name="reason" label={say("stages.reason")} value={reason} required />
          <ProofField proof={proofOf(scene, HERE)} />
          <div>
            <button className="primary" type="submit">
              {say("stages.propose")}
            </button>
          </div>
        </form>
      ) : null}
    </section>
  )
}

async function Nobody({ scene, names }: { scene: Scene; names: Names }) {
  const found = shown(await readUnseated(scene, {}))
  if (found.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="nobody">
      <h2 id="nobody">{say("stages.nobody")}</h2>
      <p>{say("stages.nobody-lede")}</p>
      <ul>
        {found.map((line) => (
          <li key={`${line.no}${line.stage}${line.entityId}`}>
            R-{line.no}, {say(`stage.${line.stage}`)}, {names[line.entityId] ?? line.entityId}, {say("stage.since")}{" "}
            <At instant={line.since} /> {line.named ? say("stages.nobody-named") : ""}
            {line.short ? say("stages.nobody-short") : ""}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who may decide, or could at the instant that is shown: by role and company. */
function Deciders({ people, names }: { people: RulesPage["people"]; names: Names }) {
  return (
    <section className="card">
      <div className="scroll" role="region" aria-label={say("stages.deciders")} tabIndex={0}>
        <table className="list">
          <caption>{say("stages.deciders")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("stages.person")}</th>
              <th scope="col">{say("stages.roles")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ id, name, held }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td data-label={say("stages.roles")}>
                  {held
                    .map(({ role, entityId }) =>
                      say("stages.role-in", {
                        role: say(`role.${role}`),
                        company: entityId ? (names[entityId] ?? entityId) : say("stages.every"),
                      }),
                    )
                    .join("; ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Versions({ versions }: { versions: readonly RulesLine[] }) {
  return (
    <section className="card">
      <div className="scroll" role="region" aria-label={say("stages.versions")} tabIndex={0}>
        <table className="list">
          <caption>{say("stages.versions")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("stages.version")}</th>
              <th scope="col">{say("stages.proposed")}</th>
              <th scope="col">{say("stages.reason")}</th>
              <th scope="col">{say("stages.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((line) => (
              <tr key={line.version}>
                <th scope="row">{line.version}</th>
                <td data-label={say("stages.proposed")}>
                  {line.byName}, <At instant={line.at} />
                </td>
                <td className="prose" data-label={say("stages.reason")}>
                  {line.reason}
                </td>
                <td data-label={say("stages.outcome")}>
                  {say(`stages.outcome.${line.verdict ?? "waiting"}`, { by: line.decidedByName ?? "" })}
                  {line.decidedAt ? (
                    <>
                      , <At instant={line.decidedAt} />
                    </>
                  ) : null}
                  {line.decidedReason ? <div className="soft small">{line.decidedReason}</div> : null}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">1</th>
              <td colSpan={3}>{say("stages.shipped")}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}

function sittersOf(
  people: RulesPage["people"],
  companyId: string | null,
): Record<string, { id: string; name: string }[]> {
  if (companyId === null) return {}
  return Object.fromEntries(
    STAGES.map((stage) => [
      stage,
      people.filter(({ held }) => holdsRole({ kind: "person", held }, ROLE_OF[stage], companyId)),
    ]),
  )
}

function formOf(rules: StageRules, companyId: string | null, fields: Fields | null): FormRules {
  const here = rulesIn(rules, companyId ?? "")
  const list = (name: string): string[] => [fields?.[name] ?? []].flat().map(String)
  const text = (name: string, otherwise: string): string => (fields ? (list(name)[0] ?? "") : otherwise)
  const each = <T,>(of: (stage: (typeof STAGES)[number]) => T): Record<string, T> =>
    Object.fromEntries(STAGES.map((stage) => [stage, of(stage)]))
  return {
    rows: Object.fromEntries(ROWS.map((id) => [id, fields ? list(`row.${id}`) : here.rows[id]])),
    days: each((stage) => text(`days.${stage}`, String(here.days[stage]))),
    waves: each((stage) => text(`wave.${stage}`, String(here.waves[stage]))),
    persons: each((stage) => (fields ? list(`person.${stage}`) : (here.persons[stage] ?? []))),
  }
}

export default inFrame(Stages)
