import { tmpdir } from "node:os"
import { signerFrom, type LogSigner } from "@/adapters/log-key/signer"
import type { Db } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { exportRegister, type Exported } from "@/usecases/exports/export-register"
import type { Scene } from "@/usecases/scene"
import type { Outcome } from "@/domain/core/outcome"

const signers = new WeakMap<Db, LogSigner>()

/** The signer of a test's log: its key is known to everybody, and what it signed last lies in memory, for each database apart. */
export async function testSigner(db: Db): Promise<LogSigner> {
  const known = signers.get(db)
  if (known) return known
  const env = { ONWARD_LOG_KEY: Buffer.alloc(32, 7).toString("base64url"), ONWARD_LOG_HEADS: tmpdir() }
  const made = signerFrom(env, (await logHead(db)).origin)
  if (!made) throw new Error("no signer")
  let last: string | null = null
  const signer = { ...made, last: () => last, remember: (note: string) => void (last = note) }
  signers.set(db, signer)
  return signer
}

/** A package as a test takes it. */
export async function exported(scene: Scene, input: object = {}): Promise<Outcome<Exported>> {
  return exportRegister(scene, await testSigner(scene.db), {
    mainland: { reasons: "A test goes to nobody." },
    ...input,
  })
}
