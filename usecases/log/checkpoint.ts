import { sql } from "drizzle-orm"
import { sha256, type LogSigner } from "@/adapters/log-key/signer"
import type { Tx } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { insertCheckpoint, lastCheckpoint } from "@/db/statements/tree"
import { checkpointText, noteText, readCheckpoint, readNote, type Checkpoint } from "@/domain/audit/note"
import { signsAt } from "@/domain/audit/key-history"
import { provesConsistency } from "@/domain/audit/proof"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import type { Instant } from "@/domain/core/instant"
import { clockNow, type Scene } from "@/usecases/scene"
import { keyHistory, keysInOrder } from "./keys"
import { consistencyProof } from "./proofs"

/** One at a time signs, whatever the number of instances. */
const LOCK = 7206141

export type Signed = { size: number; note: string; at: Instant }

/**
 * Signs the log's head, where it moved since. The signer holds the head against what it signed last, which lies outside
 * the database, and asks for the proof that nothing before it was rewritten: a log that shrank or was rewritten is
 * refused, and so is a backup that was put back over a newer register.
 */
export async function signHead(scene: Scene, signer: LogSigner): Promise<Outcome<Signed>> {
  const signing = await keysInOrder(scene, signer)
  if (!signing.ok) return signing
  const held = [signer, ...(signer.next ? [signer.next] : [])].filter((one) => signing.value.includes(one.verifier.id))
  return scene.db.transaction(
    async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
      const head = await logHead(tx)
      const now: Checkpoint = { origin: head.origin, size: head.size, root: Uint8Array.from(head.root) }
      const known = await lastCheckpoint(tx)
      const wrong = (await forked(tx, now, signer)) ?? (known && (await against(tx, now, known)))
      if (wrong) return wrong
      if (known?.size === head.size) {
        signer.remember(known.note)
        return good({ size: known.size, note: known.note, at: known.at })
      }
      const text = checkpointText(now)
      // An instance beside us may have ended a key since: what it signed behind that entry would count for nothing.
      const lives = (await keyHistory(tx, head.size)).filter((one) => signsAt(one, head.size)).map((one) => one.id)
      const by = held.filter((one) => lives.includes(one.verifier.id))
      if (by.length === 0) return refuse("conflict", "conflict.busy")
      // While one key follows another both sign: whoever knows only the old one can still hold it against that.
      const note = noteText({
        text,
        signatures: by.map((one) => ({
          ...{ name: one.verifier.name, id: one.verifier.id, signature: one.sign(text) },
        })),
      })
      const at = clockNow()
      // Remembered before it is kept: what is signed may be out in the world, whatever becomes of the row.
      signer.remember(note)
      await insertCheckpoint(tx, { size: now.size, root: now.root, note, at })
      return good({ size: now.size, note, at })
    },
    { isolationLevel: "read committed" },
  )
}

/** Why the head does not follow from what the signer signed last; null: it does, or nothing was signed yet. */
async function forked(tx: Tx, now: Checkpoint, signer: LogSigner): Promise<Refusal | null> {
  const kept = signer.last()
  if (kept === null) return null
  const note = readNote(kept)
  const last = note && readCheckpoint(note.text)
  // A note that says nothing holds nothing back: it is not read as if there were none.
  if (!last || last.origin !== now.origin) return refuse("conflict", "log.head-unread")
  return against(tx, now, last)
}

/**
 * Why the head does not follow from that one; null: it does. The newest checkpoint that the log keeps counts as well: an instance
 * beside, or one whose own note was lost, remembers nothing.
 */
async function against(tx: Tx, now: Checkpoint, last: { size: number; root: Uint8Array }): Promise<Refusal | null> {
  if (last.size > now.size) return refuse("conflict", "log.shrunk", { params: about(now, last.size) })
  const proof = await consistencyProof(tx, last.size, now.size).catch(() => null)
  const follows =
    proof !== null &&
    provesConsistency(sha256, {
      ...{ older: last.size, newer: now.size, proof },
      ...{ olderRoot: Uint8Array.from(last.root), newerRoot: now.root },
    })
  return follows ? null : refuse("conflict", "log.forked", { params: about(now, last.size) })
}

function about(now: Checkpoint, last: number): Record<string, string> {
  return { size: String(now.size), last: String(last) }
}
