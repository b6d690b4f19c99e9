import { ed25519Holds, sha256 } from "@/adapters/log-key/signer"
import type { Db, Tx } from "@/db/connect"
import { leafHash, logHead } from "@/db/statements/log"
import { checkpointsAfter, countNodes, leavesFrom, nodesIn, type WalkedLeaf } from "@/db/statements/tree"
import {
  base64,
  readCheckpoint,
  readNote,
  signedBy,
  verifierText,
  type Checkpoint,
  type Verifier,
} from "@/domain/audit/note"
import { signsAt, verifierOf } from "@/domain/audit/key-history"
import { same } from "@/domain/audit/proof"
import { addLeaf, emptyEdge, nodeHash, rootOf } from "@/domain/audit/tree"
import { canonical, type Json } from "@/domain/core/canonical"
import { keyHistory, knownKeys } from "./keys"

/** What is wrong with the log, one sentence each (catalogue); the first hundred. */
export type LogFault = { says: string; params: Record<string, string> }
export type LogVerdict = {
  whole: boolean
  size: number
  root: string
  checkpoints: number
  faults: LogFault[]
  /** Where a key began for which no key before it signed: the log may be whole, and its chain of keys is broken there. */
  breaks: { index: number; id: string }[]
}

const BATCH = 2_000
const MOST = 100

/**
 * Reads the log from its first leaf to its end and rebuilds the tree from the leaves' own bytes: every hash, every place and instant,
 * every node, the head, every checkpoint that stands here, and the one that somebody brings along (`older`), which is
 * what a rewritten database cannot have rewritten. `keys`: by whose signature it counts; left out: those that the log itself names.
 */
export async function verifyLog(
  db: Db,
  older: string | null = null,
  keys: Verifier[] | null = null,
): Promise<LogVerdict> {
  const faults: LogFault[] = []
  const fault = (says: string, params: Record<string, string | number> = {}): void => {
    if (faults.length < MOST)
      faults.push({
        says,
        params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)])),
      })
  }
  const found = await db.transaction(
    async (tx) => {
      const head = await logHead(tx)
      const points = new Map<number, Checkpoint[]>()
      const expect = (point: Checkpoint): void =>
        void points.set(point.size, [...(points.get(point.size) ?? []), point])
      const lives = await keyHistory(tx)
      // A key counts for what it signed between the entry that named it and the one that ended it.
      const knownAt = (size: number): Verifier[] =>
        keys ?? lives.filter((one) => signsAt(one, size)).map((one) => verifierOf(one))
      // Of the empty log no key was named yet.
      const brought =
        older === null ? null : broughtAlong(older, head.origin, (size) => knownAt(size || head.size), fault)
      if (brought) expect(brought)
      let checkpoints = 0
      for (let after = 0; ;) {
        const batch = await checkpointsAfter(tx, after, BATCH)
        for (const { size, root, note } of batch) {
          checkpoints += 1
          const read = readNote(note)
          const says = read && readCheckpoint(read.text)
          if (
            !read ||
            !says ||
            says.size !== size ||
            !same(says.root, root) ||
            signedBy(read, knownAt(size), ed25519Holds).length === 0
          )
            fault("log.fault.checkpoint-unsigned", { size })
          else expect(says)
        }
        const last = batch[batch.length - 1]
        if (!last || batch.length < BATCH) break
        after = last.size
      }
      const edge = emptyEdge()
      const levels: Row[] = []
      // The empty tree has a root as well.
      for (const point of points.get(0) ?? [])
        if (!same(rootOf(sha256, edge), point.root)) fault("log.fault.rewritten", { size: 0 })
      points.delete(0)
      const named: string[] = []
      let [from, next, before] = [Number.MIN_SAFE_INTEGER, 0, ""]
      for (;;) {
        const batch = await leavesFrom(tx, from, BATCH)
        for (const leaf of batch) {
          // A leaf that is gone leaves a hole; the tree behind it is another one, and is told by its root. A hole may be as wide as numbers go.
          for (let gone = next; gone < Math.min(leaf.index, next + MOST); gone += 1)
            fault("log.fault.leaf-missing", { index: gone })
          if (leaf.index < 0) fault("log.fault.leaf-place", { index: leaf.index })
          from = leaf.index + 1
          next = Math.max(next, from)
          const hash = Uint8Array.from(leafHash(leaf.bytes))
          leafFaults(leaf, hash, head.origin, before, fault)
          before = leaf.at
          if (leaf.act === "log.key.add") named.push(leaf.bytes)
          addLeaf(sha256, edge, hash)
          grow(levels, hash)
          for (const point of points.get(edge.size) ?? [])
            if (!same(rootOf(sha256, edge), point.root)) fault("log.fault.rewritten", { size: point.size })
          points.delete(edge.size)
        }
        if (batch.length < BATCH) break
        await compareNodes(tx, levels, fault)
      }
      await compareNodes(tx, levels, fault, true)
      const expected = levels.slice(1).reduce((sum, level) => sum + level.from, 0)
      const stand = await countNodes(tx)
      if (stand !== expected) fault("log.fault.nodes", { stand, expected })
      if (edge.size !== head.size) fault("log.fault.head-size", { size: edge.size, head: head.size })
      else if (!same(rootOf(sha256, edge), Uint8Array.from(head.root)))
        fault("log.fault.head-root", { size: head.size })
      for (const key of await knownKeys(tx))
        if (!named.some((bytes) => names(bytes, key))) fault("log.fault.key-unnamed", { key: verifierText(key) })
      for (const life of lives)
        if (life.fault === "bad-signature") fault("log.fault.key-signature", { key: verifierText(verifierOf(life)) })
      for (const size of points.keys()) fault("log.fault.cut", { size, left: edge.size })
      return {
        ...{ size: edge.size, root: Buffer.from(rootOf(sha256, edge)).toString("hex"), checkpoints },
        breaks: lives.filter((one) => one.fault === "unsigned").map(({ index, id }) => ({ index, id })),
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  return { whole: faults.length === 0, ...found, faults }
}

/** Nodes of a level that were made and not yet let go, and the place of the first of them. */
type Row = { next: Uint8Array[]; from: number }
type Say = (says: string, params?: Record<string, string | number>) => void

function broughtAlong(
  text: string,
  origin: string,
  keysAt: (size: number) => Verifier[],
  fault: Say,
): Checkpoint | null {
  const note = readNote(text)
  const point = note && readCheckpoint(note.text)
  if (!note || !point) return (fault("log.fault.no-checkpoint"), null)
  if (point.origin !== origin) return (fault("log.fault.other-log", { origin: point.origin, ours: origin }), null)
  if (signedBy(note, keysAt(point.size), ed25519Holds).length === 0) fault("log.fault.stranger", { size: point.size })
  return point
}

/** Whether the event names this very key: a key that stands beside the log and in none of its events was laid there by somebody. */
function names(bytes: string, { name, id, key }: Verifier): boolean {
  const { after } = JSON.parse(bytes) as { after?: { name?: string; id?: string; key?: string } }
  return after?.name === name && after.id === id && after.key === base64(key)
}

/** What a leaf says by itself: its hash, its place, an instant that is no earlier than the one before, and the columns read out of it. */
function leafFaults(leaf: WalkedLeaf, hash: Uint8Array, origin: string, before: string, fault: Say): void {
  const { index } = leaf
  if (!same(hash, Uint8Array.from(leaf.hash))) fault("log.fault.leaf-bytes", { index })
  let body: Record<string, Json> & { actor?: { id?: Json } }
  try {
    body = JSON.parse(leaf.bytes) as typeof body
    if (canonical(body) !== leaf.bytes) fault("log.fault.leaf-form", { index })
  } catch {
    return fault("log.fault.leaf-form", { index })
  }
  if (body.index !== index || body.origin !== origin) fault("log.fault.leaf-place", { index })
  const columns = [leaf.at, leaf.act, leaf.actorId, leaf.requestId]
  const said = [body.at, body.act, body.actor?.id, body.request ?? null]
  if (columns.some((column, i) => column !== said[i])) fault("log.fault.leaf-columns", { index })
  if (leaf.at < before) fault("log.fault.leaf-order", { index })
}

/** Adds a leaf to what is compared next: nodes that are complete, by level, from the place where comparing stands. */
function grow(levels: Row[], leaf: Uint8Array): void {
  let node = leaf
  for (let level = 0; ; level += 1) {
    const row = (levels[level] ??= { next: [], from: 0 })
    const place = row.from + row.next.length
    row.next.push(node)
    if (place % 2 === 0) return
    const left = row.next[row.next.length - 2]
    if (!left) throw new Error("a batch ends at an even place of every level")
    node = nodeHash(sha256, left, node)
  }
}

/**
 * Holds the nodes that stand against those made of the leaves, and lets go all but what the next leaf needs: one that waits
 * for its right neighbour. `end`: no further leaf comes.
 */
async function compareNodes(tx: Tx, levels: Row[], fault: Say, end = false): Promise<void> {
  for (const [level, row] of levels.entries()) {
    const keep = end ? 0 : (row.from + row.next.length) % 2
    const ready = row.next.splice(0, row.next.length - keep)
    if (level > 0 && ready.length > 0) {
      const there = await nodesIn(tx, level, row.from, row.from + ready.length)
      const stand = new Map(there.map(({ n, hash }) => [n, Uint8Array.from(hash)]))
      ready.forEach((hash, i) => {
        const node = stand.get(row.from + i)
        if (!node || !same(node, hash)) fault("log.fault.node", { level, n: row.from + i })
      })
    }
    row.from += ready.length
  }
}
