import { ALWAYS } from "@/domain/core/stretch"
import { onlineLacks, type OnlineLack } from "@/domain/records/acceptance"
import { isByHand, needsToSee, stillToSee } from "@/domain/records/by-hand"
import { NOWHERE, settle, type Problem } from "@/domain/checks/kit"
import { boundOn } from "@/domain/checks/papers"
import type { Check } from "@/domain/checks/types"

/** The field that cures each lack of an acceptance online. */
const CURE: Readonly<Record<OnlineLack, string>> = {
  ...{ kind: "signatories", stated: "knownHow", named: "signatories" },
  ...{ address: "online", version: "online", text: "online", who: "online" },
}

/**
 * How a paper binds is shown: one signed by hand was looked at by as many people as its kind needs, and terms accepted online
 * say where, in which version, with which text, and by whom. What is only stated is not looked at: it covers nothing.
 */
export const signedShown: Check = (facts) => {
  if (facts.about !== "agreement") return NOWHERE
  const { body, confirmed = [] } = facts.agreement
  if (body.knownHow === "stated" && body.online.state !== "known") return NOWHERE
  const problems: Problem[] = []
  const wrong = (says: string, path: string, params?: Record<string, string>): void => {
    problems.push({
      days: ALWAYS,
      verdict: "broken",
      says: `finding.H-SIGNING.${says}`,
      path,
      ...(params ? { params } : {}),
    })
  }
  if (isByHand(body) && body.knownHow !== "stated") {
    const missing = stillToSee(body, confirmed)
    if (body.files.length === 0) wrong("no-scan", "files")
    else if (missing > 0)
      wrong(missing === 1 ? "one" : "two", "signing", { needed: String(needsToSee(body)), missing: String(missing) })
  }
  // Where all sides have signed, nothing hangs on an acceptance.
  const open = body.online.state === "known" && boundOn({ ...body, signing: { state: "blank" } }) === null
  if (open) for (const lack of onlineLacks(body)) wrong(`online-${lack}`, CURE[lack])
  return settle(ALWAYS, problems)
}
