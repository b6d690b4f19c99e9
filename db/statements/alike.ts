import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import { listSpec, type ListName } from "./list-specs"
import { conditions, searched, type ListQuery } from "./lists"

/** Of so many rows that hold a word one slip off, the words are taken: which ones, is chance where there are more. */
const LOOKED_AT = 100

type Within = Pick<ListQuery, "asOf" | "today">

/**
 * Rows that hold the letters, then those of them that the reader may know of. The first stands on its own, so that
 * nothing but the index of letters can be gone by.
 */
function holding(name: ListName, letters: SQL, within: Within, scope: SQL): SQL {
  const unfiltered = { ...within, q: "", filters: {}, excluded: {} }
  return sql`from (select * from ${sql.raw(listSpec(name).table)} r where ${letters} offset 0) r
    where ${conditions(name, unfiltered, scope)}`
}

/** Whether any row of the list that the reader may know of holds the words. */
export async function isHeld(tx: Tx, name: ListName, words: string, within: Within, scope: SQL): Promise<boolean> {
  return (await row(tx, heldStatement(name, words, within, scope))) !== null
}

/** The statement for it; on its own so that a test can ask for its plan. */
export function heldStatement(name: ListName, words: string, within: Within, scope: SQL): SQL {
  return sql`select 1 ${holding(name, searched(words), within, scope)} limit 1`
}

/** What is searched in rows that the reader may know of and that match the regular expression; some of them. */
export async function textsLike(
  tx: Tx,
  name: ListName,
  pattern: string,
  within: Within,
  scope: SQL,
): Promise<string[]> {
  return (await rows<{ text: string }>(tx, likeStatement(name, pattern, within, scope))).map((one) => one.text)
}

/** The statement for it; on its own so that a test can ask for its plan. */
export function likeStatement(name: ListName, pattern: string, within: Within, scope: SQL): SQL {
  return sql`select r.search as text ${holding(name, sql`r.search ~ ${pattern}`, within, scope)} limit ${LOOKED_AT}`
}

/**
 * Runs what looks for words by their letters with nothing but the index of letters to go by: where few rows are asked for,
 * the planner would rather read them all until it has met so many. What is switched is the transaction's own: where `run`
 * fails, it is back when the transaction, or the savepoint around this, is rolled back.
 */
export async function byLetters<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  const set = (on: "on" | "off") =>
    tx.execute(
      sql`select set_config(name, ${on}, true) from unnest(array['enable_seqscan', 'enable_indexscan', 'enable_indexonlyscan']) as name`,
    )
  await set("off")
  const value = await run()
  await set("on")
  return value
}
