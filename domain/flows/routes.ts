import { valueOf } from "@/domain/core/answer"
import type { Sharing } from "@/domain/records/sharing"

/** A country with a mechanism that is named for it. */
export type Route = { country: string; mechanism: string }

/** Stands for a country that is not known, and for no mechanism. */
export const NONE = "none"

/** Where a sharing's data go and by what: `US:scc`, `DE:none`; `none:none` where no country is known. Sorted, each once. */
export function routesOf(sharing: Pick<Sharing, "destinations">): string[] {
  const routes = (valueOf(sharing.destinations) ?? []).flatMap(({ country, mechanisms }) =>
    mechanisms.length ? mechanisms.map((line) => `${country}:${line.mechanism}`) : [`${country}:${NONE}`],
  )
  return routes.length ? [...new Set(routes)].sort() : [`${NONE}:${NONE}`]
}

/** Reads a route. */
export function parseRoute(route: string): Route {
  const [country = NONE, mechanism = NONE] = route.split(":")
  return { country, mechanism }
}
