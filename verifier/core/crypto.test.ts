import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { base64, hex, unbase64, unhex } from "./bytes"
import { ed25519Holds } from "./ed25519"
import { canonical, readCanonical } from "./json"
import { hmac, Sha256, sha256 } from "./sha256"
import { sha512 } from "./sha512"
import { isGrown, leafOf, Tree } from "./tree"

const bytesOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)

test("hashes are those that everybody makes, of any length and in any pieces", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), fc.uint8Array({ maxLength: 90 }), (bytes, cut, key) => {
      const pieces = new Sha256().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).digest()
      expect(hex(pieces)).toBe(createHash("sha256").update(bytes).digest("hex"))
      expect(hex(sha512(bytes))).toBe(createHash("sha512").update(bytes).digest("hex"))
      expect(hex(hmac(key, bytes))).toBe(createHmac("sha256", key).update(bytes).digest("hex"))
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"))
      expect(unbase64(base64(bytes))).toEqual(bytes)
    }),
    { numRuns: 150 },
  )
})

// RFC 8032, 7.1: tests 1, 2 and 3.
const RFC = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const

test.each(RFC)("the signature of RFC 8032 under %s holds, and no other does", (key, text, signature) => {
  const [k, t, s] = [key, text, signature].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array]
  expect(ed25519Holds(k, t, s)).toBe(true)
  for (const at of [0, 31, 32, 63]) {
    const other = Uint8Array.from(s)
    other[at] = (other[at] as number) ^ 1
    expect(ed25519Holds(k, t, other), String(at)).toBe(false)
  }
  expect(ed25519Holds(k, Uint8Array.from([...t, 0]), s)).toBe(false)
})

const L = (1n << 252n) + 27742317777372353535851937790883648493n

test("a signature has one form: its number below the order, key and nonce no points of small order, written in one way", () => {
  const [[key, , signature]] = RFC
  const raw = bytesOf(signature)
  const number = BigInt(`0x${hex(Uint8Array.from(raw.subarray(32)).reverse())}`) + L
  const high = bytesOf(number.toString(16).padStart(64, "0")).reverse()
  expect(ed25519Holds(bytesOf(key), new Uint8Array(0), Uint8Array.from([...raw.subarray(0, 32), ...high]))).toBe(false)
  const small = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    // The same points in a second way of writing.
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000080",
  ].map(bytesOf)
  // Under a key of small order the nonce alone, with the number 0, would hold for many texts.
  for (const a of small)
    for (const r of small)
      expect(ed25519Holds(a, new Uint8Array(1), Uint8Array.from([...r, ...new Uint8Array(32)]))).toBe(false)
  expect(ed25519Holds(new Uint8Array(31), new Uint8Array(0), raw)).toBe(false)
  expect(ed25519Holds(bytesOf(key), new Uint8Array(0), raw.subarray(1))).toBe(false)
})

test("whatever another library signs holds, and what it refuses is refused", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const key = publicKey.export({ format: "der", type: "spki" }).subarray(12)
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key])
  const theirs = createPublicKey({ key: spki, format: "der", type: "spki" })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(63), fc.nat(255), (text, at, byte) => {
      const signature = sign(null, text, privateKey)
      expect(ed25519Holds(key, text, signature)).toBe(true)
      signature[at] = byte
      expect(ed25519Holds(key, text, signature)).toBe(verify(null, text, theirs, signature))
    }),
    { numRuns: 12 },
  )
})

test("canonical JSON is one text for one value, and no other text is taken", () => {
  expect(readCanonical('{"a":1,"b":[null,true,"\u00e9"]}')).not.toBeNull()
  for (const wrong of [
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{"a": 1}',
    '{"a":1.5}',
    '{"a":1e2}',
    '{"a":-0}',
    '"\\u00e9"',
    '"\\ud800"',
    "",
    '{"a":1}\n',
    "9007199254740993",
  ])
    expect(readCanonical(wrong), wrong).toBeNull()
  expect(canonical({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  )
})

// The vectors that implementations of RFC 6962 share (certificate-transparency's merkletree).
const INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

test("the tree is that of RFC 6962, and grows by proofs that are shown and no others", () => {
  const tree = new Tree()
  const roots = [hex(tree.root())]
  for (const [i, input] of INPUTS.entries()) {
    tree.add(leafOf(bytesOf(input)))
    roots.push(hex(tree.root()))
    expect(roots[i + 1]).toBe(ROOTS[i])
  }
  const proofs: [number, number, string[]][] = [
    [1, 1, []],
    [
      1,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      6,
      8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
  ]
  for (const [older, newer, steps] of proofs) {
    const at = (size: number) => ({ size, root: bytesOf(roots[size] as string) })
    const proof = steps.map(bytesOf)
    expect(isGrown(at(older), at(newer), proof)).toBe(true)
    for (let i = 0; i < proof.length; i += 1) {
      expect(isGrown(at(older), at(newer), proof.toSpliced(i, 1))).toBe(false)
      expect(isGrown(at(older), at(newer), proof.toSpliced(i, 1, sha256(proof[i] as Uint8Array)))).toBe(false)
    }
    expect(isGrown(at(older), at(newer), [...proof, sha256(new Uint8Array(0))])).toBe(false)
  }
})
