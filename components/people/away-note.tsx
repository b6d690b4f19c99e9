import Link from "next/link"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { spanWords } from "./absences"

export type StandsInView = { forName: string; role: string; entityName: string | null; fromOn: string; toOn: string }

/** For whom one stands in, or is going to. */
export function StandsIn({ list }: { list: readonly StandsInView[] }) {
  return list.map((one) => (
    <div className="notice review" key={`${one.forName}${one.role}${one.entityName ?? ""}${one.fromOn}`}>
      <p>
        {say("away.stands-in", {
          name: one.forName,
          role: say(`role.${one.role}`),
          entity: one.entityName === null ? say("away.everywhere") : say("away.in", { entity: one.entityName }),
          ...{ from: dayWords(one.fromOn), to: dayWords(one.toOn) },
        })}
      </p>
    </div>
  ))
}

/** On the first page: that one is away, with the way back, and for whom one stands in. */
export function AwayNote(props: {
  own: { absenceId: string; fromOn: string; toOn: string | null } | null
  standsIn: readonly StandsInView[]
}) {
  return (
    <>
      {props.own ? (
        <div className="notice warn row">
          <p>{say("away.you", { span: spanWords(props.own) })}</p>
          <Link className="tall" href="/account/away" prefetch={false}>
            {say("away.you-more")}
          </Link>
        </div>
      ) : null}
      <StandsIn list={props.standsIn} />
    </>
  )
}
