import Link from "next/link"
import { AboutFields } from "@/components/packs/about-fields"
import { EndDay } from "@/components/packs/end-text"
import { ClauseChanges } from "@/components/packs/clause-changes"
import { FactChanges } from "@/components/packs/facts"
import { MakeClause, SeverityField } from "@/components/packs/make-clause"
import { TextArea, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { GRAVITY_TONE } from "@/components/promises/board-table"
import { say } from "@/components/words/catalogue"
import type { OwnClause } from "@/domain/records/own-pack"
import { readProposedPack, type ProposedPackPage } from "@/usecases/packs/read-proposed"
import { kept } from "@/usecases/people/kept"
import type { Scene } from "@/usecases/scene"
import { againstWords, PackFaults, TriedHere } from "@/app/requests/[id]/pack-review"
import { Frame, one, shown } from "@/app/page-frame"
import { wrongIn } from "@/app/wrong"

type Said = Record<string, string | string[] | undefined>

/** A version of a pack as it is written: its days and scope, clause by clause, tried while it is a draft. */
export async function PackEditor(props: { scene: Scene; requestId: string; recordId: string; words: Said }) {
  const { scene, requestId, recordId, words } = props
  const page = shown(await readProposedPack(scene, { requestId, recordId }))
  const here = `/requests/${requestId}/records/${recordId}`
  const action = `/api/v1/requests/${requestId}/packs/${recordId}`
  const before = one(words, "refused") ? await kept(scene, here) : null
  const wrong = wrongIn(before)
  const step = one({ do: before?.input?.do }, "do")
  const said = (name: string): readonly string[] => {
    const value = before?.input?.[name]
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  }
  const reworded = page.body.clauses.find((clause) => clause.id === one(words, "clause"))
  return (
    <Frame scene={scene} current="/requests">
      <p>
        <Link href={`/requests/${requestId}`} prefetch={false}>
          {say("edit.back")}
        </Link>
      </p>
      <h1>{say(page.ends ? "own.end-of" : "own.text-of", { title: page.body.title, version: page.body.version })}</h1>
      <p className="lede">{say(page.ends ? "own.end-lede" : "own.draft-lede", { against: againstWords(page) })}</p>
      <RefusedNotice
        words={words}
        places={[...wrong].map(([path, why]) => ({
          path: step === "about" || step === "ends" ? path : `${step}.${path}`,
          words: why,
        }))}
      />
      <PackFaults page={page} />
      {page.editing && reworded ? (
        <Reword
          {...{ action, here, clause: reworded, wrong: step === "reword" ? wrong : NONE }}
          said={step === "reword" ? said : nothing}
        />
      ) : null}
      <section className="card stack" aria-labelledby="changes">
        <h2 id="changes">{say(page.ends ? "own.review-end" : "own.changes")}</h2>
        {page.facts.length ? <FactChanges changes={page.facts} /> : null}
        <ClauseChanges changes={page.changes} law={page.facts.length > 0} />
      </section>
      {page.editing && page.ends ? (
        <form className="card stack" method="post" action={action} id="about">
          <input type="hidden" name="do" value="ends" />
          <EndDay
            on={step === "ends" ? (said("effectiveFrom")[0] ?? "") : page.body.effectiveFrom}
            error={wrong.get("effectiveFrom") ?? null}
          />
          <div>
            <button type="submit">{say("own.save")}</button>
          </div>
        </form>
      ) : null}
      {page.editing && !page.ends ? (
        <>
          <About page={page} action={action} wrong={step === "about" ? wrong : NONE} />
          <MakeClause
            {...{ action, at: here, wrong: step === "make" ? wrong : NONE }}
            template={step === "make" ? (said("template")[0] ?? "") : one(words, "template")}
            said={step === "make" ? said : nothing}
          />
        </>
      ) : null}
      <TriedHere scene={scene} page={page} here={here} asked={one(words, "try") === "yes"} />
      {page.ends ? null : <Clauses page={page} action={action} here={here} />}
      {page.editing && !page.ends ? <Takeable page={page} action={action} /> : null}
    </Frame>
  )
}

const NONE: ReadonlyMap<string, string> = new Map()
const nothing = (): readonly string[] => []

function About({
  page,
  action,
  wrong,
}: {
  page: ProposedPackPage
  action: string
  wrong: ReadonlyMap<string, string>
}) {
  const { title, effectiveFrom, entities, products, subjects } = page.body
  return (
    <details className="card" open={wrong.size > 0}>
      <summary id="about">{say("own.about")}</summary>
      <form className="stack" method="post" action={action}>
        <input type="hidden" name="do" value="about" />
        <AboutFields
          about={{
            ...{ title, effectiveFrom, entities: entities ?? [] },
            ...{ products: products ?? [], subjects: subjects ?? [] },
          }}
          names={page.names}
          wrong={wrong}
        />
        <div>
          <button type="submit">{say("own.save")}</button>
        </div>
      </form>
    </details>
  )
}

function Reword(props: {
  action: string
  here: string
  clause: OwnClause
  wrong: ReadonlyMap<string, string>
  said: (name: string) => readonly string[]
}) {
  const { action, here, clause, wrong, said } = props
  const field = (name: "title" | "duty" | "remedy" | "severity") => ({
    ...{
      name,
      id: `reword.${name}`,
      label: say(`own.part.${name}`),
      value: said(name)[0] ?? clause[name],
      error: wrong.get(name) ?? null,
    },
    required: true,
  })
  return (
    <form className="card stack" method="post" action={action} aria-labelledby="reword">
      <h2 id="reword">{say("own.reword-title", { clause: clause.id })}</h2>
      <input type="hidden" name="do" value="reword" />
      <input type="hidden" name="clause" value={clause.id} />
      <TextField {...field("title")} />
      <TextArea {...field("duty")} rows={3} />
      <TextArea {...field("remedy")} rows={2} />
      <SeverityField id="reword.severity" value={field("severity").value} />
      <div className="row">
        <button className="primary" type="submit">
          {say("own.save")}
        </button>
        <Link href={here} prefetch={false}>
          {say("own.reword-cancel")}
        </Link>
      </div>
    </form>
  )
}

function Clauses({ page, action, here }: { page: ProposedPackPage; action: string; here: string }) {
  return (
    <section className="card stack" aria-labelledby="all">
      <h2 id="all">
        {say("own.all")} {page.body.clauses.length}
      </h2>
      {page.body.clauses.map((clause) => (
        <article key={clause.id} className="stack" id={clause.id}>
          <div className="row between">
            <h3>
              <span className="soft">{clause.id}</span> {clause.title}
            </h3>
            <StatusTag tone={GRAVITY_TONE[clause.severity] ?? "quiet"}>{say(`severity.${clause.severity}`)}</StatusTag>
          </div>
          <p>{clause.duty}</p>
          {page.editing ? (
            <div className="row">
              <Link
                className="button compact"
                href={`${here}?clause=${encodeURIComponent(clause.id)}#reword`}
                prefetch={false}
              >
                {say("own.reword")} <span className="unseen">{clause.id}</span>
              </Link>
              <Step action={action} step="retire" clause={clause.id} />
            </div>
          ) : null}
        </article>
      ))}
    </section>
  )
}

/** A button for one step on one clause. */
function Step({ action, step, clause }: { action: string; step: "retire" | "take"; clause: string }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value={step} />
      <input type="hidden" name="clause" value={clause} />
      <button className="compact" type="submit">
        {say(`own.${step}`)} <span className="unseen">{clause}</span>
      </button>
    </form>
  )
}

function Takeable({ page, action }: { page: ProposedPackPage; action: string }) {
  return (
    <section className="card stack" aria-labelledby="takeable">
      <h2 id="takeable">{say("own.takeable")}</h2>
      {page.takeable.length === 0 ? <p className="soft">{say("own.takeable-none")}</p> : null}
      {page.takeable.map((clause) => (
        <div key={clause.id} className="row between">
          <p>
            <span className="soft">{clause.id}</span> {clause.title}
          </p>
          <Step action={action} step="take" clause={clause.id} />
        </div>
      ))}
    </section>
  )
}
