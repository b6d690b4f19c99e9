import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

/** Tells whose password others set anew when that was and by whom, on every page, until they say that they know. */
export function ResetNotice({ reset }: { reset: { at: string; by: string | null; confirmedBy: string | null } }) {
  return (
    <Notice tone="warn">
      <p>
        <strong>{say("told.reset")}</strong> <At instant={reset.at} /> UTC.{" "}
        {reset.by ? say("told.by", { by: reset.by }) : say("told.by-operator")}{" "}
        {reset.confirmedBy ? say("told.confirmed", { by: reset.confirmedBy }) : null}
      </p>
      <p>{say("told.not-you")}</p>
      <form method="post" action="/api/v1/account/known">
        <button type="submit">{say("told.know")}</button>
      </form>
    </Notice>
  )
}
