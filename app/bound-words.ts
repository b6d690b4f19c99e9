import { dayWords, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Instant } from "@/domain/core/instant"
import { isBounded, lastDayOf, type Bound, type GrantBound } from "@/domain/people/bounds"
import { scopeNames } from "@/usecases/people/scope-names"
import { watermarkOf } from "@/usecases/people/watermark"
import type { Scene } from "@/usecases/scene"

/** What stands on every page of a supervisor, and on every page that they print; null for everybody else. */
export async function boundWords(scene: Scene): Promise<{ banner: string; printed: string } | null> {
  const mark = watermarkOf(scene.actor, scene.now)
  if (!mark) return null
  const { names, zone } = await scopeNames(scene.db, mark.entities)
  const scope = scopeWords(mark, names)
  const until = mark.until ? `, ${say("bound.banner-until", { day: dayWords(lastDayOf(zone, mark.until)) })}` : ""
  return {
    banner: `${say("bound.banner", { scope })}${until}. ${say("bound.looks-logged")}`,
    printed: say("bound.printed", {
      ...{ name: mark.name, role: say(`role.${mark.role}`), at: instantWords(mark.at) },
      scope: `${scope}${until}`,
    }),
  }
}

type Bounded = { entities: string[] | null; bounds: Bound[] | null }

/** Companies, kinds and period in a line; of several bounds each by itself. */
export function scopeWords({ entities, bounds }: Bounded, names: Readonly<Record<string, string>>): string {
  const company = (id: string | null): string => (id === null ? say("bound.all-entities") : (names[id] ?? id))
  if (bounds === null) return entities === null ? company(null) : entities.map(company).join(", ")
  return bounds.map((bound) => [company(bound.entityId), ...partWords(bound)].join("; ")).join(" | ")
}

/** What stands beside a role in the list of people: what it is bound to and its last day in its company's zone, where it has any. */
export function boundOfGrant(grant: GrantBound & { untilAt: string | null }, zone: string): { bound?: string } {
  const words = isBounded(grant) ? [partWords(grant).join("; ")] : []
  if (grant.untilAt) words.push(say("bound.banner-until", { day: dayWords(lastDayOf(zone, grant.untilAt as Instant)) }))
  return words.length ? { bound: words.join(", ") } : {}
}

function partWords({ kinds, firstOn, lastOn }: GrantBound): string[] {
  const words = kinds ? [kinds.map((kind) => say(`kind.${kind}`)).join(", ")] : []
  if (firstOn && lastOn) words.push(say("bound.period", { from: dayWords(firstOn), until: dayWords(lastOn) }))
  else if (firstOn) words.push(say("bound.from", { from: dayWords(firstOn) }))
  else if (lastOn) words.push(say("bound.to", { until: dayWords(lastOn) }))
  return words
}
