import { z } from "zod"
import {
  confirmationsOf,
  holdPaper,
  insertConfirmations,
  judgePaperAgain,
  papersByHand,
  proposedByHand,
} from "@/db/statements/confirmations"
import type { Tx } from "@/db/connect"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { completed } from "@/domain/records/complete"
import { confirmers, stillToSee, type PaperSeen } from "@/domain/records/by-hand"
import type { Agreement } from "@/domain/records/agreement"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { paperByHand, sees, type PaperAt, type PaperByHand } from "./paper-by-hand"

const at = { agreementId: idOf("agreement"), requestId: idOf("request").nullable().default(null) }

type Confirm = PaperAt & { saw: "original" | "scan"; files: string[] }
type Confirming = { paper: PaperByHand; known: Set<string> }

/**
 * Somebody of procurement or a lawyer says that they looked at a paper that was signed by hand, and at what: at every file of
 * it as it stands. Another file later has to be looked at anew.
 */
export const confirmPaper = act<Confirm, Confirming, { missing: number }>({
  name: "paper.confirm",
  input: z.strictObject({
    ...at,
    saw: z.enum(["original", "scan"]),
    /** The files that were shown, by hash. */
    files: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(50),
  }) as unknown as z.ZodType<Confirm>,
  load: async (tx, input, scene) => {
    if (!scene.actor) return null
    await holdPaper(tx, input.agreementId)
    const paper = await paperByHand(tx, input, scene.actor, scene)
    if (!paper) return null
    const found = await confirmationsOf(tx, [input.agreementId], null)
    const mine = found.filter((one) => one.personId === scene.actor?.id)
    return { paper, known: new Set(mine.map((one) => one.sha256)) }
  },
  may: (_actor, { paper }, { files }) => {
    if (paper.refused) return refuse(paper.refused.startsWith("conflict") ? "conflict" : "not-allowed", paper.refused)
    const shown = new Set(files)
    const same = shown.size === paper.hashes.length && paper.hashes.every((hash) => shown.has(hash))
    return same ? good({}) : refuse("conflict", "conflict.paper-moved")
  },
  run: async (_tx, { input, loaded: { paper, known }, actor }) => {
    const { agreementId, requestId, saw } = input
    const hashes = paper.hashes.filter((hash) => !known.has(hash))
    const { author, needed } = paper
    const missing = Math.max(0, needed - paper.confirmed.length - 1)
    return done({
      value: { missing },
      events: [
        {
          act: "paper.confirm",
          objects: [
            { type: "agreement", id: agreementId },
            ...(requestId === null ? [] : [{ type: "request", id: requestId }]),
          ],
          after: { files: paper.hashes, saw, author, missing },
        },
      ],
      write: async (tx, place) => {
        const what = { agreementId, requestId, saw, author, personId: actor.id, hashes }
        await insertConfirmations(tx, { ...what, at: place.at, logIndex: place.indexOf(0) })
        await judgePaperAgain(tx, agreementId, paper.parties)
      },
    })
  },
})

/** A paper signed by hand as the reader finds it: who confirmed it, how many are missing, whether they may. Null: it was not. */
export const readPaperByHand = look<PaperAt, PaperByHand | null>({
  name: "register.read",
  input: z.strictObject(at) as unknown as z.ZodType<PaperAt>,
  about: ({ agreementId }) => [{ type: "agreement", id: agreementId }],
  run: async (tx, { input, actor, scene }) => good(await paperByHand(tx, input, actor, scene)),
})

/** The papers signed by hand that wait for this reader, in force and in requests; `requestId`: all of that request's instead. */
export const listPapersByHand = look<{ requestId: string | null }, PaperByHand[]>({
  name: "register.read",
  input: z.strictObject({ requestId: idOf("request").nullable().default(null) }) as unknown as z.ZodType<{
    requestId: string | null
  }>,
  run: async (tx, { input: { requestId }, actor, scene }) => {
    const proposed = await proposedByHand(tx, requestId)
    const wanted =
      requestId === null
        ? [...(await lacking(tx, proposed, actor)), ...(await standingAndLacking(tx, actor))]
        : proposed
    const places = wanted.map((one): PaperAt => ({ agreementId: one.agreementId, requestId: one.requestId }))
    const out: PaperByHand[] = []
    for (const place of places) {
      const paper = await paperByHand(tx, place, actor, scene)
      if (paper && (requestId !== null || paper.refused === null)) out.push(paper)
      if (out.length >= MOST) break
    }
    return good(out)
  },
})

const MOST = 50

/** Whether a paper lacks a confirmation that this person may have to give: one that is theirs no more is not read at length. */
function lacksOf(actor: Actor, body: Agreement, seen: readonly PaperSeen[] = []): boolean {
  return stillToSee(body, seen) > 0 && sees(actor, body) && !confirmers(body, seen).includes(actor.id)
}

/** Those of proposed papers that lack a confirmation. */
async function lacking<P extends { agreementId: string; body: string }>(
  tx: Tx,
  proposed: readonly P[],
  actor: Actor,
): Promise<P[]> {
  const found = await confirmationsOf(
    tx,
    proposed.map((one) => one.agreementId),
    null,
  )
  return proposed.filter(({ agreementId, body }) => {
    const seen = found.filter((one) => one.agreementId === agreementId)
    return lacksOf(actor, completed("agreement", JSON.parse(body) as Agreement), seen)
  })
}

/** The papers in force that lack one. */
async function standingAndLacking(tx: Tx, actor: Actor): Promise<PaperAt[]> {
  const ids = await papersByHand(tx)
  const scope = scopeOf(actor)
  return (await loadRecords(tx, ids, null)).flatMap((one) =>
    one.kind === "agreement" &&
    one.standing !== "ended" &&
    readable(one, scope) &&
    lacksOf(actor, one.body, one.confirmed)
      ? [{ agreementId: one.id, requestId: null }]
      : [],
  )
}
