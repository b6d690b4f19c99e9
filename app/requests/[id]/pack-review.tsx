import Link from "next/link"
import { ClauseChanges } from "@/components/packs/clause-changes"
import { FactChanges } from "@/components/packs/facts"
import { scopeWords } from "@/components/packs/scope-words"
import { Tried } from "@/components/packs/tried"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import { readProposedPack, type ProposedPackPage } from "@/usecases/packs/read-proposed"
import { tryPack } from "@/usecases/packs/try-pack"
import type { Scene } from "@/usecases/scene"
import { shown } from "@/app/page-frame"

/** Against what a version is held, in words; of a text that ends, what counts then. */
export function againstWords({ against, body: { pack } }: ProposedPackPage): string {
  if (against.title) return say("own.against-own", against)
  const { version } = against
  return pack === "statement"
    ? say("own.against-shipped", { version })
    : say("own.against-law", { version, pack: say(`pack.${pack}`) })
}

function dayOf({ body }: ProposedPackPage): { on: string; from: string } {
  return { on: dayWords(body.effectiveFrom), from: dayWords(body.effectiveFrom) }
}

/** What stands in the way of a version, each with its reason. */
export function PackFaults({ page }: { page: ProposedPackPage }) {
  if (page.faults.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{say("own.faults")}</p>
      <ul>
        {page.faults.map((one) => (
          <li key={one.path + one.says}>{say(one.says, one.params)}</li>
        ))}
      </ul>
    </Notice>
  )
}

const SHIPPED = PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const))

/** What a version would find: worked out when few sharings are touched, or when it is asked for. */
export async function TriedHere(props: { scene: Scene; page: ProposedPackPage; here: string; asked: boolean }) {
  const { scene, page, here, asked } = props
  const requestId = page.request.id
  const tried = await tryPack(scene, { requestId, recordId: page.recordId, asked })
  if (!tried.ok) return null
  // Facts of law move what clauses of other packs find.
  const titles = new Map([
    ...SHIPPED,
    ...page.changes.map((one) => [one.id, (one.after ?? one.before)?.title ?? ""] as const),
  ])
  const begin = `/api/v1/requests/${requestId}/packs/${page.recordId}/tries`
  return <Tried tried={tried.value} on={page.body.effectiveFrom} here={here} begin={begin} titles={titles} />
}

/** A proposed version as its reviewer decides on it: what changes, clause by clause, and what that would find. */
export async function PackReview(props: { scene: Scene; requestId: string; recordId: string; asked: boolean }) {
  const { scene, requestId, recordId, asked } = props
  const page = shown(await readProposedPack(scene, { requestId, recordId }))
  const here = `/requests/${requestId}`
  const open = !["approved", "refused", "withdrawn"].includes(page.request.state)
  return (
    <>
      <section className="card stack" aria-labelledby="pack-review">
        <div className="row between">
          <h2 id="pack-review">{say(page.ends ? "own.review-end" : "own.review")}</h2>
          {page.editing ? (
            <Link className="button compact" href={`${here}/records/${recordId}`} prefetch={false}>
              {say("request.edit")}
            </Link>
          ) : null}
        </div>
        <p>
          {say(page.ends ? "own.ends" : "own.counts-from", dayOf(page))}
          {page.ends ? "" : "."} {scopeWords(page.body, page.names)}.{" "}
          <span className="soft">
            {say(page.ends ? "own.then-counts" : "own.held-against", { against: againstWords(page) })}
          </span>
        </p>
        <PackFaults page={page} />
        {page.facts.length ? <FactChanges changes={page.facts} /> : null}
        <ClauseChanges changes={page.changes} law={page.facts.length > 0} />
      </section>
      {open ? <TriedHere scene={scene} page={page} here={here} asked={asked} /> : null}
    </>
  )
}
