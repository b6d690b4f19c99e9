import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { look, inShort, byJane, cast } from "./cast"
import { wholeFiles } from "./mutate"
import { agreement, AT, content, signed } from "./signed"
import { has, workshop } from "./tools"
import { append, type Layout } from "./writer"

const shop = workshop()
afterAll(() => shop.leave())
const TRAILER = { trailer: "/Root 1 0 R /Info 7 0 R" }
const NOW = () => new Date(Date.now() + 60_000).toISOString()

/** What openssl needs to be an authority and a signer. */
function openssl(): void {
  const must = (...args: string[]) => {
    const ran = shop.run("openssl", ...args)
    if (ran.code !== 0) throw new Error(ran.err)
  }
  const ca = "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign".split(" ")
  must(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "30",
    "-subj",
    "/CN=Outside Root/O=Outside",
    ...ca,
  )
  must("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "s.key", "-out", "s.csr", "-subj", "/CN=Outside Signer")
  shop.put("ext", "keyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection\n")
  must(
    "x509",
    "-req",
    "-in",
    "s.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-out",
    "s.pem",
    "-days",
    "20",
    "-extfile",
    "ext",
  )
}

const OPENSSL = has("openssl")
const POPPLER = OPENSSL && has("pdfsig") && has("certutil") && has("pk12util")
const QPDF = has("qpdf")

// What is not there is not tried, and `has` says so in a line that nobody overlooks.
if (OPENSSL)
  describe("signed by openssl over the bytes of ByteRange", () => {
    beforeAll(openssl)
    const sign =
      (...how: string[]) =>
      (pieces: Uint8Array[]) => {
        shop.put("data", Buffer.concat(pieces))
        const args = [
          "cms",
          "-sign",
          "-binary",
          "-in",
          "data",
          "-signer",
          "s.pem",
          "-inkey",
          "s.key",
          "-outform",
          "DER",
          "-out",
          "value",
          ...how,
        ]
        const ran = shop.run("openssl", ...args)
        if (ran.code !== 0) throw new Error(ran.err)
        return shop.get("value")
      }
    test.each([
      ["plain", [], "adbe.pkcs7.detached", null],
      ["CAdES", ["-cades"], "ETSI.CAdES.detached", "B-B"],
      ["PSS", ["-cades", "-keyopt", "rsa_padding_mode:pss"], "ETSI.CAdES.detached", "B-B"],
      ["SHA-512", ["-cades", "-md", "sha512"], "ETSI.CAdES.detached", "B-B"],
      ["without attributes", ["-noattr"], "adbe.pkcs7.detached", null],
      ["by key identifier", ["-keyid", "-cades"], "ETSI.CAdES.detached", "B-B"],
    ] as const)("%s: passed", async (_name, how, subFilter, level) => {
      const pdf = signed(agreement(), sign(...how), { subFilter })
      const report = await look(pdf, shop.get("ca.pem"), NOW())
      expect(inShort(report)).toBe("passed | passed() later none[]")
      expect(report.signatures[0]?.level).toBe(level)
      expect((await look(pdf, cast().pem, NOW())).overall).toBe("indeterminate")
      expect(
        (
          await look(
            Buffer.from(pdf.toString("latin1").replace("is 100", "is 900"), "latin1"),
            shop.get("ca.pem"),
            NOW(),
          )
        ).overall,
      ).toBe("failed")
    })

    test("the content inside it, not beside it: failed", async () => {
      const report = await look(
        signed(agreement(), sign("-nodetach"), { subFilter: "adbe.pkcs7.detached" }),
        shop.get("ca.pem"),
        NOW(),
      )
      expect(inShort(report)).toContain("carries-content")
    })

    test("a timestamp by openssl", async () => {
      const config = `[tsa]\ndefault_tsa=one\n[one]\nserial=tsaserial\ncrypto_device=builtin\nsigner_cert=t.pem\nsigner_key=t.key\ncerts=ca.pem\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\nsigner_digest=sha256\n`
      shop.put("tsa.cnf", config)
      shop.put("text", "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
      shop.put("tsaserial", "01\n")
      shop.run(
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "t.key",
        "-out",
        "t.csr",
        "-subj",
        "/CN=Outside Time",
      )
      shop.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        "t.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "t.pem",
        "-days",
        "20",
        "-extfile",
        "text",
      )
      const stamp = (pieces: Uint8Array[]) => {
        shop.put("data", Buffer.concat(pieces))
        shop.run("openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "q.tsq")
        const ran = shop.run(
          "openssl",
          "ts",
          "-reply",
          "-config",
          "tsa.cnf",
          "-section",
          "one",
          "-queryfile",
          "q.tsq",
          "-token_out",
          "-out",
          "token",
        )
        if (ran.code !== 0) throw new Error(ran.err)
        return shop.get("token")
      }
      const report = await look(signed(agreement(), stamp, { subFilter: "ETSI.RFC3161" }), shop.get("ca.pem"), NOW())
      expect(inShort(report)).toBe("unsigned | passed() later none[]")
      expect(report.signatures[0]?.time.proof).toBe("timestamp")
    })
  })

if (POPPLER)
  describe("signed by poppler with NSS", () => {
    beforeAll(() => {
      openssl()
      shop.run(
        "openssl",
        "pkcs12",
        "-export",
        "-in",
        "s.pem",
        "-inkey",
        "s.key",
        "-certfile",
        "ca.pem",
        "-out",
        "s.p12",
        "-name",
        "signer",
        "-passout",
        "pass:x",
      )
      shop.run("mkdir", "nss")
      shop.run("certutil", "-N", "-d", "sql:nss", "--empty-password")
      shop.run("pk12util", "-i", "s.p12", "-d", "sql:nss", "-W", "x", "-K", "")
      shop.run("certutil", "-M", "-d", "sql:nss", "-n", "Outside Root - Outside", "-t", "CT,C,C")
    })
    const sign = (from: string, to: string) => {
      const ran = shop.run("pdfsig", "-nssdir", `sql:${shop.folder}/nss`, "-nick", "signer", "-add-signature", from, to)
      // Poppler says at its end that NSS would not shut down, and has signed all the same.
      if (!/./.test(String(ran.code)) || shop.get(to).length === 0) throw new Error(ran.err)
      return shop.get(to)
    }
    const layouts: Layout[] = ["table", "stream", "packed"]
    test.each(layouts)(
      "a file of %s, once and twice: passed, and the second is allowed after the first",
      async (layout) => {
        shop.put("in.pdf", agreement([], layout))
        const once = sign("in.pdf", "once.pdf")
        expect(inShort(await look(once, shop.get("ca.pem"), NOW()))).toBe("passed | passed() later none[]")
        sign("once.pdf", "twice.pdf")
        const twice = await look(shop.get("twice.pdf"), shop.get("ca.pem"), NOW())
        expect(inShort(twice)).toMatch(
          /^passed \| passed\(\) later allowed\[.*signature-added.*\] \| passed\(\) later none\[\]$/,
        )
        const over = append(once, [{ num: AT.content, body: content("999") }], TRAILER)
        expect((await look(over, shop.get("ca.pem"), NOW())).overall).toBe("altered")
      },
    )

    test("what we sign, poppler signs after: ours stays whole", async () => {
      shop.put("ours.pdf", signed(agreement(), byJane()))
      const both = sign("ours.pdf", "both.pdf")
      expect(inShort(await look(both, null, NOW()))).toMatch(
        /^intact-untrusted \| indeterminate\(no-list\) later allowed/,
      )
    })

    if (QPDF)
      test.each([["--linearize"], ["--object-streams=generate"], ["--qdf"]])(
        "a file that qpdf wrote with %s",
        async (how) => {
          shop.put("in.pdf", agreement())
          shop.run("qpdf", how, "in.pdf", "qpdf.pdf")
          expect(inShort(await look(sign("qpdf.pdf", "signed.pdf"), shop.get("ca.pem"), NOW()))).toBe(
            "passed | passed() later none[]",
          )
        },
      )

    if (QPDF)
      test("a signed file that qpdf rewrote holds no more", async () => {
        shop.put("ours.pdf", signed(agreement(), byJane()))
        for (const how of ["--linearize", "--object-streams=generate", "--qdf"]) {
          shop.run("qpdf", how, "ours.pdf", "rewritten.pdf")
          expect((await look(shop.get("rewritten.pdf"), cast().pem)).overall).toBe("failed")
        }
      })

    test("poppler says of our files what we say", async () => {
      for (const { pdf, name } of wholeFiles()) {
        shop.put("ours.pdf", pdf)
        const { out } = shop.run("pdfsig", "-nocert", "ours.pdf")
        const said = out.match(/Signature Validation: [^\n]+/g) ?? []
        // This poppler reads no document timestamps.
        const signatures = (await look(pdf)).signatures.filter((one) => one.kind === "signature")
        expect(said.filter((one) => one.includes("Signature is Valid")).length, `${name}: ${out}`).toBe(
          signatures.length,
        )
        expect(signatures.every((one) => one.integrity === "intact")).toBe(true)
      }
      for (const change of ["is 900", "is 101"]) {
        shop.put(
          "ours.pdf",
          Buffer.from(signed(agreement(), byJane()).toString("latin1").replace("is 100", change), "latin1"),
        )
        expect(shop.run("pdfsig", "-nocert", "ours.pdf").out).toContain("Digest Mismatch")
      }
    })
  })

test("outside tools are named that were tried", () => {
  expect([OPENSSL, POPPLER, QPDF].every((one) => typeof one === "boolean")).toBe(true)
})
