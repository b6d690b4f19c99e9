/** The views that come with the app: what people ask most, each an address. The palette and the lists lead to them. */
export const BUILT_IN: readonly { href: string; says: string }[] = [
  { href: "/sharings?f.coverage=gap", says: "view.uncovered" },
  { href: "/sharings?f.coverage=expiring", says: "view.expiring" },
  { href: "/sharings?f.standing=discovered", says: "view.discovered" },
  { href: "/sharings?f.ground=consent", says: "view.consent" },
  { href: "/agreements?f.state=lapsed", says: "view.lapsed" },
  { href: "/agreements?f.state=expiring", says: "view.papers-ending" },
  { href: "/findings?severity=blocking", says: "view.blocking" },
  { href: "/requests?f.state=in-review", says: "view.waiting" },
  { href: "/parties?f.decision=undecided", says: "view.undecided" },
]
