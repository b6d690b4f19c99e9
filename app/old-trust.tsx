import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Scene } from "@/usecases/scene"
import { readTrust } from "@/usecases/trust/read-trust"

/** What an administrator renews: trusted roots that say of themselves that there should be newer ones. */
export async function OldTrust({ scene }: { scene: Scene }) {
  const found = await readTrust(scene, { asOf: null })
  if (!found.ok || !found.value.standing?.pastUpdate) return null
  return (
    <Notice tone="warn">
      <p>
        {say("trust.past-update", { day: dayWords(found.value.standing.line.nextUpdateOn ?? "") })}{" "}
        <Link className="tall" href="/admin/trust" prefetch={false}>
          {say("nav.trust")}
        </Link>
      </p>
    </Notice>
  )
}
