import { z } from "zod"
import { LISTS, type ListName } from "@/db/statements/list-specs"
import { byLetters, isHeld } from "@/db/statements/alike"
import { listPage, type FacetCount, type ListQuery } from "@/db/statements/lists"
import { entityNames } from "@/db/statements/entities"
import { registerBegan } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { sql, type SQL } from "drizzle-orm"
import { dayIn } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { dayShape } from "@/domain/records/parts"
import type { Meant } from "@/domain/register/typo"
import { meantBy } from "./alike"
import { countList, type Counts } from "./count-list"
import { asOfInput } from "@/usecases/register/as-of"
import { papersAlone } from "@/usecases/files/advice"
import { look, readingInstant } from "@/usecases/look"
import { withListedWords } from "@/usecases/signatures/listed-words"
import { givenTo, inCompanies, inEntities, unrestricted, type Scope } from "@/usecases/scope"
import type { Scene } from "@/usecases/scene"

/** The words of a table's address (ux handbook, 3). Unknown facets and sorts are ignored, never an error. */
export const listInput = z.strictObject({
  list: z.enum(Object.keys(LISTS) as [ListName, ...ListName[]]),
  q: z.string().max(200).default(""),
  filters: z.record(z.string().max(40), z.array(z.string().max(100)).max(400)).default({}),
  excluded: z.record(z.string().max(40), z.array(z.string().max(100)).max(400)).default({}),
  sort: z.string().max(40).default("name"),
  descending: z.boolean().default(false),
  after: z.string().max(1200).nullable().default(null),
  size: z.union([z.literal(25), z.literal(50), z.literal(100), z.literal(200)]).default(50),
  facets: z.array(z.string().max(40)).max(10).default([]),
  count: z.boolean().default(true),
  /** The day that facets and cells look at; null: today. */
  on: dayShape.nullable().default(null),
  asOf: asOfInput,
})

export type ListPage = {
  rows: Record<string, unknown>[]
  /** Cursor of the next page, or null at the end. */
  next: string | null
  /** How many match: exactly, unless `more` says that there are more than so many. */
  total: number
  more: boolean
  facets: Record<string, FacetCount[]>
  facetState: Counts["facetState"]
  /** Nothing holds what was searched for: these rows hold what may have been meant, word by word. */
  alike: Meant[] | null
  asOf: Instant | null
  /** Before its first event there is no register. */
  began: Instant | null
  today: string
  /** Names of our own companies, for cells and facets. */
  names: Record<string, string>
}

/** A page of a table: rows, cursor, counts, all through the reader's scope. */
export const listRecords = look<z.output<typeof listInput>, ListPage>({
  name: "register.read",
  input: listInput as unknown as z.ZodType<z.output<typeof listInput>>,
  run: async (tx, { input, scope, scene, actor }) => {
    const page = await listPageOf(tx, input, scope, scene)
    if (input.list !== "agreements") return good(page)
    const at = await readingInstant(tx, input.asOf)
    return good({ ...page, rows: await withListedWords(tx, page.rows, at, actor) })
  },
})

/** A page of a table inside a transaction that is open already. */
export async function listPageOf(
  tx: Tx,
  input: z.output<typeof listInput>,
  scope: Scope,
  scene: Pick<Scene, "db" | "now">,
): Promise<ListPage> {
  const at = await readingInstant(tx, input.asOf)
  const began = await registerBegan(tx)
  const today = input.on ?? dayIn("UTC", at ?? scene.now)
  const query: ListQuery = {
    q: fold(input.q),
    filters: input.filters,
    excluded: input.excluded,
    sort: input.sort,
    descending: input.descending,
    after: readCursor(input.after, input.sort),
    size: input.size,
    asOf: at,
    today,
    reader: scope.personId,
  }
  const condition = inScope(input.list, scope, at)
  const present = input.on === null || input.on === dayIn("UTC", scene.now)
  const read = async (by: ListQuery) => {
    const asked = { list: input.list, query: by, scope, condition, present }
    const counts = await countList(tx, scene.db, asked, input)
    const narrow = counts.among ? { ...by, among: counts.among } : by
    return { counts, found: await listPage<Record<string, unknown>>(tx, input.list, narrow, condition, scope.entities) }
  }
  const exact = await read(query)
  const alike = exact.found.length === 0 && query.q ? await likeIt(tx, input.list, query, condition) : null
  const { counts, found } = alike ? await read({ ...query, alike: alike.map((one) => one.meant) }) : exact
  const shown = found.slice(0, input.size)
  const last = shown[shown.length - 1]
  return {
    rows: input.list === "agreements" ? await papersAlone(tx, shown, at) : shown,
    next: found.length > input.size && last ? writeCursor(last, input.sort) : null,
    ...{ total: counts.total, more: counts.more, facets: counts.facets, facetState: counts.facetState },
    alike: alike && found.length > 0 ? alike : null,
    asOf: input.asOf,
    began,
    today,
    names: input.list === "parties" ? {} : await entityNames(tx),
  }
}

/** What is like the search, where nothing at all holds it: not where its pages or its filters have come to an end. */
async function likeIt(tx: Tx, list: ListName, query: ListQuery, condition: SQL): Promise<Meant[] | null> {
  const held = await byLetters(tx, () => isHeld(tx, list, query.q, query, condition))
  return held ? null : meantBy(tx, list, query, condition)
}

/** The reader's condition on the rows of a list. */
export function inScope(list: ListName, scope: Scope, at: Instant | null): SQL {
  const named = unrestricted(scope, sql`r.restricted_to`)
  if (list === "parties") {
    return scope.partiesByEntity ? sql`${named} and ${givenTo(scope, at)}` : named
  }
  if (list === "others") return sql`${named} and (r.entity_id is null or ${inEntities(scope, sql`r.entity_id`)})`
  if (list === "agreements") return sql`${named} and ${inCompanies(scope, "r", at)}`
  return sql`${named} and ${inEntities(scope, sql`r.entity_id`)}`
}

function readCursor(text: string | null, sort: string): ListQuery["after"] {
  if (!text) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    const shape = z
      .tuple([z.string().max(1000).nullable(), z.string().regex(/^[a-z]{3}_[0-9a-z]{26}$/)])
      .safeParse(parsed)
    if (shape.success && sort === "since" && parseInstant(shape.data[0] ?? "") === null) return null
    return shape.success ? { key: shape.data[0], id: shape.data[1] } : null
  } catch {
    return null
  }
}

function writeCursor(row: Record<string, unknown>, sort: string): string {
  const key = sort === "since" ? row.fromAt : row.fold
  return Buffer.from(JSON.stringify([key ?? null, row.id]), "utf8").toString("base64url")
}

/** The facets and sorts that a list knows, by its name; null for a list that does not exist. */
export function listWords(name: string): { list: ListName; facets: string[]; sorts: string[] } | null {
  if (!(name in LISTS)) return null
  const list = name as ListName
  return { list, facets: Object.keys(LISTS[list].facets), sorts: Object.keys(LISTS[list].sorts) }
}
