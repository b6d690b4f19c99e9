import { z } from "zod"
import {
  answersOf,
  dropLinkFile,
  filesOfLink,
  linkByHash,
  markLink,
  putLinkFile,
  saveAnswers,
  type LinkFile,
  type LinkRow,
} from "@/db/statements/asked"
import { countTry, lockThrottles, throttleOf } from "@/db/statements/throttles"
import { insertTellings } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { FREE_GUESSES, isThere, LINK_LIMITS } from "@/domain/asked/links"
import { answeredCount, keepTyped, readAnswers, type Typed } from "@/domain/asked/questions"
import { canonical } from "@/domain/core/canonical"
import type { Id } from "@/domain/core/id"
import { toMillis, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { callerOf, throttleWait } from "@/domain/people/passwords"
import type { ActName } from "@/domain/people/permissions"
import { act, done } from "@/usecases/act"
import { keepFile, type PutFile, type Received } from "@/usecases/files/put-file"
import { hashSecret } from "@/usecases/people/secrets"
import { loadEntities } from "@/usecases/register/records"
import { sha256 } from "@/usecases/requests/revision"
import { clockNow, type Scene } from "@/usecases/scene"

/** Everything that a link's page shows: who asks, who is asked, what was typed so far. Nothing else of the register. */
export type SupplierPage =
  | { state: "sent" }
  | {
      state: "open"
      company: string
      party: string
      dueOn: string
      typed: Typed
      /** Counts the savings; a form that was made before another's saving is told so. */
      n: number
      savedAt: Instant | null
      files: LinkFile[]
    }

type By = { link: unknown; address: string }

const NONE = refuse("not-found", "not-found")

/**
 * The page of a link. Unknown, revoked and over are one and the same answer. Who guesses is counted by address and, after some
 * guesses, has to wait; meanwhile nothing is looked up for that address at all.
 */
export async function openSupplierPage(scene: Scene, by: By): Promise<Outcome<SupplierPage>> {
  const link = await foundLink(scene, by)
  if (!link) return NONE
  if (link.sentAt) return good({ state: "sent" })
  await markLink(scene.db, link.id, "opened", scene.now)
  const entity = (await loadEntities(scene.db, [link.entityId as Id<"entity">], null)).get(
    link.entityId as Id<"entity">,
  )
  const answers = await answersOf(scene.db, link.id)
  return good({
    ...{ state: "open", company: entity?.legalName ?? "", party: link.partyName, dueOn: link.dueOn },
    typed: answers ? (JSON.parse(answers.body) as Typed) : {},
    ...{ n: answers?.n ?? 0, savedAt: answers?.savedAt ?? null },
    files: await filesOfLink(scene.db, link.id),
  })
}

async function foundLink(scene: Scene, { link, address }: By): Promise<LinkRow | null> {
  const key = `supplier:${callerOf(address)}`
  if (await hasToWait(scene, key)) return null
  const found = isSecret(link) ? await linkByHash(scene.db, hashSecret(link)) : null
  if (found && isThere(found, scene.now)) return found
  await scene.db.transaction(async (tx) => {
    await lockThrottles(tx, [key], scene.now)
    await countTry(tx, [key], scene.now)
  })
  return null
}

const isSecret = (link: unknown): link is string => typeof link === "string" && /^[A-Za-z0-9_-]{43}$/.test(link)

/** Read and no more: only who guesses leaves a row. */
async function hasToWait(scene: Scene, key: string): Promise<boolean> {
  const count = await throttleOf(scene.db, key)
  const wait = throttleWait((count?.failures ?? 0) - FREE_GUESSES)
  return count !== null && wait > 0 && toMillis(count.lastAt) + wait > toMillis(scene.now)
}

type Keep = By & { typed: unknown; n: unknown }

/** Runs what a link's page sends, on its locked link; what may not be known is one answer. */
async function onLink<T>(
  scene: Scene,
  by: By,
  run: (tx: Tx, link: LinkRow) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const known = await foundLink(scene, by)
  if (!known) return NONE
  try {
    return await scene.db.transaction(async (tx) => {
      const link = await linkByHash(tx, hashSecret(String(by.link)), true)
      if (!link || !isThere(link, scene.now)) throw new Turned(NONE)
      if (link.sentAt) throw new Turned(refuse("conflict", "conflict.answers-sent"))
      const outcome = await run(tx, link)
      if (!outcome.ok) throw new Turned(outcome)
      return outcome
    })
  } catch (problem) {
    if (problem instanceof Turned) return problem.refusal
    throw problem
  }
}

class Turned extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.says)
  }
}

type Supplied<I, O> = { (scene: Scene, input: I): Promise<Outcome<O>>; actName: ActName }

const named = <I, O>(actName: ActName, call: (scene: Scene, input: I) => Promise<Outcome<O>>): Supplied<I, O> =>
  Object.assign(call, { actName })

/**
 * Keeps what was typed, however unfinished. Of two who type by one link none writes over the other unseen: whoever saves on what
 * has since been saved is told.
 */
export const saveTyped: Supplied<Keep, { n: number; savedAt: Instant }> = named("answer.save", (scene, input) =>
  onLink(scene, input, async (tx, link) => keep(tx, link, input, scene.now)),
)

async function keep(
  tx: Tx,
  link: LinkRow,
  input: Keep,
  at: Instant,
): Promise<Outcome<{ n: number; savedAt: Instant }>> {
  const before = await answersOf(tx, link.id)
  const sent = (typeof input.typed === "object" && input.typed !== null ? input.typed : {}) as Record<string, unknown>
  const typed = keepTyped(sent)
  const last = before ? (JSON.parse(before.body) as Typed) : {}
  // A page that saves while somebody presses a button overtakes nobody but itself.
  const same = typeof typed._by === "string" && typed._by !== "" && typed._by === last._by
  if (Number(input.n) !== (before?.n ?? 0) && !same) return refuse("conflict", "conflict.answers-moved")
  const n = (before?.n ?? 0) + 1
  if (n > LINK_LIMITS.saves) return refuse("conflict", "conflict.answers-enough")
  await saveAnswers(tx, link.id, { body: canonical(typed), n, savedAt: at })
  return good({ n, savedAt: at })
}

/** Lays a file beside the answers: of the kinds that papers have, by what is in it, in the keeping of whoever asked. */
export const putSupplierFile: Supplied<By & { name: string; received: Received }, PutFile> = named(
  "answer.save",
  (scene, input) =>
    onLink(scene, input, async (tx, link) => {
      const there = await filesOfLink(tx, link.id)
      const bytes = there.reduce((sum, file) => sum + file.sizeBytes, 0)
      if (there.length >= LINK_LIMITS.files || bytes + input.received.sizeBytes > LINK_LIMITS.bytes)
        return refuse("invalid", "invalid.supplier-files")
      const { name, received } = input
      const file = await keepFile(tx, scene, { name: name.slice(0, 300), received, byPerson: link.byPerson })
      if (file.ok) await putLinkFile(tx, link.id, file.value.id, scene.now)
      return file
    }),
)

/** Takes a file away again, before anything was sent. */
export const dropSupplierFile: Supplied<By & { file: unknown }, object> = named("answer.save", (scene, input) =>
  onLink(scene, input, async (tx, link) => ((await dropLinkFile(tx, link.id, String(input.file))) ? good({}) : NONE)),
)

/**
 * Saves what was typed and sends it: from then on the link says thank you and nothing else, and whoever asked is told. What does
 * not fit is said by its field; then nothing is sent, and what was typed is kept all the same.
 */
export const sendAnswers: Supplied<Keep, object> = named("answer.send", async (scene, input) => {
  const saved = await saveTyped(scene, input)
  if (!saved.ok) return saved
  return send({ ...scene, now: clockNow(), actor: null }, { link: String(input.link), n: saved.value.n })
})

type Sending = { link: LinkRow; body: string; files: LinkFile[] }

const send = act<{ link: string; n: number }, Sending, object>({
  name: "answer.send",
  input: z.strictObject({ link: z.string().max(100), n: z.number() }),
  load: async (tx, input, scene) => {
    const link = await linkByHash(tx, hashSecret(input.link), true)
    const answers = link ? await answersOf(tx, link.id) : null
    if (!link || !answers || answers.n !== input.n || !isThere(link, scene.now)) return null
    return { link, body: answers.body, files: await filesOfLink(tx, link.id) }
  },
  may: (_actor, { link }) => (link.sentAt ? refuse("conflict", "conflict.answers-sent") : good({})),
  run: async (_tx, { loaded: { link, body, files }, scene }) => {
    const { answers, wrong } = readAnswers(JSON.parse(body) as Typed)
    if (wrong.length) return refuse("invalid", "invalid.form", { fields: wrong })
    const answered = answeredCount(answers, files.length)
    if (answered === 0) return refuse("invalid", "invalid.nothing-answered")
    return done({
      value: {},
      events: [
        {
          act: "answer.send",
          objects: [
            { type: "supplier-link", id: link.id },
            ...(link.requestId ? [] : [{ type: "party", id: link.partyId }]),
          ],
          // What it says may name people: the hash alone binds it.
          after: { answered, files: files.map((file) => file.sha256), sha256: sha256(body) },
        },
      ],
      write: async (tx, place) => {
        await markLink(tx, link.id, "sent", place.at)
        await insertTellings(
          tx,
          { occasion: link.id, at: place.at, byPerson: null, mails: scene.register === "main" },
          [{ kind: "answered", to: [link.byPerson], ...aboutLink(link) }],
        )
      },
    })
  },
})

/** What whoever asked is told it is about: their request, or the party. */
export function aboutLink(link: Pick<LinkRow, "requestId" | "partyId">): { requestId?: string; recordId?: string } {
  return link.requestId ? { requestId: link.requestId } : { recordId: link.partyId }
}
