import Link from "next/link"
import { say } from "@/components/words/catalogue"

/** Which way a page shows the same: links, so that the address says which. */
export function Choice(props: {
  label: string
  chosen: string
  ways: readonly { name: string; says: string; href: string }[]
}) {
  return (
    <nav className="choice-links small no-print" aria-label={props.label}>
      {props.ways.map((way) => (
        <Link
          key={way.name}
          className="tall"
          href={way.href}
          aria-current={way.name === props.chosen ? "true" : undefined}
          prefetch={false}
          scroll={false}
        >
          {say(way.says)}
        </Link>
      ))}
    </nav>
  )
}
