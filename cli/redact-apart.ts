import { redactPacked } from "@/usecases/redactions/redact-file"

/** The worker that makes a redacted copy of a hostile file: asked by its input, answering by its output, killed at any time. */
async function main(): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  for (const part of redactPacked(Buffer.concat(pieces.splice(0)))) process.stdout.write(part)
}

await main()
