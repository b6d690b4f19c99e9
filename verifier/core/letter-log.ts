/** The letter against the log: who kept it, answered and released it, and that its words are those that were committed to. */
import { isSame, hex, unbase64, utf8 } from "./bytes"
import { canonical, countOf, listOf, membersOf, wordOf, wordsOf, type Json, type Members } from "./json"
import type { Log } from "./log"
import { LETTER, LETTER_ENTRIES, type Letter } from "./letter"
import { linesOf, memberLine, type Package, type Pause } from "./open"
import type { Findings } from "./report"
import { hmac } from "./sha256"
import { leafOf } from "./tree"

/** The entries about the letter are those that the log holds at their places, and say what the letter says. */
export async function letterLogHolds(
  on: Package,
  log: Log,
  letter: Letter,
  found: Findings,
  pause: Pause,
): Promise<void> {
  const before = found.count
  const entries = await entriesOf(on, log, found, pause)
  const wanted = new Set([letter.keptIndex, ...letter.answers.map((one) => one.index), letter.releaseIndex])
  for (const index of wanted) if (!entries.has(index)) found.fault(LETTER_ENTRIES, `entry ${index} is missing`)
  for (const index of entries.keys())
    if (!wanted.has(index)) found.fault(LETTER_ENTRIES, `entry ${index} is not one that the letter names`)
  const committed = new Map(letter.committed.map((one) => [one.path, one.commitment]))
  wordsHold(on, letter, found)
  keptHolds(letter, entries.get(letter.keptIndex), committed, found)
  const answered = letter.answers.map((_one, i) => answerHolds(letter, i, entries, committed, found))
  const release = entries.get(letter.releaseIndex)
  if (release && (!isAbout(release, "inquiry.release", letter) || wordOf(release.at) !== letter.releasedAt))
    found.fault(LETTER, `entry ${letter.releaseIndex} does not release it`)
  const by = wordOf(membersOf(release?.actor)?.id)
  if (release && (by === null || answered.includes(by)))
    found.fault(LETTER_ENTRIES, "whoever released the answers gave one of them")
  found.check("letter-log", `the letter, its answers and their release are entries of the log (${wanted.size})`, before)
}

async function entriesOf(on: Package, log: Log, found: Findings, pause: Pause): Promise<Map<number, Members>> {
  const entries = new Map<number, Members>()
  let [at, last] = [0, -1]
  for await (const line of linesOf(on, LETTER_ENTRIES, found, pause)) {
    at += 1
    const entry = memberLine(LETTER_ENTRIES, line, at, found)
    const index = countOf(entry?.index)
    if (!entry) continue
    const leaf = index === null ? null : log.leaves.subarray(index * 32, index * 32 + 32)
    if (index === null || index <= last || leaf?.length !== 32 || !isSame(leafOf(utf8(line)), leaf)) {
      found.fault(LETTER_ENTRIES, `line ${at} is not the entry that the log holds at its place`)
      continue
    }
    last = index
    entries.set(index, entry)
  }
  return entries
}

const isAbout = (entry: Members, act: string, { id }: Letter): boolean =>
  entry.act === act && wordOf(membersOf((listOf(entry.objects) ?? [])[0])?.id) === id

const committedTo = (value: Json | undefined): string | null => wordOf(membersOf(value)?.$c)

function keptHolds(
  letter: Letter,
  entry: Members | undefined,
  committed: ReadonlyMap<string, string>,
  found: Findings,
): void {
  if (!entry) return
  const after = membersOf(entry.after)
  const about = (listOf(entry.objects) ?? []).slice(1).map((one) => wordOf(membersOf(one)?.id) ?? "")
  const asked = (listOf(after?.questions) ?? []).map(committedTo)
  const same =
    isAbout(entry, "inquiry.make", letter) &&
    after?.received === letter.receivedOn &&
    after.due === letter.dueOn &&
    after.instant === letter.asOf &&
    about.sort().join() === [...letter.entities].sort().join() &&
    committedTo(after.authority) === committed.get("authority") &&
    asked.length === letter.answers.length &&
    asked.every((one, i) => one !== null && one === committed.get(`answers.${i}.question`))
  if (!same) found.fault(LETTER, `it is not the letter that entry ${letter.keptIndex} kept`)
}

/** Who gave the answer. */
function answerHolds(
  letter: Letter,
  place: number,
  entries: ReadonlyMap<number, Members>,
  committed: ReadonlyMap<string, string>,
  found: Findings,
): string | null {
  const one = letter.answers[place]
  const entry = one && entries.get(one.index)
  if (!one || !entry) return null
  const after = membersOf(entry.after)
  const files = wordsOf(after?.files) ?? []
  const same =
    isAbout(entry, "inquiry.answer", letter) &&
    one.index > letter.keptIndex &&
    one.index < letter.releaseIndex &&
    after?.question === place &&
    committedTo(after.prose) === committed.get(`answers.${place}.answer`) &&
    canonical(after.query ?? null) === canonical(one.query) &&
    one.files.every((file) => files.includes(file.id))
  if (!same) found.fault(LETTER, `answer ${place + 1} is not the one that entry ${one.index} gave`)
  return wordOf(membersOf(entry.actor)?.id)
}

/** Each text is the one that was committed to, or was erased by name. */
function wordsHold(on: Package, letter: Letter, found: Findings): void {
  const said = new Map<string, string | null>([["authority", letter.authority]])
  for (const [i, { question, answer }] of letter.answers.entries())
    said.set(`answers.${i}.question`, question).set(`answers.${i}.answer`, answer)
  const erased = new Set(on.manifest.erasures.map((one) => one.commitment))
  const seen = new Set<string>()
  for (const { path, commitment, salt } of letter.committed) {
    const value = said.get(path)
    const key = salt === null ? null : unbase64(salt)
    seen.add(path)
    const holds =
      value === null
        ? salt === null && erased.has(commitment)
        : value !== undefined && key?.length === 32 && hex(hmac(key, utf8(canonical(value)))) === commitment
    if (!holds) found.fault(LETTER, `${path} is neither what was committed to nor erased`)
  }
  for (const path of said.keys()) if (!seen.has(path)) found.fault(LETTER, `${path} stands without its commitment`)
}
