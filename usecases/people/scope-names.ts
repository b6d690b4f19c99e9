import type { Db } from "@/db/connect"
import { entityNames } from "@/db/statements/entities"
import { zonesOf } from "@/db/statements/zones"

/** How the companies of somebody's own scope are called, and the zone in which its days are said: the one company's, or UTC. */
export async function scopeNames(
  db: Db,
  entityIds: readonly string[] | null,
): Promise<{ names: Record<string, string>; zone: string }> {
  const only = entityIds?.length === 1 ? entityIds[0] : undefined
  return { names: await entityNames(db), zone: only ? ((await zonesOf(db, [only])).get(only) ?? "UTC") : "UTC" }
}
