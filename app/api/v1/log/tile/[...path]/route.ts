import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readTile } from "@/usecases/log/prove"

type Context = { params: Promise<{ path: string[] }> }

/** `GET /api/v1/log/tile/<level>/<place>`: a tile of the log's tree (c2sp.org/tlog-tiles), as its hashes one behind another. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const path = (await context.params).path.join("/").slice(0, 60)
  const outcome = await readTile(await requestScene(request), { path })
  if (!outcome.ok) return problem(outcome)
  return new Response(Uint8Array.from(outcome.value.bytes), {
    headers: {
      "content-type": "application/octet-stream",
      // A whole tile never changes; it is still only for whoever may read the log.
      "cache-control": outcome.value.whole ? "private, max-age=31536000, immutable" : "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
