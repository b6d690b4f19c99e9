import { isOnlySupervisor, mayAct, type ActName } from "@/domain/people/permissions"
import { readsAll } from "@/usecases/scope"
import type { Actor } from "@/usecases/scene"

type Page = { href: string; says: string; act: ActName }

/** The pages of oversight by what somebody comes for; a new one is found by being named here. */
const PAGES: readonly { says: string; pages: readonly Page[] }[] = [
  {
    says: "audit.see",
    pages: [
      { href: "/audit/answers", says: "answers", act: "answers.read" },
      { href: "/audit/changed", says: "changed", act: "visit.read" },
      { href: "/audit/questions", says: "questions", act: "question.read" },
      { href: "/audit/inquiries", says: "inquiries", act: "inquiry.read" },
      { href: "/audit/exports", says: "exports", act: "export.read" },
    ],
  },
  {
    says: "audit.log",
    pages: [
      { href: "/audit/events", says: "events", act: "log.read" },
      { href: "/audit/keys", says: "keys", act: "log.read" },
      { href: "/audit/key-letter", says: "key-letter", act: "log.key.read" },
      { href: "/audit/witnesses", says: "witnesses", act: "log.witness.read" },
      { href: "/audit/erasures", says: "erasures", act: "disclosure.find" },
      { href: "/audit/holds", says: "holds", act: "hold.read" },
    ],
  },
  {
    says: "audit.watch",
    pages: [
      // Everybody may read their own looks; it is a page for those who have any, or may read those of others.
      { href: "/audit/looks", says: "looks", act: "question.read" },
      { href: "/audit/refusals", says: "refusals", act: "refusals.read" },
    ],
  },
]

/** Those that this person may open. */
export function auditPages(actor: Actor | null): { says: string; pages: Page[] }[] {
  const may = ({ href, act }: Page): boolean =>
    actor !== null &&
    mayAct(act, actor).ok &&
    // Refused attempts name no company: a supervisor of some companies reads none of them.
    (href !== "/audit/refusals" || !isOnlySupervisor(actor) || readsAll(actor))
  return PAGES.map(({ says, pages }) => ({ says, pages: pages.filter(may) })).filter((group) => group.pages.length > 0)
}
