/** What a witness of the web is asked, in the words of c2sp.org/tlog-witness: to sign a checkpoint that grew from one it saw. */
import { base64 } from "./note"

/** Whether the address is the door of such a witness; any other is sent our JSON. */
export function isWitnessDoor(address: string): boolean {
  return /^https:\/\/[^?#]*\/add-checkpoint$/.test(address)
}

/** The request: the size that the witness saw last, the proof that this checkpoint grew from it, and the checkpoint. */
export function addCheckpoint(older: number, proof: readonly Uint8Array[], note: string): string {
  return [`old ${older}`, ...proof.map(base64), "", note].join("\n")
}

/** The size that a witness says it saw last, where it saw another than we told it (409); null: it says none that we could prove. */
export function sizeSeen(answer: string | undefined, size: number): number | null {
  const said = /^(0|[1-9]\d{0,14})\n?$/.exec(answer ?? "")?.[1]
  return said !== undefined && Number(said) <= size ? Number(said) : null
}
