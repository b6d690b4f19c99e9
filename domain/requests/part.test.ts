import { describe, expect, test } from "vitest"
import fc from "fast-check"
import { leavingWith, type Standing } from "./part"

const made = (recordId: string, ...refs: string[]): Standing => ({ recordId, op: "create", refs })
const ended = (recordId: string, ...refs: string[]): Standing => ({ recordId, op: "end", refs })
const changed = (recordId: string, ...refs: string[]): Standing => ({ recordId, op: "change", refs })

describe("what leaves a request with the records that are sent back", () => {
  const shop = [made("party a"), made("flow a", "party a"), made("paper a", "party a", "flow a"), made("party b")]
  test.each([
    ["a party takes its flow and its paper along", shop, ["party a"], ["party a", "flow a", "paper a"]],
    ["a flow takes the paper that covers it, not its party", shop, ["flow a"], ["flow a", "paper a"]],
    ["a paper goes alone", shop, ["paper a"], ["paper a"]],
    ["what is not in the request takes nothing", shop, ["party z"], []],
    [
      "a change of what is in force holds nobody",
      [changed("party a"), made("flow", "party a")],
      ["party a"],
      ["party a"],
    ],
    ["no party ends while its flow goes on", [ended("flow", "party"), ended("party")], ["flow"], ["flow", "party"]],
    ["a flow may end though its party goes on", [ended("flow", "party"), ended("party")], ["party"], ["party"]],
    ["records that name each other go together", [made("a", "b"), made("b", "a")], ["a"], ["a", "b"]],
  ])("%s", (_says, all, chosen, leaves) => {
    expect(leavingWith(all, new Set(chosen))).toEqual(leaves)
  })

  const request = fc
    .array(
      fc.record({
        op: fc.constantFrom("create" as const, "end" as const, "change" as const),
        refs: fc.array(fc.nat(19)),
      }),
      {
        maxLength: 20,
      },
    )
    .map((list) =>
      list.map(({ op, refs }, i): Standing => ({ recordId: `r${i}`, op, refs: refs.map((ref) => `r${ref}`) })),
    )
  const chosen = fc.array(fc.nat(19)).map((list) => new Set(list.map((n) => `r${n}`)))

  test("nothing that stays names a new record that left, and no end stays whose namer's end left", () => {
    fc.assert(
      fc.property(request, chosen, (all, ids) => {
        const left = new Set(leavingWith(all, ids))
        for (const item of all)
          for (const ref of item.refs) {
            const other = all.find((one) => one.recordId === ref)
            if (!other || other === item) continue
            if (other.op === "create" && left.has(ref)) expect(left.has(item.recordId)).toBe(true)
            if (other.op === "end" && item.op === "end" && left.has(item.recordId)) expect(left.has(ref)).toBe(true)
          }
      }),
    )
  })
  test("what was chosen leaves, sending it twice changes nothing, and more chosen never sends less", () => {
    fc.assert(
      fc.property(request, chosen, chosen, (all, ids, more) => {
        const left = leavingWith(all, ids)
        for (const id of ids) if (all.some((one) => one.recordId === id)) expect(left).toContain(id)
        expect(leavingWith(all, new Set(left))).toEqual(left)
        expect(leavingWith(all, new Set([...ids, ...more]))).toEqual(expect.arrayContaining(left))
      }),
    )
  })
})
