import { expect, test } from "vitest"
import { readSignOutToken } from "./sign-out-token"

const NOW = 1_800_000_000
const AGAINST = { issuer: "https://id.example", clientId: "onward", now: NOW }
const EVENT = "http://schemas.openid.net/event/backchannel-logout"
const GOOD = {
  ...{ iss: "https://id.example", aud: "onward", iat: NOW, exp: NOW + 120, jti: "j1", sub: "mia", sid: "s1" },
  events: { [EVENT]: {} },
}

test("a word that says all it must says whom it signs out", () => {
  expect(readSignOutToken(GOOD, AGAINST)).toEqual({ subject: "mia", sid: "s1", jti: "j1" })
  const { sid: _sid, ...whole } = GOOD
  expect(readSignOutToken(whole, AGAINST)).toEqual({ subject: "mia", sid: null, jti: "j1" })
  const { sub: _sub, ...one } = GOOD
  expect(readSignOutToken({ ...one, aud: ["other", "onward"] }, AGAINST)).toEqual({
    subject: null,
    sid: "s1",
    jti: "j1",
  })
  const { exp: _exp, ...endless } = GOOD
  expect(readSignOutToken(endless, AGAINST)).not.toBeNull()
})

test.each<[string, object]>([
  ["another issuer", { iss: "https://evil.example" }],
  ["no issuer", { iss: undefined }],
  ["another audience", { aud: "other" }],
  ["an audience that only begins alike", { aud: "onward2" }],
  ["no audience", { aud: undefined }],
  ["no time", { iat: undefined }],
  ["a time in words", { iat: String(NOW) }],
  ["five minutes and more ago", { iat: NOW - 301 }],
  ["from ahead", { iat: NOW + 61 }],
  ["over", { exp: NOW - 61 }],
  ["an end in words", { exp: "soon" }],
  ["no id of its own", { jti: undefined }],
  ["an empty id", { jti: "" }],
  ["an endless id", { jti: "x".repeat(501) }],
  ["no event", { events: undefined }],
  ["no such event", { events: { other: {} } }],
  ["an event that is no object", { events: { [EVENT]: true } }],
  ["an event in a list", { events: [{ [EVENT]: {} }] }],
  ["a nonce", { nonce: "n" }],
  ["an empty nonce", { nonce: undefined }],
  ["nobody", { sub: undefined, sid: undefined }],
  ["a person who is a number", { sub: 7 }],
  ["a session that is a list", { sid: ["s1"] }],
])("a word with %s signs nobody out", (_what, over) => {
  const claims = { ...GOOD, ...over } as Record<string, unknown>
  // What is undefined is not there, but for the nonce: there its very name counts.
  for (const [name, value] of Object.entries(claims)) if (value === undefined && name !== "nonce") delete claims[name]
  expect(readSignOutToken(claims, AGAINST)).toBeNull()
})
