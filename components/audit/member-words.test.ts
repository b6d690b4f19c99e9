import { expect, test } from "vitest"
import { CATALOGUE } from "@/components/words/catalogue"
import { memberWords, wordless } from "./member-words"

test("a member is told in words, by its act where that means something of its own, and otherwise as it stands", () => {
  for (const [act, path, words] of [
    ["request.decide", "verdict", "Verdict"],
    ["away.set", "delegates.2.person", "Who stands in \u203a 2 \u203a Person"],
    ["grant.give", "by", "Where it came from"],
    ["trust.decide", "fromOn", "From"],
    ["some.later", "unheardOf", "unheardOf"],
  ] as const)
    expect(memberWords(act, path)).toBe(words)
  expect(wordless("log.cosign", "by.1.signature")).toEqual([])
  expect(wordless("some.later", "by.unheardOf")).toEqual(["unheardOf"])
})

test("what an act means of its own by a member is of an act that there is", () => {
  const own = Object.keys(CATALOGUE).filter((key) => key.startsWith("member-of."))
  const acts = own.map((key) => key.slice("member-of.".length).replace(/\.[^.]+$/, ""))
  expect(acts.filter((act) => !(`act.${act}` in CATALOGUE))).toEqual([])
})
