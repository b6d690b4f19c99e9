import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { addressOf, type UrlState } from "./url-state"

/** The ways from a page of a list: back to its first page, and on to the next. */
export function Pager({ path, state, next }: { path: string; state: UrlState; next: string | null }) {
  return (
    <div className="row">
      {state.after ? (
        <Link className="button" href={addressOf(path, { ...state, peek: "", after: "" })} prefetch={false}>
          {say("list.first")}
        </Link>
      ) : null}
      {next ? (
        <Link className="button" href={addressOf(path, { ...state, peek: "", after: next })} prefetch={false}>
          {say("list.more")}
        </Link>
      ) : null}
    </div>
  )
}
