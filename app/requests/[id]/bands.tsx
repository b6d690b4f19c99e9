import Link from "next/link"
import { BandSums } from "@/components/requests/band-sums"
import { counted } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import { readBands } from "@/usecases/requests/read-bands"
import type { Scene } from "@/usecases/scene"
import { shown } from "@/app/page-frame"

/** What a request of many records does to the sums of people: added up at once where they are not too many, else when asked. */
export async function ManyBands({ scene, id, asked }: { scene: Scene; id: string; asked: boolean }) {
  const { sharings, tips, entities } = shown(await readBands(scene, { id, asked }))
  if (sharings === 0) return null
  if (tips) return <BandSums tips={tips} entities={entities} />
  return (
    <section className="card stack" id="bands" aria-label={say("bands.title")}>
      <h2>{say("bands.title")}</h2>
      <p>{say("bands.many", { n: counted(sharings) })}</p>
      <p>
        <Link className="button" href={`/requests/${id}?bands=yes#bands`} prefetch={false}>
          {say("bands.add-up")}
        </Link>
      </p>
    </section>
  )
}
