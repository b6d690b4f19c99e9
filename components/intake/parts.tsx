import Link from "next/link"
import type { Missing, Step } from "@/domain/intake/asked"
import type { Asker } from "@/domain/intake/question"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

/** How far along each step is, and the way to it. */
export function StepNav({
  steps,
  current,
  href,
}: {
  steps: readonly Step[]
  current: string
  href: (step: string) => string
}) {
  return (
    <nav className="steps" aria-label={say("intake.steps")}>
      <ol>
        {steps.map((step) => {
          const others = step.state === "not-needed" && step.others > 0
          return (
            <li key={step.block} data-state={step.state}>
              <Link href={href(step.block)} prefetch={false} aria-current={current === step.block ? "step" : undefined}>
                {say(`intake.short.${step.block}`)}
                <span className="small">{say(others ? "intake.state.others" : `intake.state.${step.state}`)}</span>
              </Link>
            </li>
          )
        })}
        <li>
          <Link href={href("check")} prefetch={false} aria-current={current === "check" ? "step" : undefined}>
            {say("intake.short.check")}
          </Link>
        </li>
      </ol>
    </nav>
  )
}

/** What is still needed, by what comes of it, each with whose answer it is and the way to it. */
export function MissingList({
  missing,
  as,
  href,
}: {
  missing: readonly Missing[]
  as: readonly Asker[]
  href: (one: Missing) => string
}) {
  const groups = (["blocks", "warns", "supplier"] as const).map((how) => ({
    how,
    list: missing.filter((one) => one.how === how),
  }))
  return (
    <section className="card stack" aria-labelledby="missing">
      <h2 id="missing">{say("intake.missing")}</h2>
      {missing.length === 0 ? <p className="soft">{say("intake.missing-none")}</p> : null}
      {groups.map(({ how, list }) =>
        list.length === 0 ? null : (
          <div key={how}>
            <h3>{say(`intake.missing.${how}`)}</h3>
            <ul className="small">
              {list.map((one) => (
                <li key={one.id}>
                  <Link className="tall" href={href(one)} prefetch={false}>
                    {say(`intake.q.${one.id}`)}
                  </Link>{" "}
                  <span className="soft">
                    {[
                      as.includes(one.who) ? say("intake.missing.yours") : say(`intake.who.${one.who}`),
                      one.asked ?? "",
                      one.due ? say("intake.missing.due", { day: dayWords(one.due) }) : "",
                    ]
                      .filter((word) => word !== "")
                      .join(", ")}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
      {missing.some((one) => !as.includes(one.who)) ? (
        <p className="soft small">{say("intake.missing.others")}</p>
      ) : null}
    </section>
  )
}
