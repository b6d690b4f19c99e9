import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import type { Refusal } from "@/domain/core/outcome"
import type { Scene } from "@/usecases/scene"

/** What a form held when it was refused, and why. */
export type Kept = {
  refusal?: Refusal
  input?: Record<string, string | string[]>
  /** Shown once: a link, a token. */ shown?: Record<string, string>
}

/** A form has a megabyte at most (app/body.ts); as JSON it is somewhat longer. */
const LIMIT = 1280 * 1024

/** Keeps input and refusal for this session and page, so that nothing typed is lost without script (foundation 28). */
export async function keep(scene: Scene, path: string, what: Kept): Promise<void> {
  const session = scene.actor?.session
  const body = JSON.stringify(what)
  if (!session || body.length > LIMIT) return
  await scene.db
    .execute(sql`insert into kept (session_hash, path, body, at) values (${session}, ${path}, ${body}, ${scene.now}::timestamptz)
    on conflict (session_hash, path) do update set body = excluded.body, at = excluded.at`)
}

/**
 * What was kept for this page within the last ten minutes, or null. It is gone once the form goes through. A form that takes long to fill
 * asks for more `minutes`; after a day all of it is swept.
 */
export async function kept(scene: Scene, path: string, minutes = 10): Promise<Kept | null> {
  const session = scene.actor?.session
  if (!session) return null
  const found = await row<{ body: string }>(
    scene.db,
    sql`select body from kept where session_hash = ${session} and path = ${path}
    and at > ${scene.now}::timestamptz - ${minutes} * interval '1 minute'`,
  )
  return found ? (JSON.parse(found.body) as Kept) : null
}

/** What the page is to show once; it is forgotten with the reading. */
export async function shownOnce(scene: Scene, path: string): Promise<Record<string, string> | null> {
  const found = await kept(scene, path)
  if (!found?.shown) return null
  await forget(scene, path)
  return found.shown
}

/** Forgets what was kept for a page. */
export async function forget(scene: Scene, path: string): Promise<void> {
  const session = scene.actor?.session
  if (session) await scene.db.execute(sql`delete from kept where session_hash = ${session} and path = ${path}`)
}
