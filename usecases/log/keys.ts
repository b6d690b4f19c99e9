import { z } from "zod"
import { sha256, type LogSigner } from "@/adapters/log-key/signer"
import { insertLogKey, logKeys } from "@/db/statements/tree"
import type { Tx } from "@/db/connect"
import { base64, readVerifier, type Verifier } from "@/domain/audit/note"
import { good } from "@/domain/core/outcome"
import { act, done } from "@/usecases/act"
import { OPERATOR, type Scene } from "@/usecases/scene"

type Named = { name: string; id: string; key: string }

/**
 * Names a key by which the log signs from now on, as an event: whoever reads the log sees each key from its first day on, and
 * that it came without the one before signing for it, where that is so. Once for each key.
 */
const addKey = act<Named, { known: boolean }, { added: boolean }>({
  name: "log.key.add",
  input: z.strictObject({
    name: z.string().max(200),
    id: z.string().regex(/^[0-9a-f]{8}$/),
    key: z.string().length(44),
  }),
  load: async (tx, { id }) => ({ known: (await logKeys(tx)).some((one) => one.id === id) }),
  may: () => good({}),
  run: async (tx, { input: { name, id, key }, loaded }) => {
    const before = (await logKeys(tx)).map((one) => one.id)
    return done({
      value: { added: !loaded.known },
      events: [{ act: "log.key.add", objects: [{ type: "log-key", id }], after: { name, id, key, before } }],
      write: async (writing, place) => {
        if (loaded.known) return
        await insertLogKey(writing, {
          ...{ id, name, key: Buffer.from(key, "base64"), at: place.at },
          logIndex: place.indexOf(0),
        })
      },
    })
  },
})

/** Sees to it that the log names the key it signs by. */
export async function keyNamed(scene: Scene, { verifier }: LogSigner): Promise<void> {
  if ((await logKeys(scene.db)).some((one) => one.id === verifier.id)) return
  const { name, id, key } = verifier
  const added = await addKey({ ...scene, actor: OPERATOR }, { name, id, key: base64(key) })
  if (!added.ok) throw new Error(added.says)
}

/** The keys by which the log signed so far, each as it is printed. */
export async function knownKeys(tx: Scene["db"] | Tx): Promise<Verifier[]> {
  return (await logKeys(tx)).map(({ name, id, key }) => ({ name, id, key: Uint8Array.from(key) }))
}

/** Reads a key as it is printed; null: it is none. */
export function readKey(text: string): Verifier | null {
  return readVerifier(sha256, text)
}
