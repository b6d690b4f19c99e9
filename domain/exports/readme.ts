import type { MainlandTold } from "./mainland"
import type { PackageScope } from "./scope"
import { scopeText } from "./scope-text"
import { WITHHELD } from "@/domain/records/withheld"

/** What a package is about. Same five: same bytes (product, invariant 7). */
export type About = {
  formatVersion: number
  origin: string
  register: string
  /** The instant as of which it was taken, UTC. */
  asOf: string
  /** How many leaves the log held at that instant, and their root (hex). */
  logSize: number
  logRoot: string
  scope: PackageScope
  /** The scope leaves nothing out, and whoever took it reads everything but what is counted as withheld. */
  whole: boolean
  erasures: { commitment: string; at: string; index: number }[]
  /** Packs of clauses known at the instant. */
  packs: { pack: string; version: string }[]
  /** Companies whose own rule changes who decides (foundation 19). */
  seatRules: { entity: string; dpoDecides: boolean; mergeSeats: boolean }[]
  /** Who took it, where they are bound to a scope: then the bytes are theirs. */
  watermark: { person: string; name: string; role: string } | null
  /** Companies in the Chinese mainland that are in it, to whom it goes and by which approval, or why it needs none; null where there are none. */
  mainland: MainlandTold | null
  /** The file of the letter that it answers. */
  questions: string | null
}

/** What a package holds, and what of it was withheld or left out. */
export type Held = {
  records: Record<string, number>
  redactions: { record: string; version: number; path: string | null; sha256: string; reason: string }[]
  withheld: { references: number; advice: number; entries: number; looks: number }
}

/** The README of a package, for somebody who has never seen the register. */
export function readmeOf(about: About, held: Held): string {
  const records = Object.values(held.records).reduce((sum, n) => sum + n, 0)
  return [whatItIs(about, held, records), WHERE, howToRead(held), checks(about), PROVES].join("\n")
}

function whatItIs(about: About, held: Held, records: number): string {
  const { watermark, questions } = about
  const { redactions, withheld } = held
  return `Register of recipients of personal data
${questions ? beginWith(questions) : ""}
WHAT THIS IS
  A company's own register of whom it gives personal data, why, on what ground, under which papers and to which
  countries, as it stood on ${about.asOf} (UTC), and the log that shows how it came to be so.
  Source             ${about.origin}${about.register === "sample" ? " (made-up sample data)" : ""}
  What of it         ${scopeText(about)}
  Records            ${records}
  Log                ${about.logSize} entries
  Left out by choice ${redactions.length} (redactions in manifest.json, each with its reason)
  Withheld           ${withheld.references} places where a record is named that whoever took this may not read: the word
                     "${WITHHELD}" stands there; ${withheld.advice} files that are legal advice; ${withheld.entries} entries of the log;
                     ${withheld.looks} looks of supervisors, which are sealed and have a list of their own
  Erased since       ${about.erasures.length} values, as law asked (erasures in manifest.json)
${watermark ? `  Taken by           ${watermark.name} (${watermark.role})\n` : ""}
  No account, no network and no program of the company is needed to read or to check it.
`
}

const beginWith = (file: string): string => `
BEGIN WITH ${file}
  The letter that this answers: each question with its answer, the records that it rests on with the entries of the log
  that put them in force, and its files. questions/letter.json is the same for machines, questions/entries.jsonl holds
  the entries about the letter itself. verify.html shows it first, and checks both.
`

const WHERE = `WHERE TO BEGIN
  report.pdf           to read and print: by company recipients, flows, gaps, findings, decisions
  workbook.xlsx        the columns that authorities' own templates ask for; its first sheet says what is not held
  verify.html          checks this package by itself: open it in a browser, without network, and drop the zip on it.
                       Better use one that you got elsewhere: whoever could alter the package could alter it as well

WHAT ELSE LIES HERE
  manifest.json        what this package is, and the SHA-256 and size of every other file
  manifest.note        the signature of the log's key over the manifest
  records/KIND.jsonl   the records, each line exactly as it was hashed; personal and free text stands as a commitment
  learnt.jsonl         when the register learnt each fact of a record: the version since which it stands, and the request
  disclosures.jsonl    those texts, each with its commitment and salt
  json/, csv/, schema/ the same records opened, for reading; as tables; and what each field may hold (JSON Schema)
  dpv.jsonld           the register in terms of the W3C Data Privacy Vocabulary (JSON-LD 1.1)
  findings.jsonl       what the rules of the register found missing or broken, as it stood on that day
  coverage.jsonl       on which days each flow had ground, papers and mechanism, and how it stood on that day
  requests.jsonl       the requests that put these records in force, with the hashes that were decided on
  decisions.json       who decided what, in which seat, when; people by their numbers, reasons not
  signatures.json      what was known of the signatures in the files of agreements
  files.json, files/   the files that records name: all by SHA-256, the bytes where they were asked for. "why" says why
                       one is not here: not-asked, held or infected (virus scanner), missing, damaged
  log/                 entries of the log, the hashes of all of them, signed checkpoint, keys, the package before
`

function howToRead({ withheld }: Held): string {
  return `HOW TO READ IT
  A record that stands as "approved" was put in force by a request that people decided. "discovered" was found running
  and has not been approved. "ended" no longer runs.
  An answer is known, not answered, "not known yet", or "does not apply". The four are never mixed up.
  Days are calendar days in the time zone of the company concerned, first and last day included. Instants are UTC.
  Records that are restricted to named persons are not here unless whoever took this is one of them.${withheld.references > 0 ? `\n  "${WITHHELD}" says neither which record it is nor whether it is the same one as elsewhere.` : ""}
  Comments are not here, nor legal advice.
`
}

/** Five checks by the tools of the system. Each command was tried on a package; they stand in one place, so that they are tried again. */
function checks({ logSize }: About): string {
  return `FIVE CHECKS WITH YOUR SYSTEM'S OWN TOOLS
  Linux, in an empty folder with this package as PACKAGE.zip. Each block is copied into a terminal as it is.

  1. The archive is whole. Compare the sum with the one you were told.
${CHECKS.archive}

  2. Every file is as the manifest says, and there is none that it does not name.
${CHECKS.manifest}

  3. The log's key signed this manifest. KEY is the key print from the letter that you got before it, 64 digits with or
     without blanks: a key that you know only from log/keys.json shows no more than that the package is of one piece.
     While one key follows another two signatures stand there: it is enough that one of them holds.
${CHECKS.signature}

  4. The entries of the log are those whose hashes stand in log/leaves.bin.
${CHECKS.entries}

  5. Those hashes give the root in the manifest (over ${logSize} of them) and in the signed checkpoint (over all).
${CHECKS.root}

  macOS: the same, with "shasum -a 256" for sha256sum and "base64 -D" for "base64 -d"; the system's own openssl cannot
  do check 3, one of version 3 can. python3 comes with the developer tools.
  Windows: Expand-Archive PACKAGE.zip unpacks, Get-FileHash gives the sum of a file. For 2, 4 and 5 put what stands
  between the lines with END into a file and run it with Python; openssl and sh for 3 come with Git for Windows.
`
}

/** The commands of the README. */
export const CHECKS = {
  archive: `unzip -tq PACKAGE.zip
sha256sum PACKAGE.zip
unzip -q PACKAGE.zip`,
  manifest: `python3 - <<'END'
import hashlib, json, os
said = {f["name"]: f["sha256"] for f in json.load(open("manifest.json"))["files"]}
there = {os.path.relpath(os.path.join(at, name)).replace(os.sep, "/") for at, _, names in os.walk(".") for name in names}
own = {"manifest.json", "manifest.note", "PACKAGE.zip"}
bad = [name for name in said if name not in there or hashlib.sha256(open(name, "rb").read()).hexdigest() != said[name]]
print("altered or missing:", bad or "none", "- not named:", sorted(there - set(said) - own) or "none")
END`,
  signature: `KEY='PUT-THE-KEY-HERE'
DIR=$(mktemp -d)
(printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; python3 -c "import sys; sys.stdout.buffer.write(bytes.fromhex('$KEY'))") > $DIR/key
sed '/^$/,$d' manifest.note > $DIR/text
sed '1,/^$/d' manifest.note | while read -r dash name coded; do
  printf %s "$coded" | base64 -d | tail -c 64 > $DIR/signature
  openssl pkeyutl -verify -pubin -keyform DER -inkey $DIR/key -rawin -in $DIR/text -sigfile $DIR/signature
done
test "$(tail -n 1 $DIR/text)" = "$(openssl dgst -sha256 -binary manifest.json | base64)" && echo "it is this manifest"`,
  entries: `python3 - <<'END'
import hashlib, json
leaves = open("log/leaves.bin", "rb").read()
bad = n = 0
for line in open("log/events.jsonl", "rb"):
    line, n = line.rstrip(b"\\n"), n + 1
    at = 32 * json.loads(line)["index"]
    bad += hashlib.sha256(b"\\0" + line).digest() != leaves[at:at + 32]
print(n, "entries,", bad, "of them altered")
END`,
  root: `python3 - <<'END'
import base64, hashlib, json
leaves = open("log/leaves.bin", "rb").read()
def root(n):
    trees = []
    for i in range(n):
        size, hash = 1, leaves[32 * i:32 * i + 32]
        while trees and trees[-1][0] == size:
            size, hash = 2 * size, hashlib.sha256(b"\\1" + trees.pop()[1] + hash).digest()
        trees.append((size, hash))
    hash = trees.pop()[1]
    while trees:
        hash = hashlib.sha256(b"\\1" + trees.pop()[1] + hash).digest()
    return hash
said = json.load(open("manifest.json"))
point = open("log/checkpoint.txt").read().split("\\n")
print("manifest:", root(said["logSize"]).hex() == said["logRoot"])
print("checkpoint:", base64.b64encode(root(int(point[1]))).decode() == point[2])
END`,
} as const

const PROVES = `WHAT IT PROVES, AND WHAT NOT
  Whoever holds the log's key and the database can write another history. Only a checkpoint from elsewhere tells the
  two apart: an older package, a mail to a witness, a letter. verify.html compares with an older package.
  The log shows that nothing was altered since it was recorded. It does not show that what was recorded is true, nor
  that it was lawful.
`
