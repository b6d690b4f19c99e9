import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type ViewRow = { id: string; list: string; name: string; address: string }

/** The views that a person keeps of a list, by name. */
export async function viewsOf(tx: Db | Tx, personId: string, list: string): Promise<ViewRow[]> {
  return rows(
    tx,
    sql`select id, list, name, address from views where by_person = ${personId} and list = ${list} order by name limit 100`,
  )
}

/** How many views a person keeps of a list besides one of that name. */
export async function viewsBeside(tx: Tx, personId: string, list: string, name: string): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from views where by_person = ${personId} and list = ${list} and name <> ${name}`,
  )
  return found?.n ?? 0
}

/** Keeps a view; one of the same name takes the new address. Gives its id. */
export async function putView(tx: Tx, view: ViewRow & { byPerson: string; at: Instant }): Promise<string> {
  const kept = await row<{ id: string }>(
    tx,
    sql`insert into views (id, by_person, list, name, address, at)
      values (${view.id}, ${view.byPerson}, ${view.list}, ${view.name}, ${view.address}, ${view.at})
      on conflict (by_person, list, name) do update set address = excluded.address, at = excluded.at returning id`,
  )
  return kept?.id ?? view.id
}

/** A view of a person's own. */
export async function ownView(tx: Tx, id: string, personId: string): Promise<ViewRow | null> {
  return row(tx, sql`select id, list, name, address from views where id = ${id} and by_person = ${personId}`)
}

/** Gives a view of a person's own another name. */
export async function nameView(tx: Tx, id: string, personId: string, name: string): Promise<void> {
  await tx.execute(sql`update views set name = ${name} where id = ${id} and by_person = ${personId}`)
}

/** Takes a view of a person's own away. */
export async function deleteView(tx: Tx, id: string, personId: string): Promise<void> {
  await tx.execute(sql`delete from views where id = ${id} and by_person = ${personId}`)
}
