import Link from "next/link"

type Props = { href: string; says: string; open: boolean }

/** The way to a look at a row beside its list; the key for it is the space bar, on the row's own link. */
export function PeekLink({ href, says, open }: Props) {
  return (
    <Link
      className="peek-link"
      href={href}
      prefetch={false}
      scroll={false}
      data-peek=""
      title={says}
      aria-current={open ? "true" : undefined}
    >
      <span aria-hidden="true">◨</span>
      <span className="unseen">{says}</span>
    </Link>
  )
}
