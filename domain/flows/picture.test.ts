import fc from "fast-check"
import { expect, test } from "vitest"
import { OTHERS } from "./layout"
import { pictureOf, type FlowSum } from "./picture"

const ROUTES = ["US:scc-2021", "US:adequacy", "DE:none", "JP:adequacy", "none:none"]
const flow = fc.record({
  entity: fc.constantFrom("a", "b"),
  party: fc.constantFrom("p", "q", OTHERS),
  state: fc.constantFrom("covered" as const, "gap" as const, "other" as const),
  routes: fc.uniqueArray(fc.constantFrom(...ROUTES), { minLength: 1, maxLength: 4 }),
  people: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
})
const alone = (one: { people: number | null } & Pick<FlowSum, "entity" | "party" | "state" | "routes">): FlowSum => ({
  ...{ entity: one.entity, party: one.party, state: one.state, routes: one.routes, n: 1, size: 1 },
  ...{ people: one.people ?? 0, unknown: one.people === null ? 1 : 0 },
})

test("every flow is shared out whole in each column, and counted once at each place that it leads to", () => {
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 30 }), (flows) => {
      const picture = pictureOf({ entities: ["a", "b"], parties: ["p", "q"], sums: flows.map(alone) }, 12)
      for (const step of [0, 1, 2]) {
        const bands = picture.bands.filter((band) => band.step === step)
        expect(bands.reduce((sum, band) => sum + band.weight, 0)).toBeCloseTo(flows.length, 9)
      }
      for (const band of picture.bands.filter((one) => one.step === 1)) {
        const there = flows.filter(
          (one) =>
            one.party === band.from &&
            one.state === band.state &&
            one.routes.some((route) => route.startsWith(`${band.to}:`)),
        )
        expect(band.n).toBe(there.length)
      }
      for (const { id, n } of picture.mechanisms)
        expect(n).toBe(flows.filter((one) => one.routes.some((route) => route.endsWith(`:${id}`))).length)
      expect(picture.total).toBe(flows.length)
      expect(picture.unknownPeople).toBe(flows.filter((one) => one.people === null).length)
    }),
    { numRuns: 400 },
  )
})

test("beyond the widest places all others are one", () => {
  const sums = ["US:scc-2021", "US:scc-2021", "DE:none", "JP:adequacy"].map((route) =>
    alone({ entity: "a", party: "p", state: "gap", routes: [route], people: null }),
  )
  const { bands, named } = pictureOf({ entities: ["a"], parties: ["p"], sums }, 1)
  expect(named).toEqual(["a", "p", "US", "scc-2021"].map((id, column) => ({ column, id })))
  expect(bands.filter((band) => band.step === 1)).toMatchObject([
    { to: "US", n: 2, weight: 2, routes: ["US:scc-2021"] },
    { to: OTHERS, n: 2, weight: 2, routes: ["DE:none", "JP:adequacy"] },
  ])
})
