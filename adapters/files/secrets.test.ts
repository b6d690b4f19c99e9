import { expect, test } from "vitest"
import { fixedKeys } from "./keys"
import { secretsOf } from "./secrets"

const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((raw) => raw.toString("base64url"))

test("what is sealed opens for what it was sealed for, also with an earlier key, and for nothing else", () => {
  const [old, both, other] = [`${one}`, `${two},${one}`, `${two}`].map((said) => secretsOf(fixedKeys(said)))
  const sealed = old?.seal("a secret \u00fc", "wit_1") ?? ""
  expect(sealed).toMatch(/^1\.[0-9a-f]{16}\.[A-Za-z0-9_-]{70,}$/)
  expect(sealed).not.toBe(old?.seal("a secret \u00fc", "wit_1"))
  expect(old?.open(sealed, "wit_1")).toBe("a secret \u00fc")
  expect(both?.open(sealed, "wit_1")).toBe("a secret \u00fc")
  expect(both?.seal("x", "wit_1").slice(0, 18)).not.toBe(sealed.slice(0, 18))
  for (const [by, text, of] of [
    [old, sealed, "wit_2"],
    [other, sealed, "wit_1"],
    [old, `${sealed.slice(0, -2)}AA`, "wit_1"],
    [old, sealed.slice(0, 40), "wit_1"],
    [old, "", "wit_1"],
  ] as const)
    expect(by?.open(text, of)).toBe(null)
})
