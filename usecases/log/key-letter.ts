import { z } from "zod"
import { logHead } from "@/db/statements/log"
import { lastCheckpoint, logKeys } from "@/db/statements/tree"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"

export type LetterKey = { id: string; print: string; at: Instant; index: number }
export type KeyLetter = {
  origin: string
  register: string
  now: Instant
  /** By which the log signed last; null where it never signed. */
  key: LetterKey | null
  /** Those before, the newest first. */
  before: LetterKey[]
  signed: { size: number; root: string; at: Instant } | null
}

/** What a letter says of the log's key, to be signed on paper before a visit: so that a package's key is known from elsewhere. */
export const readKeyLetter = look<object, KeyLetter>({
  name: "log.key.read",
  input: z.strictObject({}),
  run: async (tx, { scene }) => {
    const head = await logHead(tx)
    const keys = (await logKeys(tx)).map(({ id, key, at, logIndex }) => ({
      ...{ id, at, index: logIndex, print: (key.toString("hex").match(/.{4}/g) ?? []).join(" ") },
    }))
    const [key = null, ...before] = keys.reverse()
    const signed = await lastCheckpoint(tx)
    return good({
      ...{ origin: head.origin, register: head.register, now: scene.now, key, before },
      signed: signed && { size: signed.size, root: signed.root.toString("hex"), at: signed.at },
    })
  },
})
