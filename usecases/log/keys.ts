import { z } from "zod"
import { ed25519Holds, sha256, type LogSigner } from "@/adapters/log-key/signer"
import { confirmedKey, holdKeys, keyEntries } from "@/db/statements/log-keys"
import { administratorsNow } from "@/db/statements/scans"
import { decidersNow } from "@/db/statements/tellings"
import { insertLogKey, logKeys } from "@/db/statements/tree"
import type { Db, Tx } from "@/db/connect"
import { handoverText, keyLives, keyStep, type KeyLife } from "@/domain/audit/key-history"
import { base64, readVerifier, verifierText, type Verifier } from "@/domain/audit/note"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { act, done } from "@/usecases/act"
import { OPERATOR, type Scene } from "@/usecases/scene"

/** Every key by which the log signed in its first `atSize` entries, with who signed for it; left out: in all. */
export async function keyHistory(tx: Db | Tx, atSize: number | null = null): Promise<KeyLife[]> {
  return keyLives(await keyEntries(tx, atSize), sha256, ed25519Holds)
}

type Named = { name: string; id: string; key: string; by: string | null; signature: string | null; lost: boolean }
type Standing = { lives: KeyLife[]; to: string[] }

/**
 * Names a key by which the log signs from now on, as an event: the first, one that the old key signed for, or one in the place of
 * a key that is lost, where the entry says that nobody signed for it and ends those before. People outside administration are told.
 */
const addKey = act<Named, Standing, object>({
  name: "log.key.add",
  input: z.strictObject({
    name: z.string().max(200),
    id: z.string().regex(/^[0-9a-f]{8}$/),
    key: z.string().length(44),
    by: z.string().nullable(),
    signature: z.string().length(88).nullable(),
    lost: z.boolean(),
  }),
  load: async (tx, { id }, scene) => {
    await holdKeys(tx)
    const lives = await keyHistory(tx)
    // Somebody beside us named it meanwhile: there is nothing left to do.
    if (lives.some((one) => one.id === id)) return null
    return { lives, to: await whoIsToldOfKeys(tx, scene.now) }
  },
  may: (_actor, { lives }, { by, lost }) => {
    const follows = by !== null && lives.some((one) => one.id === by && one.until === null)
    return lives.length === 0 || lost || follows ? good({}) : refuse("conflict", "log.key-unknown")
  },
  run: async (_tx, { input: { name, id, key, by, signature, lost }, loaded: { lives, to } }) => {
    const before = lives.map((one) => one.id)
    const gone = lost ? lives.filter((one) => one.until === null).map((one) => one.id) : []
    return done({
      value: {},
      events: [
        {
          act: "log.key.add",
          objects: [{ type: "log-key", id }],
          after: { name, id, key, before, ...(by && signature ? { by, signature } : {}), ...(lost ? { lost } : {}) },
        },
        ...gone.map((one) => ({
          act: "log.key.retire",
          objects: [{ type: "log-key", id: one }],
          after: { lost: true },
        })),
      ],
      tell: lives.length === 0 ? [] : [{ kind: "log" as const, to, clause: id, what: lost ? "broken" : "began" }],
      write: async (tx, place) => {
        const at = { at: place.at, logIndex: place.indexOf(0) }
        await insertLogKey(tx, { id, name, key: Buffer.from(key, "base64"), ...at })
      },
    })
  },
})

/** Ends keys that the newest one followed long enough ago. */
const retireKeys = act<{ ids: string[]; by: string }, { ids: string[] }, object>({
  name: "log.key.retire",
  input: z.strictObject({ ids: z.array(z.string()).min(1).max(100), by: z.string() }),
  load: async (tx, { ids, by }) => {
    await holdKeys(tx)
    const living = (await keyHistory(tx)).filter((one) => one.until === null).map((one) => one.id)
    const left = ids.filter((id) => living.includes(id) && id !== by)
    return left.length > 0 && living.includes(by) ? { ids: left } : null
  },
  may: () => good({}),
  run: async (_tx, { input: { by }, loaded: { ids } }) => {
    const [first = "", ...rest] = ids
    const event = (id: string) => ({ act: "log.key.retire", objects: [{ type: "log-key", id }], after: { by } })
    return done({ value: {}, events: [event(first), ...rest.map(event)] })
  },
})

/** DPOs, who are no administrators' people, and administrators, who are to know it where it was none of them. */
export async function whoIsToldOfKeys(tx: Tx, now: Instant): Promise<string[]> {
  return [...(await keyDeciders(tx, now)), ...(await administratorsNow(tx, now))]
}

/** Who may confirm a key. */
export async function keyDeciders(tx: Tx, now: Instant): Promise<string[]> {
  return (await decidersNow(tx, now))
    .filter(({ held }) => mayAct("log.key.decide", { kind: "person", held }).ok)
    .map(({ id }) => id)
}

/**
 * Sees to the keys before the head is signed, one step after another, each whole in a transaction of its own, so that after a crash
 * between two the next minute goes on where this one stood. Gives the ids of the keys that sign now.
 */
export async function keysInOrder(scene: Scene, signer: LogSigner): Promise<Outcome<string[]>> {
  const by: Scene = { ...scene, actor: OPERATOR }
  const [held, next] = [signer.verifier, signer.next?.verifier ?? null]
  for (let turn = 0; turn < 6; turn += 1) {
    // Of the sample company nobody confirms: its keys follow those of the register.
    const confirmed = scene.register === "sample" && next ? verifierText(next) : await confirmedKey(scene.db)
    const lives = await keyHistory(scene.db)
    const step = keyStep(lives, { held, next, confirmed, now: scene.now })
    if (step.step === "sign") return good(step.ids)
    if (step.step === "unknown" && scene.register === "main") return refuse("conflict", "log.key-unknown")
    if (step.step === "promote") {
      // Only the register's own log decides on the file; the following key signs for the sample meanwhile.
      if (scene.register === "main") signer.promote()
      return good(next ? [next.id] : [])
    }
    const made = await taken(by, signer, step)
    if (!made.ok && made.code !== "not-found") return made
  }
  return refuse("conflict", "conflict.busy")
}

function taken(
  scene: Scene,
  signer: LogSigner,
  step: Exclude<ReturnType<typeof keyStep>, { step: "sign" } | { step: "promote" }>,
): Promise<Outcome<object>> {
  if (step.step === "retire") {
    const newest = signer.next && !step.ids.includes(signer.next.verifier.id) ? signer.next.verifier : signer.verifier
    const by = step.ids.includes(newest.id) ? signer.verifier.id : newest.id
    return retireKeys(scene, { ids: step.ids, by })
  }
  const { name, id, key } = step.key
  const named = { name, id, key: base64(key) }
  if (step.step === "hand-over")
    return addKey(scene, {
      ...{ ...named, by: signer.verifier.id, lost: false },
      signature: base64(signer.sign(handoverText(step.key))),
    })
  return addKey(scene, { ...named, by: null, signature: null, lost: step.step === "unknown" })
}

/**
 * The key that signed is lost, or in strangers' hands: the log goes on with the one at hand, for which nobody signed. The entry says so,
 * and the chain of keys is broken there for good. Only whoever runs the machine can do it, and it is told.
 */
export async function breakKeys(scene: Scene, signer: LogSigner): Promise<Outcome<{ id: string }>> {
  const key = signer.verifier
  const lives = await keyHistory(scene.db)
  // Before the first checkpoint there is none to lose: the key at hand is simply the first.
  if (lives.length === 0) return refuse("conflict", "log.not-signed-yet")
  if (lives.some((one) => one.id === key.id)) return refuse("conflict", "log.key-known")
  const named = { name: key.name, id: key.id, key: base64(key.key) }
  const made = await addKey(scene, { ...named, by: null, signature: null, lost: true })
  return made.ok ? good({ id: key.id }) : made
}

/** The keys by which the log signed so far, each as it is printed. */
export async function knownKeys(tx: Scene["db"] | Tx): Promise<Verifier[]> {
  return (await logKeys(tx)).map(({ name, id, key }) => ({ name, id, key: Uint8Array.from(key) }))
}

/** Reads a key as it is printed; null: it is none. */
export function readKey(text: string): Verifier | null {
  return readVerifier(sha256, text)
}
