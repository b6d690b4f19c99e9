import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign as signed,
  verify as holds,
  type KeyObject,
} from "node:crypto"
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { join } from "node:path"
import { keyId, readCheckpoint, readPackageText, readVerifier, type Verifier } from "@/domain/audit/note"

/** A key that signs for one log: a checkpoint which whoever calls has checked, the note of a package, or the key that is to follow. Throws at any other text. */
export type LogKey = { verifier: Verifier; sign: (text: string | Uint8Array) => Uint8Array }

/** Signs for one log, and remembers outside the database what it signed last. */
export type LogSigner = LogKey & {
  /** The key that is to follow, where one lies ready. */
  next: LogKey | null
  /** Puts the following key in the place of the one that was ended: its secret is gone then. */
  promote: () => void
  /** The note that was signed last; null before the first. */
  last: () => string | null
  /** Remembers the note, whole or not at all. */
  remember: (note: string) => void
}

/** SHA-256, for the tree and for the ids of keys. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest()
}

/** Whether an Ed25519 signature holds over the text; false for a key that is none. */
export function ed25519Holds(key: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  try {
    return holds(
      null,
      text,
      createPublicKey({ key: Buffer.concat([SPKI, key]), format: "der", type: "spki" }),
      signature,
    )
  } catch {
    return false
  }
}

// What stands before the 32 bytes of an Ed25519 key in SPKI and in PKCS #8 (RFC 8410).
const SPKI = Buffer.from("302a300506032b6570032100", "hex")
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex")

/**
 * The signer of the log of that origin, from what start says: the secret itself, or the file that holds it. Each log has
 * a key of its own (HKDF, RFC 5869): one secret serves the register and the sample company, and no log signs for another. The secret that is
 * to follow lies beside it (`log.key.next`), or in ONWARD_LOG_KEY_NEXT. Null where no key is named. Throws where what is named is no key.
 */
export function signerFrom(env: Record<string, string | undefined>, origin: string): LogSigner | null {
  const at = env.ONWARD_LOG_KEY_AT
  const said = env.ONWARD_LOG_KEY || (at ? readFileSync(at, "utf8").trim() : "")
  if (!said || !env.ONWARD_LOG_HEADS) return null
  const beside = !env.ONWARD_LOG_KEY && at ? nextKeyPath(at) : null
  const following = env.ONWARD_LOG_KEY_NEXT || (beside && existsSync(beside) ? readFileSync(beside, "utf8").trim() : "")
  const path = join(env.ONWARD_LOG_HEADS, `log-head-${origin.replace(/[^A-Za-z0-9-]/g, "_")}.note`)
  return {
    ...keyFrom(said, origin),
    next: following && following !== said ? keyFrom(following, origin) : null,
    promote: () => {
      // One rename: after a crash either the old one lies there or the new one, and never none.
      if (at && beside && existsSync(beside)) renameSync(beside, at)
    },
    last: () => (existsSync(path) ? readFileSync(path, "utf8") : null),
    remember: (note) => writeWhole(path, note),
  }
}

/** Where the secret lies that is to follow the one at `path`. */
export function nextKeyPath(path: string): string {
  return `${path}.next`
}

/** Of which log a text speaks that a key of the log may sign; null: of none. */
function originOf(text: string): string | null {
  return readCheckpoint(text)?.origin ?? readPackageText(text)?.origin ?? readVerifier(sha256, text)?.name ?? null
}

/** The key of one log that comes of a secret. Throws where the secret is none. */
export function keyFrom(said: string, origin: string): LogKey {
  if (!/^[A-Za-z0-9_-]{43}$/.test(said)) throw new Error("The key that signs the log is no key.")
  const seed = Buffer.from(hkdfSync("sha256", Buffer.from(said, "base64url"), origin, "onward log signing key", 32))
  const secret: KeyObject = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" })
  const key = createPublicKey(secret).export({ format: "der", type: "spki" }).subarray(SPKI.length)
  return {
    verifier: { name: origin, id: keyId(sha256, origin, key), key: Uint8Array.from(key) },
    sign: (text) => {
      const raw = Buffer.from(text as Uint8Array)
      if (originOf(raw.toString("utf8")) !== origin)
        throw new Error(
          "The log's key signs its checkpoints, its packages and the key that is to follow, and nothing else.",
        )
      return Uint8Array.from(signed(null, raw, secret))
    },
  }
}

function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`
  const handle = openSync(beside, "w", 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, path)
}
