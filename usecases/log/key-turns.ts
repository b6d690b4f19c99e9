import { z } from "zod"
import { holdKeys, insertKeyDecision, insertKeyTurn, keyTurnRows, type KeyTurnRow } from "@/db/statements/log-keys"
import { logHead } from "@/db/statements/log"
import type { Tx } from "@/db/connect"
import type { KeyLife } from "@/domain/audit/key-history"
import { verifierText } from "@/domain/audit/note"
import { good, refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { newId, type Actor } from "@/usecases/scene"
import { keyDeciders, keyHistory, readKey } from "./keys"

type Proposing = { waits: KeyTurnRow | null; lives: KeyLife[]; origin: string; deciders: string[] }

/**
 * An administrator proposes the key that is to follow. Its secret was made at the machine and never comes here: what is proposed is the
 * printed key, and it signs nothing before somebody outside administration confirmed it and the old key signed for it.
 */
export const proposeKey = act<{ printed: string }, Proposing, { id: string }>({
  name: "log.key.propose",
  input: z.strictObject({ printed: z.string().max(400) }),
  load: async (tx, _input, scene) => {
    await holdKeys(tx)
    const [last] = await keyTurnRows(tx)
    return {
      ...{ waits: last && last.verdict === null ? last : null, lives: await keyHistory(tx) },
      ...{ origin: (await logHead(tx)).origin, deciders: await keyDeciders(tx, scene.now) },
    }
  },
  may: (_actor, { waits, lives, origin }, { printed }) => {
    if (waits) return refuse("conflict", "conflict.key-waits")
    const key = readKey(printed)
    if (!key || key.witness) return field("printed", "witness.no-key")
    if (key.name !== origin) return field("printed", "invalid.key-other-log", { origin })
    if (lives.length === 0) return refuse("conflict", "log.not-signed-yet")
    return lives.some((one) => one.id === key.id) ? field("printed", "invalid.key-known") : good({})
  },
  run: async (_tx, { input, loaded: { lives, deciders }, actor, scene }) => {
    const id = newId(scene, "keyTurn")
    const key = readKey(input.printed)
    if (!key) throw new Error("no key")
    const printed = verifierText(key)
    return done({
      value: { id },
      events: [
        {
          act: "log.key.propose",
          objects: [{ type: "key-turn", id }],
          before: { keys: lives.filter((one) => one.until === null).map((one) => one.id) },
          after: { key: printed },
        },
      ],
      tell: [{ kind: "log", to: deciders, clause: key.id, what: "waits" }],
      write: (tx, place) =>
        insertKeyTurn(tx, { id, printed, byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) }),
    })
  },
})

type Decide = { id: string; verdict: "approve" | "refuse" }

/** A DPO confirms or refuses the key that waits, and never whoever proposed it. The old key signs for it within the minute. */
export const decideKey = act<Decide, KeyTurnRow, { id: string }>({
  name: "log.key.decide",
  input: z.strictObject({
    id: idOf("keyTurn"),
    verdict: z.enum(["approve", "refuse"]),
  }) as unknown as z.ZodType<Decide>,
  load: (tx, { id }) => turnOf(tx, id),
  may: (actor, { byPerson, verdict }) => {
    if (byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-key")
    return verdict === null ? good({}) : refuse("conflict", "conflict.key-decided")
  },
  run: async (_tx, { input: { verdict }, loaded, actor }) =>
    decided(loaded, actor, "log.key.decide", verdict === "approve" ? "approved" : "refused"),
})

/** Whoever proposed a key takes it back while nobody decided on it. */
export const takeKeyBack = act<{ id: string }, KeyTurnRow, { id: string }>({
  name: "log.key.propose",
  input: z.strictObject({ id: idOf("keyTurn") }) as unknown as z.ZodType<{ id: string }>,
  load: (tx, { id }) => turnOf(tx, id),
  may: (actor, { byPerson, verdict }) => {
    if (byPerson !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    return verdict === null ? good({}) : refuse("conflict", "conflict.key-decided")
  },
  run: async (_tx, { loaded, actor }) => decided(loaded, actor, "log.key.take-back", "withdrawn"),
})

async function turnOf(tx: Tx, id: string): Promise<KeyTurnRow | null> {
  await holdKeys(tx)
  return (await keyTurnRows(tx)).find((one) => one.id === id) ?? null
}

function decided(row: KeyTurnRow, actor: Actor, name: string, verdict: "approved" | "refused" | "withdrawn") {
  const key = readKey(row.printed)
  return done<{ id: string }>({
    value: { id: row.id },
    events: [{ act: name, objects: [{ type: "key-turn", id: row.id }], after: { key: row.printed, verdict } }],
    tell: verdict === "withdrawn" ? [] : [{ kind: "log", to: [row.byPerson], clause: key?.id ?? "", what: verdict }],
    write: (tx, place) =>
      insertKeyDecision(tx, {
        ...{ turnId: row.id, verdict, byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
      }),
  })
}

export type KeysPage = {
  lives: KeyLife[]
  turns: KeyTurnRow[]
  /** What waits, and what the reader may do about it. */
  waiting: { turn: KeyTurnRow; may: "decide" | "take-back" | null } | null
  /** Confirmed, and not handed over to yet: its secret lies at no machine that signs. */
  confirmed: KeyTurnRow | null
}

/** The keys by which the log signed, each with who signed for it, and what is proposed to follow. */
export const readKeys = look<Record<string, never>, KeysPage>({
  name: "log.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor }) => {
    const [lives, turns] = [await keyHistory(tx), await keyTurnRows(tx)]
    const turn = turns.find((one) => one.verdict === null) ?? null
    const decides = mayAct("log.key.decide", actor).ok
    const last = turns.find((one) => one.verdict === "approved") ?? null
    const handed = last !== null && lives.some((one) => one.id === readKey(last.printed)?.id)
    return good<KeysPage>({
      ...{ lives, turns },
      waiting: turn && { turn, may: turn.byPerson === actor.id ? "take-back" : decides ? "decide" : null },
      confirmed: handed ? null : last,
    })
  },
})

function field(path: string, says: string, params: Record<string, string> = {}) {
  return refuse("invalid", says, { params, fields: [{ path, says, params }] })
}
