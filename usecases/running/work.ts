import { sql } from "drizzle-orm"
import type { Scene } from "@/usecases/scene"

const PAUSE = 60_000

/**
 * The worker's round: housekeeping of private tables (sessions that ended a month ago, throttles of yesterday), until
 * told to stop. Jobs of imports join it here.
 */
export async function work(scene: Scene, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sweep(scene)
    await new Promise<void>((done) => {
      const timer = setTimeout(done, PAUSE)
      stop.addEventListener(
        "abort",
        () => {
          clearTimeout(timer)
          done()
        },
        { once: true },
      )
    })
  }
}

/** Removes what is over from private tables. The log keeps that it was. */
export async function sweep(scene: Pick<Scene, "db">): Promise<void> {
  await scene.db.execute(sql`delete from sessions where expires_at < now() - interval '30 days'`)
  await scene.db.execute(sql`delete from throttles where last_at < now() - interval '2 days'`)
  await scene.db.execute(sql`delete from kept where at < now() - interval '1 day'`)
}
