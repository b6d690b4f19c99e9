import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { signatureReport } from "@/domain/signatures/report"
import { makeCrl, makeOcsp, pemOf, makeCertificate } from "./authority"
import { another, byJane, byTime, cast, inShort, look, SIGNED_AT, STAMPING } from "./cast"
import { makeStamp } from "./cms"
import { agreement, AT, blank, field, fill, FORM, signed, CATALOG, PAGE } from "./signed"
import { append, streamBody, type Layout, type Obj } from "./writer"

const LAYOUTS: Layout[] = ["table", "stream", "packed"]
const second = (num: number, value: number, rect = "0 0 0 0"): Obj => ({
  num,
  body: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sig${num}) /F 132 /Rect [${rect}] /P 3 0 R /V ${value} 0 R >>`,
})
const listed = (num: number): Obj[] => [
  { num: AT.form, body: FORM.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
  { num: AT.page, body: PAGE.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
]

describe("a whole signature", () => {
  test.each(LAYOUTS.flatMap((a) => LAYOUTS.map((b) => [a, b] as const)))(
    "in a file of %s, signed in %s, passes",
    async (a, b) => {
      const pdf = signed(agreement([], a), byJane(), { update: { layout: b } })
      const report = await look(pdf)
      expect(inShort(report)).toBe("passed | passed() later none[]")
      expect(signatureReport.parse(report)).toEqual(report)
      expect(report.lookedAt).toEqual({ sha256: createHash("sha256").update(pdf).digest("hex"), sizeBytes: pdf.length })
      expect(report.trust).toMatchObject({
        kind: "pem",
        issuedOn: "2026-01-15",
        roots: 1,
        unreadable: 0,
        name: "roots.pem",
      })
      expect(report.signatures[0]).toMatchObject({
        level: "B-B",
        integrity: "intact",
        trust: "trusted",
        revocation: "unknown",
      })
      expect(report.signatures[0]?.coverage).toMatchObject({ state: "whole-file", problems: [] })
      expect(report.signatures[0]?.time).toEqual({ at: "2026-01-05T10:00:00.000Z", proof: "claimed" })
    },
  )

  test("without a list is intact, and its signer is not checked", async () => {
    const report = await look(signed(agreement(), byJane()), null)
    expect(report.overall).toBe("intact-untrusted")
    expect(report.signatures[0]?.verdict).toEqual({
      indication: "indeterminate",
      sub: "NO_CERTIFICATE_CHAIN_FOUND",
      reasons: [{ says: "signatures.why.no-list" }],
    })
  })

  test("of nobody on the list is indeterminate", async () => {
    const report = await look(signed(agreement(), byJane({ signer: cast().stranger })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(not-on-list) later none[]")
  })

  test("by a file that carries none is unsigned", async () => {
    expect(inShort(await look(agreement()))).toBe("unsigned")
  })

  test("in the first save of a file covers it as well", async () => {
    const pdf = fill(
      agreement([
        { num: AT.field, body: field("", 20) },
        { num: 20, body: blank() },
      ]),
      byJane(),
    )
    expect(inShort(await look(pdf))).toBe("passed | passed() later none[]")
  })

  test("plain CMS has no PAdES level", async () => {
    const pdf = signed(agreement(), byJane({ cades: false }), { subFilter: "adbe.pkcs7.detached" })
    const report = await look(pdf)
    expect(report.overall).toBe("passed")
    expect(report.signatures[0]?.level).toBeNull()
  })
})

describe("algorithms", () => {
  test.each([
    ["rsa-2048", "sha256", false],
    ["rsa-2048", "sha384", true],
    ["rsa-2048", "sha512", true],
    ["p-256", "sha256", false],
    ["p-384", "sha384", false],
    ["p-521", "sha512", false],
  ] as const)("%s with %s, PSS %s: passed", async (kind, digest, pss) => {
    const report = await look(signed(agreement(), byJane({ signer: another(kind), digest, pss })))
    expect(inShort(report)).toBe("passed | passed() later none[]")
    expect(report.signatures[0]).toMatchObject({
      digest,
      scheme: kind === "rsa-2048" ? (pss ? "RSA-PSS" : "RSA") : "ECDSA",
    })
  })

  test.each(["md5", "sha1"])("%s proves nothing", async (digest) => {
    const report = await look(signed(agreement(), byJane({ signer: another("rsa-2048"), digest })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(weak) later none[]")
    expect(report.signatures[0]).toMatchObject({ weak: [digest], integrity: "intact" })
    expect(report.signatures[0]?.verdict.sub).toBe("CRYPTO_CONSTRAINTS_FAILURE")
  })

  test("a short key proves nothing", async () => {
    const report = await look(signed(agreement(), byJane({ signer: another("rsa-1024") })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(weak) later none[]")
  })

  test("kinds that are not read are named", async () => {
    const report = await look(signed(agreement(), byJane(), { subFilter: "adbe.pkcs7.sha1" }))
    expect(report.overall).toBe("indeterminate")
    expect(report.signatures[0]?.verdict.reasons).toEqual([
      { says: "signatures.why.unsupported-kind", params: { kind: "adbe.pkcs7.sha1" } },
    ])
  })

  test("an algorithm that is not read is named: of a signature by Ed25519 nothing is said, neither for nor against it", async () => {
    const report = await look(signed(agreement(), byJane({ signer: another("ed25519") })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(unsupported-algorithm) later none[]")
    expect(report.signatures[0]).toMatchObject({ scheme: "Ed25519", integrity: "unknown" })
  })
})

const stamped = (at: string, tsa = cast().tsa) => byJane({ stamp: (value) => makeStamp([value], at, tsa) })
const dss = (lists: { crls?: Buffer[]; ocsps?: Buffer[]; certs?: Buffer[] }, from = 40): Obj[] => {
  const objects: Obj[] = []
  const all = (items: Buffer[] = []) =>
    items.map((data) => {
      const num = from + objects.length
      objects.push({ num, body: streamBody("", data) })
      return `${num} 0 R`
    })
  const body = `<< /Certs [${all(lists.certs).join(" ")}] /CRLs [${all(lists.crls).join(" ")}] /OCSPs [${all(lists.ocsps).join(" ")}] >>`
  return [...objects, { num: AT.catalog, body: CATALOG.replace(" >>", ` /DSS ${body} >>`) }]
}
const TRAILER = { trailer: "/Root 1 0 R /Info 7 0 R" }

describe("levels and time", () => {
  test("a timestamp on the signature proves its time: B-T", async () => {
    const report = await look(signed(agreement(), stamped("2026-01-05T10:00:30Z")))
    expect(report.signatures[0]).toMatchObject({
      level: "B-T",
      time: { at: "2026-01-05T10:00:30.000Z", proof: "timestamp" },
    })
    expect(report.overall).toBe("passed")
  })

  test("a timestamp of an authority that is not on the list proves nothing", async () => {
    const other = makeCertificate({ common: "Other Time", purposes: [STAMPING], purposesCritical: true })
    const report = await look(signed(agreement(), stamped("2026-01-05T10:00:30Z", other)))
    expect(report.signatures[0]?.time.proof).toBe("timestamp-unchecked")
  })

  test("a certificate for something else makes no timestamp", async () => {
    const report = await look(signed(agreement(), stamped("2026-01-05T10:00:30Z", cast().jane)))
    expect(report.signatures[0]?.time.proof).toBe("timestamp-unchecked")
  })

  test("revocation data make it B-LT, a timestamp over them B-LTA, and neither counts as a change", async () => {
    const { root, authority, jane } = cast()
    const crls = [makeCrl(root, [], "2026-01-06T00:00:00Z", "2026-03-01T00:00:00Z")]
    const ocsps = [makeOcsp(authority, jane, null, "2026-01-06T00:00:00Z")]
    const bt = signed(agreement(), stamped("2026-01-05T10:00:30Z"))
    const lt = append(bt, dss({ crls, ocsps }), TRAILER)
    const report = await look(lt)
    expect(inShort(report)).toBe("passed | passed() later allowed[validation-data]")
    expect(report.signatures[0]).toMatchObject({ level: "B-LT", revocation: "good" })
    const objects = [...listed(60), second(60, 61)]
    const lta = signed(lt, byTime("2026-01-07T00:00:00Z"), {
      num: 61,
      subFilter: "ETSI.RFC3161",
      existing: false,
      objects,
    })
    const whole = await look(lta)
    expect(inShort(whole)).toBe(
      "passed | passed() later allowed[validation-data timestamp-added] | passed() later none[]",
    )
    expect(whole.signatures.map((one) => [one.kind, one.level])).toEqual([
      ["signature", "B-LTA"],
      ["timestamp", null],
    ])
  })

  test("a file with a timestamp alone is not signed", async () => {
    const report = await look(signed(agreement(), byTime("2026-01-07T00:00:00Z"), { subFilter: "ETSI.RFC3161" }))
    expect(report.overall).toBe("unsigned")
    expect(report.signatures[0]?.verdict.indication).toBe("passed")
    expect(report.notes.map((one) => one.says)).toEqual(["signatures.note.only-timestamps"])
  })

  test("a later timestamp vouches for an older one whose authority's term has ended since", async () => {
    const old = makeCertificate({
      common: "Old Time",
      issuer: cast().root,
      purposes: [STAMPING],
      purposesCritical: true,
      to: "2026-01-20T00:00:00Z",
    })
    const bt = signed(agreement(), stamped("2026-01-05T10:00:30Z", old))
    expect((await look(bt)).signatures[0]?.time.proof).toBe("timestamp-unchecked")
    const objects = [...listed(60), second(60, 61)]
    const lta = signed(bt, byTime("2026-01-10T00:00:00Z"), {
      num: 61,
      subFilter: "ETSI.RFC3161",
      existing: false,
      objects,
    })
    expect((await look(lta)).signatures[0]?.time).toEqual({ at: "2026-01-05T10:00:30.000Z", proof: "timestamp" })
  })
})

describe("certificates in time", () => {
  const short = () => another("p-256", { to: "2026-01-10T00:00:00Z" })

  test("expired since, without a proven time: indeterminate; with one: passed", async () => {
    const signer = short()
    const plain = await look(signed(agreement(), byJane({ signer })))
    expect(inShort(plain)).toBe("indeterminate | indeterminate(expired-since) later none[]")
    expect(plain.signatures[0]?.verdict.sub).toBe("OUT_OF_BOUNDS_NO_POE")
    const stamp = (value: Buffer) => makeStamp([value], "2026-01-05T10:00:30Z", cast().tsa)
    expect((await look(signed(agreement(), byJane({ signer, stamp })))).overall).toBe("passed")
    expect((await look(signed(agreement(), byJane({ signer })), cast().pem, "2026-01-08T00:00:00.000Z")).overall).toBe(
      "passed",
    )
  })

  test("expired when it was signed: indeterminate", async () => {
    const signer = another("p-256", { to: "2026-01-01T00:00:00Z" })
    const stamp = (value: Buffer) => makeStamp([value], "2026-01-05T10:00:30Z", cast().tsa)
    const report = await look(signed(agreement(), byJane({ signer, stamp })))
    expect(inShort(report)).toBe("indeterminate | indeterminate(chain.expired) later none[]")
    expect(report.signatures[0]?.verdict.sub).toBe("EXPIRED")
  })

  test("not valid yet when it was signed: indeterminate", async () => {
    const signer = another("p-256", { from: "2026-01-20T00:00:00Z" })
    expect(inShort(await look(signed(agreement(), byJane({ signer }))))).toContain("chain.not-yet-valid")
  })

  test.each([
    ["before the signing", "2026-01-04T00:00:00Z", false, "failed", "REVOKED"],
    ["after it, unproven", "2026-01-06T00:00:00Z", false, "indeterminate", "REVOKED_NO_POE"],
    ["after it, proven", "2026-01-06T00:00:00Z", true, "passed", null],
    ["before a proven time", "2026-01-04T00:00:00Z", true, "failed", "REVOKED"],
  ] as const)("revoked %s", async (_name, at, proven, word, sub) => {
    const { authority, jane, root } = cast()
    const signature = signed(agreement(), proven ? stamped(SIGNED_AT) : byJane())
    const crl = makeCrl(authority, [{ serial: jane.serial, at }], "2026-01-07T00:00:00Z", "2026-03-01T00:00:00Z")
    const answers = [
      { crls: [crl] },
      { ocsps: [makeOcsp(authority, jane, at, "2026-01-07T00:00:00Z")] },
      { ocsps: [makeOcsp(authority, jane, at, "2026-01-07T00:00:00Z", delegate)] },
    ]
    for (const answer of answers) {
      const report = await look(append(signature, dss(answer), TRAILER))
      expect(report.overall, inShort(report)).toBe(word)
      expect(report.signatures[0]?.verdict.sub).toBe(sub)
    }
    // What somebody else says about her counts for nothing.
    const foreign = makeCrl(
      { ...root, name: authority.name },
      [{ serial: jane.serial, at }],
      "2026-01-07T00:00:00Z",
      "2026-03-01T00:00:00Z",
    )
    expect((await look(append(signature, dss({ crls: [foreign] }), TRAILER))).overall).toBe("passed")
  })
  const delegate = makeCertificate({ common: "Answers", issuer: cast().authority, purposes: ["1.3.6.1.5.5.7.3.9"] })

  test.each([
    ["no authority", () => makeCertificate({ common: "No CA", issuer: cast().root }), "chain.not-an-authority"],
    [
      "an authority that may not vouch for another",
      () => makeCertificate({ common: "Sub", ca: true, issuer: cast().authority }),
      "chain.path-too-long",
    ],
    [
      "one whose key is for something else",
      () => makeCertificate({ common: "Sub", ca: true, usage: 0x02, issuer: cast().root }),
      "chain.key-usage",
    ],
  ] as const)("issued by %s: indeterminate", async (_name, make, why) => {
    const issuer = make()
    const signer = makeCertificate({ common: "Someone", issuer })
    const report = await look(signed(agreement(), byJane({ signer, certificates: [issuer, cast().authority] })))
    expect(report.overall).toBe("indeterminate")
    expect(inShort(report)).toContain(why)
  })

  test.each([
    ["for web servers alone", { purposes: ["1.3.6.1.5.5.7.3.1"] }, "chain.purpose"],
    ["to encrypt with", { usage: 0x20 }, "chain.key-usage"],
    [
      "with a condition that is not understood",
      { extra: [Buffer.from("300c06042a0304050101ff04010 0".replace(" ", ""), "hex")] },
      "chain.critical-extension",
    ],
  ] as const)("a certificate %s: indeterminate", async (_name, more, why) => {
    const report = await look(
      signed(
        agreement(),
        byJane({
          signer: another("p-256", {
            ...more,
            extra: "extra" in more ? [...more.extra] : [],
            purposes: "purposes" in more ? [...more.purposes] : undefined,
          }),
        }),
      ),
    )
    expect(report.overall).toBe("indeterminate")
    expect(inShort(report)).toContain(why)
  })
})

describe("who signed", () => {
  test.each([
    [
      { common: "SignHouse eSeal", organization: "SignHouse Ltd" },
      { says: "signatures.by.seal", params: { by: "SignHouse Ltd" } },
    ],
    [
      { common: "Jane Roe", organization: "Acme" },
      { says: "signatures.by.person-of", params: { who: "Jane Roe", of: "Acme" } },
    ],
    [{ common: "Jane Roe" }, { says: "signatures.by.person", params: { who: "Jane Roe" } }],
  ])("%o", async (wish, by) => {
    const signer = makeCertificate({ ...wish, issuer: cast().authority })
    const report = await look(signed(agreement(), byJane({ signer }), { rest: "/Name (Someone else)" }))
    expect(report.signatures[0]?.by).toEqual(by)
    expect(report.signatures[0]?.claimed.name).toBe("Someone else")
  })
})

describe("a trusted list", () => {
  const list = (type: string, status: string, since: string, history = "") =>
    Buffer.from(`<?xml version="1.0"?><tsl:TrustServiceStatusList xmlns:tsl="http://uri.etsi.org/02231/v2#"><tsl:SchemeInformation>
<tsl:ListIssueDateTime>2026-01-20T00:00:00Z</tsl:ListIssueDateTime><tsl:NextUpdate><tsl:dateTime>2026-07-20T00:00:00Z</tsl:dateTime></tsl:NextUpdate>
</tsl:SchemeInformation><tsl:TrustServiceProviderList><tsl:TrustServiceProvider><tsl:TSPServices><tsl:TSPService><tsl:ServiceInformation>
<tsl:ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/${type}</tsl:ServiceTypeIdentifier><tsl:ServiceDigitalIdentity><tsl:DigitalId>
<tsl:X509Certificate>${cast().authority.der.toString("base64")}</tsl:X509Certificate></tsl:DigitalId></tsl:ServiceDigitalIdentity>
<tsl:ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/${status}</tsl:ServiceStatus><tsl:StatusStartingTime>${since}</tsl:StatusStartingTime>
</tsl:ServiceInformation>${history}</tsl:TSPService></tsl:TSPServices></tsl:TrustServiceProvider></tsl:TrustServiceProviderList></tsl:TrustServiceStatusList>`)
  const past = `<tsl:ServiceHistory><tsl:ServiceHistoryInstance><tsl:ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted</tsl:ServiceStatus><tsl:StatusStartingTime>2020-01-01T00:00:00Z</tsl:StatusStartingTime></tsl:ServiceHistoryInstance></tsl:ServiceHistory>`

  test("carries who was recognised when it was signed", async () => {
    const pdf = signed(agreement(), byJane())
    const report = await look(pdf, list("CA/QC", "granted", "2020-01-01T00:00:00Z"))
    expect(inShort(report)).toBe("passed | passed() later none[]")
    expect(report.trust).toMatchObject({
      kind: "trusted-list",
      issuedOn: "2026-01-20",
      nextUpdateOn: "2026-07-20",
      roots: 1,
    })
    const gone = await look(pdf, list("CA/QC", "withdrawn", "2026-01-10T00:00:00Z", past))
    expect(gone.overall).toBe("passed")
    const before = await look(pdf, list("CA/QC", "withdrawn", "2026-01-01T00:00:00Z", past))
    expect(inShort(before)).toContain("chain.service-not-granted")
    const late = await look(pdf, list("CA/QC", "granted", "2026-01-10T00:00:00Z"))
    expect(inShort(late)).toContain("chain.service-not-granted")
  })

  test("of timestamps carries no signer", async () => {
    const report = await look(signed(agreement(), byJane()), list("TSA/QTST", "granted", "2020-01-01T00:00:00Z"))
    expect(inShort(report)).toBe("indeterminate | indeterminate(not-on-list) later none[]")
  })

  test("that should have been renewed says so", async () => {
    const report = await look(
      signed(agreement(), byJane()),
      list("CA/QC", "granted", "2020-01-01T00:00:00Z"),
      "2026-09-01T00:00:00.000Z",
    )
    expect(report.notes).toContainEqual({ says: "signatures.note.list-old", params: { day: "2026-07-20" } })
  })

  test("the signer's own certificate may stand on it", async () => {
    expect((await look(signed(agreement(), byJane()), Buffer.from(pemOf(cast().jane)))).overall).toBe("passed")
  })
})
