import { generateKeyPairSync, sign } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { SignOnSettings } from "./oidc"
import { claimsSigned } from "./sign-out-token"

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const jwk = { ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "ours" }
const provider = { answers: false, asked: 0 }
const server = createServer((request, response) => {
  if (request.url?.startsWith("/keys")) {
    provider.asked += 1
    response.statusCode = provider.answers ? 200 : 500
    response.setHeader("content-type", "application/json")
    return void response.end(JSON.stringify({ keys: [jwk] }))
  }
  response.setHeader("content-type", "application/json")
  const issuer = settings.issuer
  response.end(
    JSON.stringify({
      ...{
        issuer,
        jwks_uri: `${issuer}/keys`,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
      },
      ...{ response_types_supported: ["code"], subject_types_supported: ["public"] },
      id_token_signing_alg_values_supported: ["RS256"],
    }),
  )
})
let settings: SignOnSettings
let now = Date.now()
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  settings = { issuer, clientId: "onward", clientSecret: "x", name: "P", trustsMail: false, loopback: true }
  vi.spyOn(Date, "now").mockImplementation(() => now)
})
afterAll(() => {
  vi.restoreAllMocks()
  server.closeAllConnections()
  server.close()
})

function token(kid: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")
  const said = `${part({ alg: "RS256", kid, typ: "logout+jwt" })}.${part({ sub: "sam" })}`
  return `${said}.${sign("sha256", Buffer.from(said), privateKey).toString("base64url")}`
}
const strangers = (n: number) =>
  Promise.all(Array.from({ length: n }, (_, i) => claimsSigned(settings, token(`x${i}`))))

test("a provider that does not answer is asked once, however many tokens come, and nothing is said of them", async () => {
  expect(new Set(await strangers(40))).toEqual(new Set(["away"]))
  expect(await claimsSigned(settings, token("ours"))).toBe("away")
  expect(provider.asked).toBe(1)
  provider.answers = true
  now += 31_000
  expect(await claimsSigned(settings, token("ours"))).toEqual({ sub: "sam" })
  expect(provider.asked).toBe(2)
})

test("strangers' tokens have it asked no more often than each half minute", async () => {
  expect(new Set(await strangers(40))).toEqual(new Set([null]))
  expect(provider.asked).toBe(2)
  now += 31_000
  await strangers(40)
  expect(provider.asked).toBe(3)
})

test("what it said stands while it is away: its own tokens are believed, a stranger's are not", async () => {
  provider.answers = false
  now += 31_000
  expect(new Set(await strangers(5))).toEqual(new Set([null]))
  expect(provider.asked).toBe(4)
  expect(await claimsSigned(settings, token("ours"))).toEqual({ sub: "sam" })
  now += 61 * 60_000
  expect(await claimsSigned(settings, token("ours"))).toEqual({ sub: "sam" })
})
