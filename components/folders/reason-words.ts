import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Reason } from "@/domain/matching/match"

/** Why a file may belong to an agreement, in words. */
export function reasonWords(reason: Reason): string {
  switch (reason.is) {
    case "same-file":
    case "same-words":
    case "ended":
      return say(`folder.reason.${reason.is}`)
    case "number": {
      const said = say(`folder.reason.number-${reason.page === null ? "name" : "page"}`, {
        ...{ what: reason.what, page: reason.page ?? 0 },
      })
      return reason.shared ? `${said} (${say("folder.reason.shared")})` : said
    }
    case "title":
      if (reason.page !== null) return say("folder.reason.title-page", { page: reason.page })
      return say(reason.part ? "folder.reason.title-part" : "folder.reason.title-name")
    case "party":
      if (reason.page !== null) return say("folder.reason.party-page", { what: reason.what, page: reason.page })
      return say(reason.part ? "folder.reason.party-part" : "folder.reason.party-name", { what: reason.what })
    case "entity":
      return say("folder.reason.entity-page", { what: reason.what, page: reason.page })
    case "day":
      return say(`folder.reason.${reason.of}-${reason.page === null ? "name" : "page"}`, {
        ...{ what: dayWords(reason.what), page: reason.page ?? 0 },
      })
  }
}

/** All of them as one sentence. */
export function reasonsWords(reasons: readonly Reason[]): string {
  const said = reasons.map(reasonWords).join("; ")
  return said === "" ? "" : `${said.slice(0, 1).toUpperCase()}${said.slice(1)}.`
}
