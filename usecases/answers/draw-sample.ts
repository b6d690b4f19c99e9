import { z } from "zod"
import { drawSharings, stratumSizes, type DrawnRow } from "@/db/statements/sample-draw"
import { inSpan } from "@/db/statements/lists"
import { partyNames } from "@/db/statements/flows"
import { SAMPLE_MOST, sampleShape } from "@/domain/answers/drawn"
import { SAMPLE_METHOD, shares } from "@/domain/answers/sample"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { clocksInput, companiesRead, whenAsked } from "./clocks"

const input = z.strictObject({ query: sampleShape, ...clocksInput })
type Input = z.output<typeof input>

export type Stratum = { name: string; size: number; taken: number }
export type SampleLine = Omit<DrawnRow, "partyId"> & { partyName: string | null }

export type SamplePage = {
  method: string
  strata: Stratum[]
  population: number
  lines: SampleLine[]
  day: Day
  asOf: Instant | null
  said: Instant
  entities: Record<string, string>
}

/** A sample of the sharings in force at an instant, by stratum, from a seed: whoever asks again gets the same. */
export const drawSample = look<Input, SamplePage>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: () => [{ type: "answer", id: "sample" }],
  run: async (tx, { input: { query, ...clocks }, scope, scene }) => {
    const { at, day, said } = await whenAsked(tx, clocks, scene.now)
    const within = inScope("sharings", scope, at)
    const of = { by: query.by, at, on: day, reader: scope.personId }
    const sizes = await stratumSizes(tx, of, within)
    const given = shares(sizes, query)
    const taken = [...given.values()].reduce((sum, n) => sum + n, 0)
    if (taken > SAMPLE_MOST)
      return refuse("invalid", "invalid.sample-large", { fields: [{ path: "n", says: "invalid.sample-large" }] })
    const drawn = await drawSharings(tx, { ...of, seed: query.seed }, given, within)
    const recipients = [...new Set(drawn.map((one) => one.partyId))]
    const names = await partyNames(tx, recipients, inScope("parties", scope, at), inSpan(at))
    return good({
      method: SAMPLE_METHOD,
      strata: [...sizes].map(([name, size]) => ({ name, size, taken: given.get(name) ?? 0 })),
      population: [...sizes.values()].reduce((sum, n) => sum + n, 0),
      lines: drawn.map(({ partyId, ...one }) => ({ ...one, partyName: names.get(partyId) ?? null })),
      ...{ day, said, asOf: clocks.asOf, entities: await companiesRead(tx, scope) },
    })
  },
})
