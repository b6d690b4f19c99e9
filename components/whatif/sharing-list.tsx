import Link from "next/link"
import { say } from "@/components/words/catalogue"
import type { Affected } from "@/domain/whatif/result"

/** The sharings that a supposition touches, each with its party and the way to it. `more`: how many are not shown. */
export function SharingList({ lines, more = 0 }: { lines: readonly Affected[]; more?: number }) {
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <li key={line.id}>
          <Link className="tall" href={`/sharings/${line.id}`} prefetch={false}>
            {line.title}
          </Link>{" "}
          <span className="soft">{line.partyId ? line.partyName : say("flow.hidden-party")}</span>
        </li>
      ))}
      {more > 0 ? <li className="soft">{say("own.try-more", { n: more })}</li> : null}
    </ul>
  )
}
