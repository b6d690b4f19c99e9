import { confirmationsOf, paperAuthors, proposedPaper, type ConfirmationRow } from "@/db/statements/confirmations"
import { decidersNow } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { holdsRole } from "@/domain/people/permissions"
import type { HeldRole } from "@/domain/people/roles"
import { sidesOf, type Agreement } from "@/domain/records/agreement"
import { confirmers, isByHand, mayNotSee, needsToSee } from "@/domain/records/by-hand"
import { completed } from "@/domain/records/complete"
import { adviceIn, withoutAdvice } from "@/usecases/files/advice"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { readKnown } from "@/usecases/requests/known-request"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

/** Where a paper is looked at: in force, or as a request in review has it. */
export type PaperAt = { agreementId: string; requestId: string | null }

/** A paper signed by hand with who confirmed it, who may, and how this reader stands to it. */
export type PaperByHand = PaperAt & {
  title: string
  signing: Agreement["signing"]
  /** Its files as this reader may know them, and the bytes of all of them. */
  files: { fileId: string; sha256: string; name: string }[]
  hashes: string[]
  parties: string[]
  needed: 1 | 2
  confirmed: { personId: string; byName: string; saw: "original" | "scan"; author: boolean; at: string }[]
  /** The people who looked at files that it does not hold any more, or at some of its files only. */
  before: number
  author: boolean
  others: number
  /** Why this reader may not confirm it; null: they may. */
  refused: string | null
}

/** A paper as this reader may know it; null: there is none such, or they may not know of it. Names in it stay sealed. */
export async function knownPaper(
  tx: Tx,
  at: PaperAt,
  actor: Actor,
): Promise<{ body: Agreement; restrictedTo: readonly string[] | null } | null> {
  if (at.requestId === null) {
    const [record] = await loadRecords(tx, [at.agreementId], null)
    if (record?.kind !== "agreement" || record.standing === "ended" || !readable(record, scopeOf(actor))) return null
    return { body: record.body, restrictedTo: record.body.restrictedTo }
  }
  const request = await readKnown(tx, at.requestId, actor)
  const found = request && (await proposedPaper(tx, { requestId: at.requestId, agreementId: at.agreementId }))
  if (!request || !found) return null
  const body = completed("agreement", JSON.parse(found.body) as Agreement)
  return { body, restrictedTo: request.restrictedTo ?? body.restrictedTo }
}

/** Everything that decides whether somebody may confirm a paper signed by hand, worked out anew each time. */
export async function paperByHand(
  tx: Tx,
  at: PaperAt,
  actor: Actor,
  scene: Pick<Scene, "now">,
): Promise<PaperByHand | null> {
  const known = await knownPaper(tx, at, actor)
  if (!known || !isByHand(known.body)) return null
  const { body, restrictedTo } = known
  const needed = needsToSee(body) as 1 | 2
  const found = await confirmationsOf(tx, [at.agreementId], null)
  const whole = confirmers(body, found)
  // Advice lies among its files: only whoever reads advice can have looked at all of them.
  const [shown] = await withoutAdvice(tx, [{ body }], scopeOf(actor))
  const files = (shown ?? { body }).body.files
  const advice = (await adviceIn(tx, [{ body }], "anybody")).size > 0
  const holders = (await decidersNow(tx, scene.now)).filter(
    ({ id, held }) => sees({ held }, body, advice) && (restrictedTo === null || restrictedTo.includes(id)),
  )
  const authors = await paperAuthors(tx, {
    ...{ agreementId: at.agreementId, requestId: at.requestId, hashes: hashesOf(body), parties: sidesOf(body).parties },
    people: [...holders.map(({ id }) => id as string), actor.id],
  })
  const others = holders.filter(({ id }) => id !== actor.id && !authors.has(id)).length
  const author = authors.has(actor.id)
  const refused = !sees(actor, body)
    ? "not-allowed.paper-role"
    : files.length < body.files.length
      ? "not-allowed.paper-lawyers"
      : body.files.length === 0
        ? "conflict.paper-no-file"
        : mayNotSee({ needed, confirmed: whole, personId: actor.id, author, others })
  return {
    ...{
      ...at,
      title: body.title,
      signing: body.signing,
      files,
      hashes: hashesOf(body),
      parties: sidesOf(body).parties,
    },
    ...{ needed, author, others, refused },
    confirmed: whole.flatMap((id) => lastOf(found, id)),
    before: new Set(found.map(({ personId }) => personId)).size - whole.length,
  }
}

/** The files of a paper by their bytes. */
function hashesOf(body: Pick<Agreement, "files">): string[] {
  return [...new Set(body.files.map(({ sha256 }) => sha256))]
}

/** Procurement and lawyers of a company of the paper look at it; where advice lies beside it, lawyers alone. */
export function sees({ held }: { held: readonly HeldRole[] }, body: Agreement, advice = false): boolean {
  const person = { kind: "person" as const, held }
  const roles = advice ? (["legal"] as const) : (["procurement", "legal"] as const)
  return sidesOf(body).entities.some((id) => roles.some((role) => holdsRole(person, role, id)))
}

function lastOf(found: readonly ConfirmationRow[], personId: string): PaperByHand["confirmed"] {
  const last = found.findLast((one) => one.personId === personId)
  return last ? [{ personId, byName: last.byName, saw: last.saw, author: last.author, at: last.at }] : []
}
