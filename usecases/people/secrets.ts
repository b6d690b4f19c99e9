import { createHash, randomBytes } from "node:crypto"
import { hash as argonHash, verify as argonVerify } from "@node-rs/argon2"

const PARAMETERS = { memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 }
/** At most four at once: each takes 46 MiB. */
const AT_ONCE = 4
let running = 0
const waiting: (() => void)[] = []

async function oneOfFour<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

/** argon2id with the parameters of the security handbook. */
export function hashPassword(password: string): Promise<string> {
  return oneOfFour(() => argonHash(password.normalize("NFKC"), PARAMETERS))
}

let decoy: Promise<string> | null = null

/** Whether the password fits. For an unknown account a decoy is verified, so that it takes as long. */
export async function fits(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"))
  const against = hash ?? (await decoy)
  const good = await oneOfFour(() => argonVerify(against, password.normalize("NFKC")))
  return hash !== null && good
}

/** A secret of 256 bits for a link, a session or a token, with the hash under which it is kept. */
export function makeSecret(prefix: string): { secret: string; hash: Buffer } {
  const secret = `${prefix}${randomBytes(32).toString("base64url")}`
  return { secret, hash: hashSecret(secret) }
}

/** The hash under which a secret is kept. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret, "utf8").digest()
}
