import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { CHANNELS } from "@/domain/vocabulary/sharings"
import { termOf } from "@/domain/vocabulary/term"

/** What is made public, where, and until when. */
export function PublicationCard({ body }: { body: Sharing }) {
  if (body.mode !== "disclose") return null
  const kinds = (valueOf(body.dataLines) ?? []).map((line) => termOf(DATA_KINDS, line.kind)?.label ?? line.kind)
  const channel = valueOf(body.channel)
  const where = valueOf(body.publishedAt) ?? (channel ? termOf(CHANNELS, channel)?.label : null)
  const not = say("public.not-said")
  return (
    <section className="card stack" aria-labelledby="publication">
      <h2 id="publication">{say("public.title")}</h2>
      <p>
        {say("public.what", { what: kinds.join(", ") || not })} {say("public.where", { where: where ?? not })}{" "}
        {body.endsOn.state === "known"
          ? say("public.until", { day: dayWords(body.endsOn.value) })
          : body.endsOn.state === "not-applicable"
            ? say("public.until-notice")
            : say("public.until", { day: not })}
      </p>
    </section>
  )
}
