import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import type { FileKey, FileKeys } from "./keys"

/** Seals short secrets that have to lie in the database, with a key that does not: neither it nor a backup tells them. */
export type Secrets = {
  /** Sealed with the current key. `of`: what it belongs to; sealed for one thing it opens for no other. */
  seal(text: string, of: string): string
  /** Null: its key is not here, or it was sealed for something else, or changed. */
  open(sealed: string, of: string): string | null
}

const CIPHER = "aes-256-gcm"
const [TAG, SALT] = [16, 32]
/** Kind, key, and the bytes. */
const SEALED = /^1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/

/** Each secret has a key of its own, derived from 32 random bytes, so that one nonce serves all. */
export function secretsOf(keys: FileKeys): Secrets {
  return {
    seal: (text, of) => {
      const [key, salt] = [keys.current(), randomBytes(SALT)]
      const cipher = createCipheriv(CIPHER, own(key, salt), Buffer.alloc(12)).setAAD(Buffer.from(of, "utf8"))
      const sealed = Buffer.concat([salt, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()])
      return `1.${key.id}.${sealed.toString("base64url")}`
    },
    open: (sealed, of) => {
      const [, id = "", coded = ""] = SEALED.exec(sealed) ?? []
      const [key, raw] = [keys.byId(id), Buffer.from(coded, "base64url")]
      if (!key || raw.length < SALT + TAG) return null
      const plain = createDecipheriv(CIPHER, own(key, raw.subarray(0, SALT)), Buffer.alloc(12), { authTagLength: TAG })
        .setAAD(Buffer.from(of, "utf8"))
        .setAuthTag(raw.subarray(-TAG))
      try {
        return Buffer.concat([plain.update(raw.subarray(SALT, -TAG)), plain.final()]).toString("utf8")
      } catch {
        return null
      }
    },
  }
}

function own(key: FileKey, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", key.bytes, salt, "onward secret 1", 32))
}
