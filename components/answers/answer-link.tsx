import Link from "next/link"
import { say } from "@/components/words/catalogue"

/** The way from a record or request to the page that tells all of it, for those who may open that. */
export function AnswerLink({ href, says, may }: { href: string; says: string; may: boolean }) {
  if (!may) return null
  return (
    <p className="no-print">
      <Link className="tall" href={href} prefetch={false}>
        {say(says)}
      </Link>
    </p>
  )
}
