/** The keys of a log, one after another: what the entries say of them, and whether each follows from one before it. */
import { isSame, unbase64, utf8 } from "./bytes"
import { ed25519Holds } from "./ed25519"
import { wordOf } from "./json"
import type { Log } from "./log"
import { keyLine, type Key } from "./note"
import type { NamedKey, Package } from "./open"
import type { Findings } from "./report"

const KEYS = "log/keys.json"

/** Whether `older` signed for `newer`: over its line as it is printed, and nothing around that. */
export function handsOver(older: Key, newer: NamedKey): boolean {
  const signature = unbase64(newer.signature ?? "")
  return newer.by === older.id && signature?.length === 64 && ed25519Holds(older.key, utf8(keyLine(newer)), signature)
}

/** The keys from the one that is known to one of those, each signed for by the one before it; null where they do not lead there. */
export function chainTo(keys: readonly NamedKey[], from: NamedKey, to: readonly Key[]): NamedKey[] | null {
  const ways: NamedKey[][] = [[from]]
  const seen = new Set([from])
  for (const way of ways) {
    const last = way[way.length - 1] as NamedKey
    if (to.some((one) => isSame(one.key, last.key))) return way
    for (const next of keys) {
      if (seen.has(next) || !handsOver(last, next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}

/** Each key is named by an entry of the log as it stands here, follows from one before it, and what was ended signs no more. */
export function keysHold(on: Package, log: Log, found: Findings): void {
  const before = found.count
  let later = 0
  const { keys, ended, complete } = log.replay
  const { asOf, logSize } = on.manifest
  for (const key of on.keys) {
    if (key.index === null || key.index < logSize) named(key, log, found)
    else later += 1
    const end = key.index === null ? undefined : ended.get(key.id)?.find((one) => one.index > (key.index ?? 0))
    if (end ? key.until !== end.at : key.until !== null && key.until <= asOf && complete)
      found.fault(KEYS, `the log does not say that the key ${key.id} ended as it stands here`)
    if (end) notSigning(on, key, found)
  }
  for (const [index, said] of keys)
    if (!on.keys.some((key) => key.index === index && key.id === said.after.id))
      found.fault(KEYS, `the key that entry ${index} names is missing`)
  following(on, found)
  if (later > 0)
    found.unchecked.push(
      `The log named further keys after the instant of this package (${later}): the entries that name them are not in it.`,
    )
  found.check("keys", `the keys are those that the log names (${on.keys.length})`, before)
}

function named(key: NamedKey, log: Log, found: Findings): void {
  const said = key.index === null ? undefined : log.replay.keys.get(key.index)
  if (!said && !log.replay.complete) return
  const coded = said && unbase64(wordOf(said.after.key) ?? "")
  const same =
    coded &&
    isSame(coded, key.key) &&
    said.at === key.from &&
    said.after.id === key.id &&
    said.after.name === key.name &&
    wordOf(said.after.by) === key.by &&
    wordOf(said.after.signature) === key.signature
  if (!same) found.fault(KEYS, `no entry of the log names the key ${key.id} as it stands here`)
}

/** What the log ended within the package may not be the only key under its checkpoint, nor under the package. */
function notSigning(on: Package, key: NamedKey, found: Findings): void {
  if (on.signers.length > 0 && on.signers.every((one) => isSame(one.key, key.key)))
    found.fault("manifest.note", `it is signed by the key ${key.id} alone, which the log ended before`)
  if (on.pointSigners.length > 0 && on.pointSigners.every((one) => isSame(one.key, key.key)))
    found.fault("log/checkpoint.txt", `it is signed by the key ${key.id} alone, which the log ended before`)
}

/** Where nobody signed for a key the chain is broken, which is told; a signature that does not hold is a fault. */
function following(on: Package, found: Findings): void {
  const order = [...on.keys].sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
  for (const [i, key] of order.entries()) {
    if (i === 0) continue
    if (key.by === null || key.signature === null)
      found.unchecked.push(
        `The chain of keys is broken at entry ${key.index ?? "?"}: no key before it signed for the key ${key.id}. Only a letter about that key says that it is the company's.`,
      )
    else if (!order.slice(0, i).some((older) => handsOver(older, key) && isLiving(older, key)))
      found.fault(KEYS, `that an older key signed for the key ${key.id} does not hold`)
  }
}

/** Whether the older one was not ended before the newer came. */
const isLiving = (older: NamedKey, newer: NamedKey): boolean =>
  older.until === null || newer.from === null || older.until >= newer.from
