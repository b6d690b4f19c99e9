import { expect, test } from "vitest"
import { callerOf, passwordRules, throttleWait } from "./passwords"

const who = { email: "ines.lawyer@example.test", name: "Ines Lawyer" }
const says = (password: string): string => {
  const outcome = passwordRules(password, who)
  return outcome.ok ? "good" : (outcome.fields?.[0]?.says ?? "")
}

test.each([
  ["four words are a password without digits or signs", "harbour kettle ninety moss", "good"],
  ["fourteen characters are too short", "a1!B2?c3$D4&e5", "invalid.password-short"],
  ["fifteen characters are enough", "a1!B2?c3$D4&e5F", "good"],
  ["257 characters are too long", "x".repeat(120) + "yz".repeat(69), "invalid.password-long"],
  ["a common one is refused however it is written", "PasswordPassword", "invalid.password-common"],
  ["one repeated piece is refused", "abcabcabcabcabcabc", "invalid.password-common"],
  ["a run of neighbours is refused", "abcdefghijklmnopq", "invalid.password-common"],
  ["one's own address is refused", "ines.lawyer@example.test", "invalid.password-own"],
  ["one's own name with a year is refused", "ineslawyer2026!!", "invalid.password-own"],
  ["common words strung together are refused", "Welcome2026Password!", "invalid.password-common"],
  ["letters written as digits do not help", "P4ssw0rd-4dm1n-2026", "invalid.password-common"],
  ["digits alone are refused", "202620252024202320", "invalid.password-common"],
  ["signs alone may be a password", "!?;:-_#+*~<>|§$", "good"],
  ["one common word among others is fine", "welcome to the quiet harbour", "good"],
  ["the company of one's address is refused", "example-Example-1!", "invalid.password-own"],
  ["signs of other scripts count as characters", "山の上の古い寺に静かな鐘が鳴る", "good"],
])("%s", (_name, password, expected) => {
  expect(says(password)).toBe(expected)
})

test("waiting doubles from the fifth failure to fifteen minutes and no further", () => {
  expect([0, 4, 5, 6, 7, 30].map(throttleWait)).toEqual([0, 0, 1000, 2000, 4000, 900_000])
})
test("an IPv6 caller counts by its network, an IPv4 one whole", () => {
  expect(callerOf("2001:db8:1:2:3:4:5:6")).toBe(callerOf("2001:db8:1:2::9"))
  expect(callerOf("2001:db8:1:3::9")).not.toBe(callerOf("2001:db8:1:2::9"))
  expect(callerOf("::ffff:192.0.2.7")).toBe("192.0.2.7")
})
