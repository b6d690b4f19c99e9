import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { goingTo, mechanism } from "@/testing/covered"
import { layoutOf, OTHERS, STATES, type Band, type FlowState } from "./layout"
import { parseRoute, routesOf } from "./routes"

type Path = { entity: string; party: string; country: string; mechanism: string; state: FlowState; weight: number }

/** Bands of paths: what goes from each place to the next, as the register counts it. */
function bandsOf(paths: readonly Path[]): Band[] {
  const bands = new Map<string, Band>()
  for (const path of paths) {
    const places = [path.entity, path.party, path.country, path.mechanism]
    for (const step of [0, 1, 2] as const) {
      const [from = "", to = ""] = places.slice(step)
      const key = `${step} ${from} ${to} ${path.state}`
      const band = bands.get(key) ?? { step, from, to, state: path.state, n: 0, weight: 0 }
      bands.set(key, { ...band, n: band.n + 1, weight: band.weight + path.weight })
    }
  }
  return [...bands.values()]
}

const aName = (letter: string) =>
  fc.oneof(
    fc.nat({ max: 12 }).map((n) => `${letter}${n}`),
    fc.constant(OTHERS),
  )
const somePaths = fc.array(
  fc.record({
    entity: aName("e"),
    party: aName("p"),
    country: aName("c"),
    mechanism: aName("m"),
    state: fc.constantFrom(...STATES),
    weight: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1_000_000 })),
  }),
  { minLength: 1, maxLength: 60 },
)

describe("the flow picture", () => {
  test("what flows between any two columns adds up to the same total", () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const { strokes, total, columns } = layoutOf(bandsOf(paths))
        const all = paths.reduce((sum, path) => sum + path.weight, 0)
        expect(total).toBe(all)
        const most = Math.max(...columns.map((nodes) => nodes.length))
        const room = Math.min(Math.max(most * 44, 80), 340)
        for (const step of [0, 1, 2]) {
          const mine = strokes.filter((stroke) => stroke.step === step)
          expect(mine.reduce((sum, one) => sum + one.weight, 0)).toBe(all)
          expect(Math.abs(mine.reduce((sum, one) => sum + one.height, 0) - room)).toBeLessThan(
            0.01 * mine.length + 0.01,
          )
        }
        for (const nodes of columns) expect(nodes.reduce((sum, one) => sum + one.weight, 0)).toBe(all)
      }),
    )
  })

  test("strokes lie beside each other at both of their places, and never outside of them", () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const { strokes, columns, height } = layoutOf(bandsOf(paths))
        for (const node of columns.flat()) {
          expect(node.y + node.height).toBeLessThanOrEqual(height + 0.02)
          for (const [at, id, step] of [
            ["y0", "from", node.column],
            ["y1", "to", node.column - 1],
          ] as const) {
            let edge = node.y
            const mine = strokes.filter((one) => one.step === step && one[id] === node.id)
            for (const one of mine.sort((a, b) => a[at] - b[at] || a.height - b.height)) {
              expect(Math.abs(one[at] - edge)).toBeLessThan(0.011 * (mine.length + 1))
              edge = one[at] + one.height
            }
            if (mine.length) expect(Math.abs(edge - node.y - node.height)).toBeLessThan(0.011 * (mine.length + 1))
          }
        }
      }),
    )
  })

  test("places keep a line's space between them, the widest first and the others last", () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        for (const nodes of layoutOf(bandsOf(paths)).columns)
          for (const [i, node] of nodes.entries()) {
            const before = nodes[i - 1]
            if (!before) continue
            expect(node.y - before.y - before.height).toBeGreaterThanOrEqual(17.97)
            expect(before.id).not.toBe(OTHERS)
            if (node.id !== OTHERS) expect(before.weight).toBeGreaterThanOrEqual(node.weight)
          }
      }),
    )
  })

  test("equal flows make an equal picture, in whatever order they are read", () => {
    fc.assert(
      fc.property(somePaths, (paths) => {
        const bands = bandsOf(paths)
        expect(layoutOf([...bands].reverse())).toEqual(layoutOf(bands))
      }),
    )
  })

  test("without anything that flows there is none", () => {
    expect(layoutOf([]).strokes).toEqual([])
    expect(
      layoutOf(bandsOf([{ entity: "e", party: "p", country: "c", mechanism: "m", state: "gap", weight: 0 }])),
    ).toEqual({
      height: 0,
      columns: [],
      strokes: [],
      total: 0,
    })
  })
})

test("a flow's routes are each country with each mechanism that is named for it", () => {
  expect(routesOf({ destinations: { state: "blank" } })).toEqual(["none:none"])
  expect(routesOf({ destinations: known([]) })).toEqual(["none:none"])
  const us = goingTo("US", [mechanism("adequacy"), mechanism("adequacy", { regime: "UK" })]).destinations
  expect(routesOf({ destinations: us ?? known([]) })).toEqual(["US:adequacy"])
  expect(routesOf({ destinations: goingTo("DE").destinations ?? known([]) })).toEqual(["DE:none"])
  expect(parseRoute("US:adequacy")).toEqual({ country: "US", mechanism: "adequacy" })
})
