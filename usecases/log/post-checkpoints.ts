import { createHash } from "node:crypto"
import { layCheckpoint } from "@/adapters/outbound/folder"
import type { Outbound, PostedOut } from "@/adapters/outbound/post"
import type { Db } from "@/db/connect"
import { lastCheckpoint } from "@/db/statements/tree"
import { claimPosting, endPosting, putPostings, type Posting as Due } from "@/db/statements/witnesses"
import { verifierOf, type KeyLife } from "@/domain/audit/key-history"
import { base64, readNote, verifierText } from "@/domain/audit/note"
import { addCheckpoint, isWitnessDoor, sizeSeen } from "@/domain/audit/witness-request"
import { plusMillis, toMillis, type Instant } from "@/domain/core/instant"
import { escaped, messageIdOf, oneLine } from "@/domain/told/mail-text"
import { answerMeans, nextTry } from "@/domain/told/retry"
import type { Posting } from "@/usecases/told/deliver"
import type { Scene } from "@/usecases/scene"
import { keyHistory } from "./keys"
import { consistencyProof } from "./proofs"
import { takeAnswer } from "./take-answer"
import { folderOf, secretOf, witnessFolders } from "./witnesses"

const DAY = 24 * 60 * 60_000
const LEASE = 5 * 60_000
/** A worker's round is never long; what is left waits for the next minute. */
const AT_ONCE = 20

/** By which ways checkpoints leave this instance. Null: not by this one, and what goes by it waits. */
export type WitnessWays = { posting: Posting | null; outbound: Outbound | null; folders: readonly string[] }

/**
 * Sends the newest checkpoint to every witness, once a day while the log moves, and at once to a new one: by mail, to an address of the
 * web, into a folder. Gives how many were handed over. What is refused for good ends; what a line broke is tried again.
 */
export async function postCheckpoints(scene: Scene, ways: WitnessWays, clock: () => Instant): Promise<number> {
  const { db } = scene
  const point = await lastCheckpoint(db)
  if (!point) return 0
  const folders = await witnessFolders({ ...scene, now: clock() }, ways.folders)
  // A further key is told at once, not after a day: whoever brought it about would have that day.
  const [newest] = (await keyHistory(db, point.size)).slice(1).reverse()
  const aDayAgo = plusMillis(clock(), -DAY)
  await putPostings(db, point.size, clock(), newest && newest.from > aDayAgo ? newest.from : aDayAgo)
  let sent = 0
  let mail = ways.posting !== null
  for (let turn = 0; turn < AT_ONCE; turn += 1) {
    const now = clock()
    const one = await claimPosting(db, now, plusMillis(now, LEASE), { mail, web: ways.outbound !== null, folders })
    if (!one) return sent
    if (one.address === null) {
      await endPosting(db, one, { state: "failed", at: now, problem: "erased" })
      continue
    }
    const handed = await handOver(scene, one, one.address, ways, now)
    if (handed.sent) {
      sent += 1
      const problem = await takeAnswer({ ...scene, now }, one, handed.answer)
      await endPosting(db, one, { state: "sent", at: now, problem })
      continue
    }
    const next = handed.forGood ? null : nextTry(one.tries, now)
    await endPosting(
      db,
      one,
      next === null
        ? { state: "failed", at: now, problem: handed.code }
        : { state: "waiting", nextAt: next, problem: handed.code },
    )
    // The mail server itself is not there: the other mails need not find that out one by one.
    if (handed.noLine) mail = false
  }
  return sent
}

type Handed = { sent: true; answer?: string } | { sent: false; code: string; forGood: boolean; noLine?: boolean }

async function handOver(scene: Scene, one: Due, address: string, ways: WitnessWays, now: Instant): Promise<Handed> {
  const { db } = scene
  const origin = readNote(one.note)?.text.split("\n")[0] ?? ""
  const folder = folderOf(address)
  if (folder !== null) return layCheckpoint(folder, { origin, size: one.size, note: one.note })
  const lives = await keyHistory(db, one.size)
  const { outbound } = ways
  if (one.secret !== null && outbound) {
    const keys = lives
      .filter((life) => life.until === null)
      .map((life) => ({ key: verifierText(verifierOf(life)), by: life.by, fault: life.fault }))
    const secret = secretOf(scene, { id: one.witnessId, secret: one.secret })
    // Sealed with a key of another machine: only naming them anew helps, or that key.
    if (secret === null) return { sent: false, code: "no-key", forGood: false }
    const seconds = Math.floor(toMillis(now) / 1000)
    if (isWitnessDoor(address))
      return asked(db, one, (body) => outbound.send(address, body, secret, seconds, "text/plain"))
    const older = one.sentSize === null || one.sentSize > one.size ? null : one.sentSize
    const proof = older === null ? [] : (await consistencyProof(db, older, one.size)).map(base64)
    const grown = older === null ? null : { size: older, proof }
    const body = JSON.stringify({ kind: "checkpoint", origin, size: one.size, note: one.note, keys, older: grown })
    return outbound.send(address, body, secret, seconds)
  }
  if (!ways.posting) return { sent: false, code: "no-way", forGood: false }
  const handed = await ways.posting.post.send(written(one, address, ways.posting, lives))
  if (handed.sent) return { sent: true }
  const forGood = answerMeans(handed.reply, handed.step) === "never"
  return { sent: false, code: handed.code, forGood, noLine: handed.step === "line" }
}

/** Asks a witness for its signature; where it saw another size last than we know, once more from that one. */
async function asked(db: Db, one: Due, send: (body: string) => Promise<PostedOut>): Promise<Handed> {
  const from = async (older: number): Promise<PostedOut> =>
    send(addCheckpoint(older, await consistencyProof(db, older, one.size), one.note))
  const older = Math.min(one.sentSize ?? 0, one.size)
  const first = await from(older)
  if (first.sent || first.code !== "409") return first
  const seen = sizeSeen(first.answer, one.size)
  return seen === null || seen === older ? first : from(seen)
}

/** The mail: what it is, what to do with it, and the note whole, to be copied out as it stands. */
function written(
  one: { witnessId: string; size: number; note: string; name: string | null },
  address: string,
  { say, url }: Posting,
  lives: readonly KeyLife[],
) {
  const name = oneLine(one.name ?? "")
  const before = [
    say("witness.mail.hello", { name }),
    say("witness.mail.what", { n: one.size }),
    say("witness.mail.do"),
    // Whoever keeps checkpoints is to see each key that came since the first, and whether one before signed for it.
    ...lives
      .filter((life, n) => n > 0 && life.until === null)
      .map((life) =>
        say(life.fault === null ? "witness.mail.key" : "witness.mail.broken", {
          ...{ n: life.index, by: life.by ?? "", key: verifierText(verifierOf(life)) },
        }),
      ),
  ]
  const hash = createHash("sha256").update(`checkpoint:${one.witnessId}:${one.size}`, "utf8").digest("hex")
  return {
    to: { name, address },
    subject: say("witness.mail.subject", { n: one.size }),
    text: `${before.join("\n\n")}\n\n${one.note}`,
    html: `${before.map((line) => `<p>${escaped(line)}</p>`).join("")}<pre>${escaped(one.note)}</pre>`,
    messageId: messageIdOf(hash, url),
  }
}
