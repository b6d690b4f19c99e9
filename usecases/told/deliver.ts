import { createHash } from "node:crypto"
import type { Mail, Post } from "@/adapters/mail/smtp"
import { toDecide } from "@/db/statements/inbox"
import { claimMail, endMail, layBack, type Claimed } from "@/db/statements/mails"
import { heldRoles, personById } from "@/db/statements/people"
import { tellingsOfMail } from "@/db/statements/tellings"
import type { Id } from "@/domain/core/id"
import { mayAct } from "@/domain/people/permissions"
import type { Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { mailText, messageIdOf, oneLine, type Say } from "@/domain/told/mail-text"
import type { ToldKind } from "@/domain/told/kinds"
import { answerMeans, isStaleMail, nextTry } from "@/domain/told/retry"
import type { Actor, Scene } from "@/usecases/scene"
import { standInsOf } from "@/usecases/people/stand-ins"
import { scopeOf } from "@/usecases/scope"
import { readerOf, toldScope } from "./inbox"

/** What it takes to send: a mail server, the words, and where our pages are. */
export type Posting = { post: Post; say: Say; day: (on: Day) => string; url: string }

/** So long one worker has a mail: longer than any time limit of its line. */
const LEASE = 5 * 60_000
const MOST_LINES = 50
/** What is told to whoever gives roles and has no inbox: what is theirs to mend. */
const FOR_ADMINISTRATORS: readonly ToldKind[] = ["nobody", "file", "trust", "log"]

/**
 * Hands over every mail that is due, one by one, until none is left or the line is broken. What a mail says is looked up
 * now, through what its reader may know now; a mail with nothing left to say is ended. Gives how many were handed over.
 */
export async function deliverMails(
  scene: Pick<Scene, "db">,
  posting: Posting,
  clock: () => Instant,
  stop?: AbortSignal,
): Promise<number> {
  for (let sent = 0; ;) {
    if (stop?.aborted) return sent
    const now = clock()
    const mail = await claimMail(scene.db, now, plusMillis(now, LEASE))
    if (!mail) return sent
    const went = await deliver(scene, mail, posting, now)
    if (went === "sent") sent += 1
    if (went === "line") return sent
  }
}

async function deliver(
  { db }: Pick<Scene, "db">,
  mail: Claimed,
  posting: Posting,
  now: Instant,
): Promise<"sent" | "ended" | "line"> {
  if (isStaleMail(mail.at, now)) {
    await endMail(db, mail, { state: "stale", at: now, problem: null })
    return "ended"
  }
  const written = await writtenFor(db, mail, posting, now)
  if (!written) {
    await endMail(db, mail, { state: "empty", at: now, problem: null })
    return "ended"
  }
  const handed = await posting.post.send(written)
  if (handed.sent) {
    await endMail(db, mail, { state: "sent", at: now, problem: null })
    return "sent"
  }
  const next = answerMeans(handed.reply, handed.step) === "never" ? null : nextTry(mail.tries, now)
  if (next === null) await endMail(db, mail, { state: "failed", at: now, problem: handed.code })
  else await layBack(db, mail, { nextAt: next, problem: handed.code })
  return handed.step === "line" ? "line" : "ended"
}

/** The mail as its reader may have it now; null: its reader is shut out, or nothing of it holds any more. */
async function writtenFor(db: Scene["db"], mail: Claimed, posting: Posting, now: Instant): Promise<Mail | null> {
  const found = await db.transaction(
    async (tx) => {
      const person = await personById(tx, mail.personId)
      // Whoever signs on by a provider may have no address at all: their inbox shows everything.
      if (person?.state !== "active" || person.email === null) return null
      const held = await heldRoles(tx, person.id, now)
      const id = person.id as Id<"person">
      const actor: Actor = { kind: "person", id, name: person.name, held, via: "page", session: null }
      // Whoever has no inbox (any more) is told nothing by mail either, but for what is an administrator's to mend.
      const reads = mayAct("inbox.read", actor).ok
      if (!reads && !mayAct("grant.give", actor).ok) return null
      const scope = scopeOf(actor)
      const waits = toDecide(readerOf(actor, scope, await standInsOf(tx, actor, now)))
      const lines = await tellingsOfMail(tx, { key: mail.key, personId: person.id }, toldScope(scope), waits)
      return { person, lines: reads ? lines : lines.filter((one) => FOR_ADMINISTRATORS.includes(one.kind)) }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  if (!found || found.lines.length === 0) return null
  const { person, lines } = found
  const text = mailText(
    {
      kind: mail.kind,
      to: person.name,
      lines: lines.slice(0, MOST_LINES),
      more: Math.max(0, lines.length - MOST_LINES),
      url: posting.url,
    },
    { say: posting.say, day: posting.day },
  )
  const hash = createHash("sha256").update(mail.key, "utf8").digest("hex")
  return {
    ...text,
    to: { name: oneLine(person.name), address: person.email ?? "" },
    messageId: messageIdOf(hash, posting.url),
  }
}
