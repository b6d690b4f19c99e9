import { createHash } from "node:crypto"
import { lastCheckpoint } from "@/db/statements/tree"
import { claimPosting, endPosting, putPostings } from "@/db/statements/witnesses"
import { verifierOf, type KeyLife } from "@/domain/audit/key-history"
import { verifierText } from "@/domain/audit/note"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { escaped, messageIdOf, oneLine } from "@/domain/told/mail-text"
import { answerMeans, nextTry } from "@/domain/told/retry"
import type { Posting } from "@/usecases/told/deliver"
import { keyHistory } from "./keys"
import type { Scene } from "@/usecases/scene"

const DAY = 24 * 60 * 60_000
const LEASE = 5 * 60_000
/** A worker's round is never long; what is left waits for the next minute. */
const AT_ONCE = 20

/**
 * Sends the newest checkpoint to every witness, once a day while the log moves, and at once to a new one. Gives how many were
 * handed over. A mail that is refused for good ends; one whose line broke is tried again.
 */
export async function postCheckpoints(
  { db }: Pick<Scene, "db">,
  posting: Posting | null,
  clock: () => Instant,
): Promise<number> {
  const point = await lastCheckpoint(db)
  if (!point) return 0
  // A further key is told at once, not after a day: whoever brought it about would have that day.
  const [newest] = (await keyHistory(db, point.size)).slice(1).reverse()
  const aDayAgo = plusMillis(clock(), -DAY)
  await putPostings(db, point.size, clock(), newest && newest.from > aDayAgo ? newest.from : aDayAgo)
  let sent = 0
  for (let turn = 0; posting && turn < AT_ONCE; turn += 1) {
    const now = clock()
    const one = await claimPosting(db, now, plusMillis(now, LEASE))
    if (!one) return sent
    if (one.address === null) {
      await endPosting(db, one, { state: "failed", at: now, problem: "erased" })
      continue
    }
    const handed = await posting.post.send(written(one, one.address, posting, await keyHistory(db, one.size)))
    if (handed.sent) {
      sent += 1
      await endPosting(db, one, { state: "sent", at: now, problem: null })
      continue
    }
    const next = answerMeans(handed.reply, handed.step) === "never" ? null : nextTry(one.tries, now)
    await endPosting(
      db,
      one,
      next === null
        ? { state: "failed", at: now, problem: handed.code }
        : { state: "waiting", nextAt: next, problem: handed.code },
    )
    if (handed.step === "line") return sent
  }
  return sent
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
