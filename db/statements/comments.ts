import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type CommentRow = {
  id: string
  personId: string
  at: Instant
  words: string
  path: string | null
  /** The first comment of the thread that it answers; null: it begins one. */
  threadId: string | null
  mentions: string[] | null
  legalAdvice: boolean
}

/** What people said, oldest first; legal advice only for those who may read it. */
export async function commentsOf(tx: Db | Tx, requestId: string, legalAdvice: boolean): Promise<CommentRow[]> {
  return rows(
    tx,
    sql`select id, person_id as "personId", at, words, path, thread_id as "threadId", mentions, legal_advice as "legalAdvice" from comments
    where request_id = ${requestId} and (${legalAdvice} or not legal_advice) order by at`,
  )
}

/** Writes a comment at the act's instant. */
export async function insertComment(tx: Tx, requestId: string, what: CommentRow & { logIndex: number }): Promise<void> {
  await tx.execute(sql`insert into comments (id, request_id, person_id, at, words, path, thread_id, mentions, legal_advice, log_index)
    values (${what.id}, ${requestId}, ${what.personId}, ${what.at}::timestamptz, ${what.words}, ${what.path}, ${what.threadId},
      ${what.mentions === null ? sql`null` : textArray(what.mentions)}::text[], ${what.legalAdvice}, ${what.logIndex})`)
}
