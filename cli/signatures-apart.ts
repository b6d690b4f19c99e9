import { lookAt } from "@/usecases/signatures/look-at"
import { lookAtList } from "@/usecases/signatures/look-at-list"
import { unpacked } from "@/usecases/signatures/message"

/** The worker in which a hostile file is read: it is asked by its input, answers by its output, and may be killed at any time. */
async function main(): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  const { head, trust, pdf } = unpacked(Buffer.concat(pieces.splice(0)))
  const asked = { askedAt: head.askedAt, trust: trust && head.trust ? { bytes: trust, name: head.trust.name } : null }
  const list = head.only === "list"
  process.stdout.write(JSON.stringify(await (list ? lookAtList(trust ?? new Uint8Array()) : lookAt(pdf, asked))))
}

await main()
