import { Views } from "@/components/table/views"
import { viewAddress } from "@/domain/register/view-address"
import { listViews } from "@/usecases/register/views"
import type { Scene } from "@/usecases/scene"

/** The views of the list that an address is of, above it; on its own day, as it would be kept. */
export async function ViewsOf({ scene, address }: { scene: Scene; address: string }) {
  const here = viewAddress(address)
  if (!here) return null
  const mine = await listViews(scene, { list: here.list })
  return <Views path={here.list} here={here.address} mine={mine.ok ? mine.value : []} />
}
