import { readFileSync, writeFileSync } from "node:fs"
import { say } from "@/components/words/catalogue"
import { verifierText } from "@/domain/audit/note"
import { readLog, type LogLine, type LogPage } from "@/usecases/audit/read-log"
import { signHead } from "@/usecases/log/checkpoint"
import { breakKeys, knownKeys, readKey } from "@/usecases/log/keys"
import { proveEvent, proveGrowth } from "@/usecases/log/prove"
import { verifyLog } from "@/usecases/log/verify"
import { OPERATOR, type Scene } from "@/usecases/scene"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace, followingKey, NO_KEY, signerOf, type Place } from "./wiring"

/**
 * `log [--record ID] [--limit N]`: `[{index, at, actor, act, recordKind, recordId, leafHash}]`, oldest first.
 * `log checkpoint [--out FILE]`: signs the head where it moved, and prints the note with the key that verifies it.
 * `log prove INDEX [--out FILE]`: the proof that the entry stands in the newest checkpoint, as a tlog-proof file.
 * `log prove --since SIZE`: the proof that the log of that size is the beginning of the newest checkpoint's.
 * `log key new`: makes the key that is to follow beside the one that signs, and prints what of it is public, to be proposed.
 * `log key lost`: the key that signed is lost: the log goes on with the one named here, and says that the chain of keys is broken.
 * `log verify [--checkpoint FILE] [--key KEY]`: reads everything; exit 0 only where the log is whole.
 */
export async function log(call: Call): Promise<void | number> {
  const [part] = call.words
  const parts: Record<string, (call: Call, scene: Scene, place: Place) => Promise<void | number>> = {
    checkpoint,
    prove,
    verify,
    key,
  }
  const run = part === undefined ? list : parts[part]
  if (!run)
    throw new Refused(`There is no "log ${part}": the parts are checkpoint, prove, verify, key; without one it lists.`)
  const place = findPlace(call.options.sample ? "sample" : "main")
  const { scene, close } = await commandScene(place)
  try {
    return await run(call, scene, place)
  } finally {
    await close()
    place.leave()
  }
}

async function checkpoint({ options, json }: Call, scene: Scene, place: Place): Promise<void> {
  const signer = await signerOf(scene.db, place.keys)
  if (!signer) throw new Refused(NO_KEY)
  const { size, note, at } = must(await signHead(scene, signer))
  const key = verifierText(signer.verifier)
  if (options.out) writeFileSync(options.out, note)
  print(
    json,
    { size, at, note, key },
    options.out ? `${size} entries signed: ${options.out}\nKey: ${key}` : `${note}\nKey: ${key}`,
  )
}

async function key({ words, json }: Call, scene: Scene, place: Place): Promise<void> {
  const [, what] = words
  if (what !== "new" && what !== "lost")
    throw new Refused(
      "Say log key new, to make the key that is to follow; or log key lost, where the one that signed is gone.",
    )
  const signer = await signerOf(scene.db, place.keys)
  if (!signer) throw new Refused(NO_KEY)
  if (what === "lost") {
    const { id } = must(await breakKeys(scene, signer))
    return print(
      json,
      { id, key: verifierText(signer.verifier) },
      `The log goes on with key ${id}, for which no key signed. The entry says so, and DPOs and administrators are told.\nKey: ${verifierText(signer.verifier)}`,
    )
  }
  // Whoever made it could read it: a secret of the machine is for whoever runs that, whatever else they may do in the register.
  if (scene.actor !== OPERATOR)
    throw new Refused("The key is made by whoever runs this machine: take ONWARD_TOKEN away and run it once more.")
  const { at, secret, verifier } = await followingKey(scene.db, place.keys)
  const printed = verifierText(verifier)
  print(
    json,
    { key: printed, ...(at ? { at } : { secret }) },
    (at
      ? `Made, readable by its owner alone: ${at}`
      : `Name it in ONWARD_LOG_KEY_NEXT at every instance, and keep it nowhere else:\n${secret}`) +
      `\nAn administrator proposes this at /audit/keys, and a DPO confirms it:\n${printed}`,
  )
}

async function prove({ words, options, json }: Call, scene: Scene): Promise<void> {
  if (options.since !== undefined) {
    const found = must(await proveGrowth(scene, { older: whole(options.since, "--since"), newer: null }))
    return print(json, found, found.proof.join("\n"))
  }
  const found = must(await proveEvent(scene, { index: whole(words[1], "The entry's number"), newest: true }))
  if (options.out) writeFileSync(options.out, found.file)
  print(json, found, options.out ? `Entry ${found.index} of ${found.size}: ${options.out}` : found.file)
}

async function verify({ options, json }: Call, scene: Scene): Promise<number> {
  const older = options.checkpoint === undefined ? null : readFileSync(options.checkpoint, "utf8")
  const named = options.key === undefined ? null : readKey(options.key)
  if (options.key !== undefined && !named)
    throw new Refused("--key is no key: give the line that log checkpoint prints behind Key.")
  const verdict = await verifyLog(scene.db, older, named && [named])
  const keys = (await knownKeys(scene.db)).map(verifierText)
  const brought =
    older === null
      ? "no checkpoint was brought along: only one from outside this machine shows a rewriting"
      : "held against the checkpoint"
  const faults = verdict.faults.map(({ says, params }) => ({
    says: say(says, params),
    kind: says.replace("log.fault.", ""),
    params,
  }))
  const breaks = verdict.breaks.map(
    (one) => `\nNo key signed for key ${one.id} (entry ${one.index}): the chain of keys is broken there.`,
  )
  print(
    json,
    { ...verdict, faults, keys, brought: older !== null },
    verdict.whole
      ? `Whole: ${verdict.size} entries, ${verdict.checkpoints} checkpoints; ${brought}.\nRoot ${verdict.root}\n${keys.map((key) => `Key ${key}`).join("\n")}${breaks.join("")}`
      : `Not whole: ${verdict.size} entries.\n${faults.map((one) => one.says).join("\n")}`,
  )
  return verdict.whole ? 0 : 1
}

function whole(text: string | undefined, what: string): number {
  if (text === undefined || !/^(0|[1-9]\d{0,14})$/.test(text))
    throw new Refused(`${what} is "${text ?? ""}": give a whole number from 0.`)
  return Number(text)
}

async function list({ options, json }: Call, scene: Scene): Promise<void> {
  if (options.limit !== undefined && !/^[1-9]\d{0,8}$/.test(options.limit))
    throw new Refused(`--limit is "${options.limit}": give a number from 1.`)
  const limit = options.limit ? Number(options.limit) : Number.POSITIVE_INFINITY
  const lines: LogLine[] = []
  for (let before: number | null = null; lines.length < limit;) {
    const page: LogPage = must(await readLog(scene, { before, object: options.record ?? "", size: 200 }))
    lines.push(...page.lines)
    before = page.next
    if (before === null) break
  }
  const out = lines
    .slice(0, limit)
    .reverse()
    .map((line) => ({
      index: line.index,
      at: line.at,
      actor: line.actorId,
      act: line.act,
      recordKind: line.objects[0]?.type ?? null,
      recordId: line.objects[0]?.id ?? null,
      leafHash: line.hash,
    }))
  print(
    json,
    out,
    out.map((line) => `${line.index}\t${line.at}\t${line.actor}\t${line.act}\t${line.recordId ?? ""}`).join("\n"),
  )
}
