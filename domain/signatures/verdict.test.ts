import { describe, expect, test } from "vitest"
import type { Chain, SignatureFacts } from "./facts"
import { isAllowed, laterThan } from "./later"
import { levelOf } from "./level"
import { overallOf } from "./overall"
import { pdfDate } from "./pdf-date"
import type { SignatureResult } from "./report"
import { signerSays } from "./signer"
import { DIFFERENCE_KINDS, STRUCTURE_KINDS, type DifferenceKind } from "./differences"
import { onlyUntrusted, verdictOf } from "./verdict"

const chain: Chain = {
  trust: "reached",
  anchor: "Root",
  path: [],
  problems: [],
  revocation: [],
  judgedAt: "2026-01-05T00:00:00.000Z",
}
const good: SignatureFacts = {
  form: [],
  unsupportedKind: null,
  unsupportedAlgorithm: false,
  digestOk: true,
  valueOk: true,
  signerFound: true,
  namesCertificate: true,
  weak: [],
  chain,
  time: { at: "2026-01-05T00:00:00.000Z", proof: "claimed" },
  askedAt: "2026-02-01T00:00:00.000Z",
  expiredSince: false,
}
const proven = { at: "2026-01-05T00:00:00.000Z", proof: "timestamp" as const }
const revoked = (at: string, signer = true): Chain => ({
  ...chain,
  revocation: [{ state: "revoked", of: "X", at, signer }],
})
const wrong = (kind: Chain["problems"][number]["kind"]): Chain => ({ ...chain, problems: [{ kind, of: "X" }] })

describe("the verdict", () => {
  const cases: [string, Partial<SignatureFacts>, string, string | null][] = [
    ["all good", {}, "passed", null],
    ["a form at fault", { form: ["odd-byte-range"], digestOk: false }, "failed", "FORMAT_FAILURE"],
    ["other bytes", { digestOk: false }, "failed", "HASH_FAILURE"],
    ["other bytes and no certificate", { digestOk: false, signerFound: false }, "failed", "HASH_FAILURE"],
    ["another key", { valueOk: false }, "failed", "SIG_CRYPTO_FAILURE"],
    [
      "no certificate",
      { signerFound: false, valueOk: false, chain: null },
      "indeterminate",
      "NO_SIGNING_CERTIFICATE_FOUND",
    ],
    ["another certificate named", { namesCertificate: false }, "indeterminate", "SIG_CONSTRAINTS_FAILURE"],
    ["none named, in plain CMS", { namesCertificate: null }, "passed", null],
    ["a kind that is not read", { unsupportedKind: "adbe.x509.rsa_sha1" }, "indeterminate", "SIG_CONSTRAINTS_FAILURE"],
    [
      "an algorithm that is not read",
      { unsupportedAlgorithm: true, valueOk: false },
      "indeterminate",
      "CRYPTO_CONSTRAINTS_FAILURE",
    ],
    ["weak", { weak: ["sha1"] }, "indeterminate", "CRYPTO_CONSTRAINTS_FAILURE"],
    ["weak and wrong", { weak: ["sha1"], valueOk: false }, "failed", "SIG_CRYPTO_FAILURE"],
    ["no list", { chain: { ...chain, trust: "no-list" } }, "indeterminate", "NO_CERTIFICATE_CHAIN_FOUND"],
    [
      "nobody on the list",
      { chain: { ...chain, trust: "not-reached" } },
      "indeterminate",
      "NO_CERTIFICATE_CHAIN_FOUND",
    ],
    ["revoked before", { chain: revoked("2026-01-04T00:00:00.000Z") }, "failed", "REVOKED"],
    ["revoked that moment", { chain: revoked("2026-01-05T00:00:00.000Z") }, "failed", "REVOKED"],
    ["revoked after, unproven", { chain: revoked("2026-01-06T00:00:00.000Z") }, "indeterminate", "REVOKED_NO_POE"],
    ["revoked after, proven", { chain: revoked("2026-01-06T00:00:00.000Z"), time: proven }, "passed", null],
    [
      "revoked after, by an unchecked timestamp",
      { chain: revoked("2026-01-06T00:00:00.000Z"), time: { ...proven, proof: "timestamp-unchecked" } },
      "indeterminate",
      "REVOKED_NO_POE",
    ],
    [
      "revoked, no time at all",
      { chain: revoked("2026-01-04T00:00:00.000Z"), time: { at: null, proof: "none" } },
      "indeterminate",
      "REVOKED_NO_POE",
    ],
    [
      "its authority revoked",
      { chain: revoked("2026-01-04T00:00:00.000Z", false) },
      "indeterminate",
      "REVOKED_CA_NO_POE",
    ],
    ["expired then, proven", { chain: wrong("expired"), time: proven }, "indeterminate", "EXPIRED"],
    ["expired then, unproven", { chain: wrong("expired") }, "indeterminate", "OUT_OF_BOUNDS_NO_POE"],
    ["expired since, unproven", { expiredSince: true }, "indeterminate", "OUT_OF_BOUNDS_NO_POE"],
    ["expired since, proven", { expiredSince: true, time: proven }, "passed", null],
    ["not valid yet", { chain: wrong("not-yet-valid") }, "indeterminate", "NOT_YET_VALID"],
    ["a weak way", { chain: wrong("weak") }, "indeterminate", "CRYPTO_CONSTRAINTS_FAILURE"],
    ["no authority on the way", { chain: wrong("not-an-authority") }, "indeterminate", "CHAIN_CONSTRAINTS_FAILURE"],
    ["not granted then", { chain: wrong("service-not-granted") }, "indeterminate", "NO_CERTIFICATE_CHAIN_FOUND"],
  ]
  test.each(cases)("%s", (_name, facts, indication, sub) => {
    const verdict = verdictOf({ ...good, ...facts })
    expect([verdict.indication, verdict.sub]).toEqual([indication, sub])
    expect(verdict.reasons.length > 0).toBe(indication !== "passed")
  })

  test("is only untrusted when nothing but the list is missing", () => {
    const noList = { ...chain, trust: "no-list" as const }
    expect(onlyUntrusted(verdictOf({ ...good, chain: noList }))).toBe(true)
    expect(onlyUntrusted(verdictOf({ ...good, chain: noList, weak: ["md5"] }))).toBe(false)
    expect(onlyUntrusted(verdictOf({ ...good, chain: { ...noList, problems: [{ kind: "expired", of: "X" }] } }))).toBe(
      false,
    )
    expect(onlyUntrusted(verdictOf(good))).toBe(false)
  })
})

describe("what may come later", () => {
  const ALLOWED: Record<string, DifferenceKind[]> = {
    null: ["signature-added", "timestamp-added", "validation-data", "metadata", "unused"],
    1: ["timestamp-added", "validation-data", "unused"],
    2: ["signature-added", "timestamp-added", "validation-data", "metadata", "unused", "form-value"],
    3: [
      "signature-added",
      "timestamp-added",
      "validation-data",
      "metadata",
      "unused",
      "form-value",
      "note-added",
      "note-changed",
    ],
  }
  test.each([null, 1, 2, 3] as const)("under level %s: what is named, and nothing else", (docMdp) => {
    const found = DIFFERENCE_KINDS.filter((kind) => isAllowed({ revision: 1, kind, where: "" }, { docMdp, locks: [] }))
    expect([...found].sort()).toEqual([...(ALLOWED[String(docMdp)] ?? [])].sort())
  })

  test("a new picture on the page is allowed only where nobody certified the file, or its field stood there", () => {
    const shown = { revision: 1, kind: "signature-added" as const, where: "", visible: true, existed: false }
    expect(isAllowed(shown, { docMdp: null, locks: [] })).toBe(true)
    for (const docMdp of [1, 2, 3] as const) expect(isAllowed(shown, { docMdp, locks: [] })).toBe(false)
    for (const docMdp of [2, 3] as const)
      expect(isAllowed({ ...shown, existed: true }, { docMdp, locks: [] })).toBe(true)
  })

  test.each([
    ["All", [], "a", false],
    ["Include", ["a"], "a", false],
    ["Include", ["a"], "a.b", false],
    ["Include", ["a"], "ab", true],
    ["Exclude", ["a"], "a", true],
    ["Exclude", ["a"], "b", false],
  ] as const)("a lock %s %o leaves %s open: %s", (action, fields, field, open) => {
    const found = { revision: 1, kind: "form-value" as const, where: "", field }
    expect(isAllowed(found, { docMdp: 2, locks: [{ action, fields: [...fields] }] })).toBe(open)
  })

  test("any fault of structure that comes later is a change; one before is none", () => {
    for (const kind of STRUCTURE_KINDS) {
      expect(laterThan(0, { docMdp: null, locks: [] }, [], [{ revision: 1, kind, at: 9 }], true).state, kind).toBe(
        "changed",
      )
      expect(laterThan(1, { docMdp: null, locks: [] }, [], [{ revision: 1, kind, at: 9 }], true).state, kind).toBe(
        "none",
      )
    }
    expect(laterThan(null, { docMdp: null, locks: [] }, [], [], true).state).toBe("unknown")
    expect(laterThan(0, { docMdp: null, locks: [] }, [], [], false).state).toBe("changed")
  })
})

describe("the one word", () => {
  const result = (indication: "passed" | "failed" | "indeterminate", more: Partial<SignatureResult> = {}) =>
    ({
      kind: "signature",
      integrity: "intact",
      later: { state: "none", differences: [] },
      verdict: {
        indication,
        sub: null,
        reasons: indication === "indeterminate" ? [{ says: "signatures.why.no-list" }] : [],
      },
      ...more,
    }) as SignatureResult
  const changed = { later: { state: "changed" as const, differences: [] } }
  test.each([
    ["unsigned", [], false],
    ["indeterminate", [], true],
    ["passed", [result("passed")], false],
    ["passed", [result("passed"), result("indeterminate", { kind: "timestamp" })], false],
    ["intact-untrusted", [result("indeterminate"), result("passed")], false],
    ["failed", [result("passed"), result("failed")], false],
    ["failed", [result("passed", changed), result("failed")], false],
    ["failed", [result("passed"), result("failed", { kind: "timestamp" })], false],
    ["altered", [result("passed", changed), result("indeterminate")], false],
    ["altered", [result("passed", { ...changed, kind: "timestamp" })], false],
    ["unsigned", [result("passed", { kind: "timestamp" })], false],
    ["indeterminate", [result("indeterminate", { integrity: "unknown" })], false],
    ["indeterminate", [result("passed", { later: { state: "unknown", differences: [] } })], false],
  ] as const)("%s", (word, results, trouble) => {
    expect(overallOf([...results], trouble)).toBe(word)
  })
})

test.each([
  ["D:20260131120000+01'00'", "2026-01-31T11:00:00.000Z"],
  ["D:20260131120000Z", "2026-01-31T12:00:00.000Z"],
  ["D:20260131120000-05'30", "2026-01-31T17:30:00.000Z"],
  ["D:2026", "2026-01-01T00:00:00.000Z"],
  ["D:20260231", null],
  ["2026-01-31", null],
  ["", null],
  [null, null],
])("the date %s is %s", (text, at) => expect(pdfDate(text)).toBe(at))

test("levels are said by what is there", () => {
  const all = { cades: true, stamped: true, validationData: true, stampedAfterwards: true }
  expect(levelOf(all)).toBe("B-LTA")
  expect(levelOf({ ...all, stampedAfterwards: false })).toBe("B-LT")
  expect(levelOf({ ...all, validationData: false })).toBe("B-T")
  expect(levelOf({ ...all, stamped: false })).toBe("B-B")
  expect(levelOf({ ...all, cades: false })).toBeNull()
})

test("a seal names no person", () => {
  const plain = { person: false, sealType: false }
  const certificate = { commonName: "DocuHouse Inc.", organization: "DocuHouse, Inc", subject: "" }
  expect(signerSays(certificate, plain).says).toBe("signatures.by.seal")
  expect(signerSays({ ...certificate, commonName: "Jane Roe" }, plain).says).toBe("signatures.by.person-of")
  expect(signerSays({ ...certificate, commonName: "Jane Roe" }, { ...plain, sealType: true }).says).toBe(
    "signatures.by.seal",
  )
  expect(signerSays(certificate, { ...plain, person: true }).says).toBe("signatures.by.person-of")
})
