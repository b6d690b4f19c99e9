import { canonical } from "@/domain/core/canonical"

/** A JSON list, one item on a line. */
export async function* listText(batches: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = "[\n"
  for await (const batch of batches)
    for (const one of batch) {
      yield before + canonical(one)
      before = ",\n"
    }
  yield before === "[\n" ? "[]\n" : "\n]\n"
}

/** One canonical JSON text on each line (JSON Lines). */
export async function* lineText(batches: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const batch of batches) for (const one of batch) yield `${canonical(one)}\n`
}
