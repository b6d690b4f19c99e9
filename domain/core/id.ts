/** The prefix of every kind of id. An id is prefix, underscore, and a UUIDv7 in 26 base32 letters. */
export const ID_PREFIX = {
  entity: "ent",
  party: "pty",
  sharing: "shr",
  agreement: "agr",
  assessment: "asm",
  consent: "con",
  notice: "ntc",
  demand: "dmd",
  chain: "chn",
  pack: "pck",
  request: "req",
  person: "psn",
  grant: "grt",
  file: "fil",
  import: "imp",
  reconciliation: "rcn",
  session: "ses",
  token: "tok",
  link: "lnk",
  comment: "cmt",
  decision: "dec",
  condition: "cnd",
  view: "viw",
  seat: "sea",
  take: "tak",
  announcement: "ann",
  answer: "ans",
  scenario: "scn",
  run: "run",
  absence: "abs",
  delegation: "dlg",
  together: "tgt",
  intake: "itk",
  supplierLink: "slk",
  campaign: "cmp",
  letter: "ltr",
  witness: "wit",
  trustList: "tls",
  folder: "fld",
  redaction: "rdc",
  template: "tpl",
  paper: "ppr",
  export: "exp",
  question: "qst",
  reply: "rpl",
  keyTurn: "ktn",
  erasure: "ers",
  hold: "hld",
  inquiry: "inq",
} as const

export type IdKind = keyof typeof ID_PREFIX

/** An id of one kind. It sorts by the millisecond of its making. */
export type Id<K extends IdKind = IdKind> = string & { readonly __id: K }

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"

/** Makes an id from the clock's milliseconds and ten random bytes (RFC 9562, version 7). */
export function makeId<K extends IdKind>(kind: K, millis: number, random: Uint8Array): Id<K> {
  if (random.length < 10) throw new Error("an id needs ten random bytes")
  let bits = BigInt(Math.trunc(millis)) & 0xffffffffffffn
  const rand = random.subarray(0, 10).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const randA = rand >> 68n
  const randB = rand & ((1n << 62n) - 1n)
  bits = (bits << 4n) | 0x7n
  bits = (bits << 12n) | randA
  bits = (bits << 2n) | 0x2n
  bits = (bits << 62n) | randB
  let text = ""
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += LETTERS[Number((bits >> shift) & 31n)]
  return `${ID_PREFIX[kind]}_${text}` as Id<K>
}

/** Whether the text has the form of an id of that kind. */
export function isId<K extends IdKind>(kind: K, text: unknown): text is Id<K> {
  return typeof text === "string" && new RegExp(`^${ID_PREFIX[kind]}_[0-7][${LETTERS}]{25}$`).test(text)
}
