import { randomBytes } from "node:crypto"
import { basename } from "node:path"
import { z } from "zod"
import { ed25519Holds, sha256 } from "@/adapters/log-key/signer"
import { lastCheckpoint } from "@/db/statements/tree"
import { insertDisclosures } from "@/db/statements/versions"
import {
  cosignatures,
  insertCosignature,
  insertWitness,
  insertWitnessEnd,
  isKnownAddress,
  witnessRows,
  type CosignatureRow,
  type WitnessRow,
} from "@/db/statements/witnesses"
import type { Tx } from "@/db/connect"
import { base64, readNote, readVerifier, signaturesOf, unhex, type Verifier } from "@/domain/audit/note"
import { good, refuse } from "@/domain/core/outcome"
import { fromMillis } from "@/domain/core/instant"
import { webhookOf } from "@/domain/outbound/address"
import { mayAct } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { look } from "@/usecases/look"
import { newId, OPERATOR, type Scene } from "@/usecases/scene"

const MOST_WITNESSES = 20

/** Of mail; or of the web, where webhookOf left one. */
const ADDRESS = /^([^\s\p{C}@<>"',;]+@[^\s\p{C}@<>"',;]+\.[^\s\p{C}@<>"',;]+|https:\/\/.+)$/u

const naming = z.strictObject({
  name: z
    .string()
    .max(200)
    .refine((said) => said.trim() !== "", "invalid.required")
    .refine((said) => !/\p{C}/u.test(said), "invalid.value"),
  address: z
    .string()
    .max(254)
    .transform((said) => said.trim())
    .transform((said) => (/^https:/i.test(said) ? (webhookOf(said) ?? "") : said))
    .pipe(z.string().regex(ADDRESS, "witness.no-address")),
  /** The key by which they sign what they saw, as it is printed; empty: they only keep it. */
  key: z.string().max(400).default(""),
})
type Naming = z.output<typeof naming>

/**
 * Names somebody outside who is sent the log's checkpoints from now on: whoever runs this machine cannot call them back. A
 * DPO names them, for it is not the administrators' to choose who watches them.
 */
export const nameWitness = act<Naming, { standing: WitnessRow[] }, { id: string }>({
  name: "log.witness.name",
  input: naming as unknown as z.ZodType<Naming>,
  load: async (tx) => ({ standing: standing(await witnessRows(tx)) }),
  may: (_actor, loaded, asked) => {
    const { key } = asked
    if (loaded.standing.length >= MOST_WITNESSES)
      return refuse("conflict", "witness.too-many", { params: { n: MOST_WITNESSES } })
    if (loaded.standing.some((one) => isSame(one, asked))) return field("address", "witness.twice")
    return key.trim() === "" || readVerifier(sha256, key) ? good({}) : field("key", "witness.no-key")
  },
  run: async (_tx, { input, actor, scene }) => {
    const id = newId(scene, "witness")
    const [name, address] = [commitText(input.name.trim(), id), commitText(input.address, id)]
    const key = input.key.trim() || null
    const secret = input.address.startsWith("https:") ? randomBytes(32).toString("base64url") : null
    return done({
      value: { id: id as string },
      events: [
        {
          act: "log.witness.name",
          objects: [{ type: "witness", id }],
          after: { name: { $c: name.commitment }, address: { $c: address.commitment }, key },
        },
      ],
      write: async (tx, place) => {
        // Under the log's lock: two who name the same at once name them once.
        if (standing(await witnessRows(tx)).some((one) => isSame(one, input)))
          return refuse("conflict", "witness.twice")
        await insertDisclosures(tx, [name, address])
        await insertWitness(tx, {
          ...{ id, name: name.commitment, address: address.commitment, key },
          secret: secret && scene.files.secrets.seal(secret, id),
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

/** How the address of a folder begins, apart from mails and the web. */
const FOLDER = "folder:"

/**
 * Names a folder that whoever runs the machine mounted from elsewhere, once: who reads the witnesses sees that it is one, and where. A
 * DPO ends it like any other, and then it stays ended.
 */
const nameFolder = act<{ path: string }, { known: boolean }, object>({
  name: "log.witness.folder",
  input: z.strictObject({ path: z.string().min(1).max(1000) }),
  load: async (tx, { path }) => ({ known: await isKnownAddress(tx, `${FOLDER}${path}`) }),
  may: (_actor, { known }) => (known ? refuse("conflict", "witness.twice") : good({})),
  run: async (_tx, { input: { path }, actor, scene }) => {
    const id = newId(scene, "witness")
    const [name, address] = [commitText(basename(path) || path, id), commitText(`${FOLDER}${path}`, id)]
    return done({
      value: {},
      events: [
        {
          act: "log.witness.folder",
          objects: [{ type: "witness", id }],
          after: { name: { $c: name.commitment }, address: { $c: address.commitment } },
        },
      ],
      write: async (tx, place) => {
        if (await isKnownAddress(tx, `${FOLDER}${path}`)) return refuse("conflict", "witness.twice")
        await insertDisclosures(tx, [name, address])
        await insertWitness(tx, {
          ...{ id, name: name.commitment, address: address.commitment, key: null, secret: null },
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

/** The folders of this machine as addresses; those that are new are named first. */
export async function witnessFolders(scene: Scene, paths: readonly string[]): Promise<string[]> {
  for (const path of paths)
    if (!(await isKnownAddress(scene.db, `${FOLDER}${path}`))) await nameFolder({ ...scene, actor: OPERATOR }, { path })
  return paths.map((path) => `${FOLDER}${path}`)
}

/** What sendings to that witness are signed with, opened; null: there is none, or its key is not here. Of early ones it stands as it is. */
export function secretOf(scene: Scene, one: { id: string; secret: string | null }): string | null {
  if (one.secret === null || /^[A-Za-z0-9_-]{43}$/.test(one.secret)) return one.secret
  return scene.files.secrets.open(one.secret, one.id)
}

/** The path in a folder's address; null: it is none of a folder. */
export function folderOf(address: string): string | null {
  return address.startsWith(FOLDER) ? address.slice(FOLDER.length) : null
}

const standing = (all: readonly WitnessRow[]): WitnessRow[] => all.filter((one) => one.endedAt === null)

function isSame(one: WitnessRow, { address }: Naming): boolean {
  return one.address?.toLowerCase() === address.toLowerCase()
}

function field(path: string, says: string) {
  return refuse("invalid", says, { fields: [{ path, says }] })
}

/** From now on somebody is sent nothing any more; what they have they keep. */
export const endWitness = act<{ id: string }, WitnessRow, object>({
  name: "log.witness.end",
  input: z.strictObject({ id: idOf("witness") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, { id }) => (await witnessRows(tx)).find((one) => one.id === id) ?? null,
  may: (_actor, { endedAt }) => (endedAt === null ? good({}) : refuse("conflict", "witness.ended")),
  run: async (_tx, { input: { id }, actor }) =>
    done({
      value: {},
      events: [{ act: "log.witness.end", objects: [{ type: "witness", id }] }],
      write: async (tx, place) => {
        const at = { at: place.at, logIndex: place.indexOf(0) }
        if (!(await insertWitnessEnd(tx, { witnessId: id, byPerson: actor.id, ...at })))
          return refuse("conflict", "witness.ended")
      },
    }),
})

type Brought = { size: number; found: Omit<CosignatureRow, "at">[] }

/**
 * Brings back a checkpoint of ours that a witness signed. Only signatures by keys of named witnesses are kept, under the very
 * checkpoint that we signed: another text under our size would be a log that was forked.
 */
export const bringCheckpoint = act<
  { note: string },
  Brought | "none" | "forked" | "unknown",
  { size: number; kept: number }
>({
  name: "log.cosign",
  input: z.strictObject({ note: z.string().max(16_384) }),
  load: (tx, { note }) => broughtBack(tx, note),
  may: (_actor, found) => {
    if (found === "none") return field("note", "witness.no-checkpoint")
    if (found === "unknown") return field("note", "witness.not-ours")
    if (found === "forked") return refuse("conflict", "witness.forked")
    return found.found.length > 0 ? good({}) : field("note", "witness.nobody-signed")
  },
  run: async (_tx, { loaded, actor }) => {
    if (typeof loaded === "string") throw new Error(loaded)
    const { size, found } = loaded
    return done({
      value: { size, kept: found.length },
      events: [
        {
          act: "log.cosign",
          objects: [],
          after: { size, by: found.map(({ name, keyId, signature }) => ({ name, key: keyId, signature })) },
        },
      ],
      write: async (tx, place) => {
        let fresh = 0
        for (const one of found)
          if (await insertCosignature(tx, { ...one, at: place.at, byPerson: actor.id, logIndex: place.indexOf(0) }))
            fresh += 1
        if (fresh === 0) return refuse("conflict", "witness.known-already")
      },
    })
  },
})

async function broughtBack(tx: Tx, text: string): Promise<Brought | "none" | "forked" | "unknown"> {
  const note = readNote(text.replace(/\r\n/g, "\n").replace(/\n*$/, "\n"))
  const size = Number(note?.text.split("\n")[1] ?? "x")
  if (!note || !Number.isSafeInteger(size)) return "none"
  const ours = await lastCheckpoint(tx, size)
  if (!ours || ours.size !== size) return "unknown"
  if (readNote(ours.note)?.text !== note.text) return "forked"
  const keys = (await witnessRows(tx)).flatMap(({ key }) => (key ? [readVerifier(sha256, key)] : []))
  const known = new Map(
    keys.filter((one): one is Verifier => one !== null).map((one) => [`${one.name}+${one.id}`, one]),
  )
  const found = [...known.values()].flatMap((by) =>
    signaturesOf(note, by, ed25519Holds)
      .slice(0, 1)
      .map(({ line, seconds }) => ({
        ...{ size, name: by.name, keyId: by.id, signature: base64(Buffer.concat([unhex(line.id), line.signature])) },
        seenAt: seconds === null ? null : fromMillis(Math.min(seconds * 1000, 253_402_300_799_000)),
      })),
  )
  return { size, found }
}

/** `shut`: the key that their secret is sealed with is not here. */
export type ShownWitness = WitnessRow & { shut: boolean }
export type WitnessesPage = { witnesses: ShownWitness[]; cosigned: CosignatureRow[]; signed: number | null }

/** Who is and was sent checkpoints, what went out last, and what came back. */
export const listWitnesses = look<Record<string, never>, WitnessesPage>({
  name: "log.witness.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) =>
    good({
      // What sendings are signed with is for whoever names witnesses and hands it on, and for nobody else.
      witnesses: (await witnessRows(tx)).map((one) =>
        actor && mayAct("log.witness.name", actor).ok
          ? { ...one, shut: one.secret !== null && secretOf(scene, one) === null, secret: secretOf(scene, one) }
          : { ...one, shut: false, secret: null },
      ),
      cosigned: await cosignatures(tx, 50),
      signed: (await lastCheckpoint(tx))?.size ?? null,
    }),
})
