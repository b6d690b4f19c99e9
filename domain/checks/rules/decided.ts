import { addDays } from "@/domain/core/day"
import { ALWAYS, union } from "@/domain/core/stretch"
import { settle, type Problem } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"

/**
 * What an approval asked for is done by its day: broken from the day after until somebody other than its owner confirmed
 * it. Of records that no such approval put in force it says nothing.
 */
export const conditionsMet: Check = (facts) => {
  const asked = facts.conditions ?? []
  const missed = asked.flatMap(({ dueOn, confirmedOn }): Problem[] => {
    const from = addDays(dueOn, 1)
    if (confirmedOn !== null && confirmedOn <= from) return []
    return [{ days: [{ from, to: confirmedOn }], verdict: "broken", says: "", params: { due: dueOn } }]
  })
  return settle(union(asked.map(({ since }) => ({ from: since, to: null }))), missed)
}

/**
 * A paper that was made from our template and came back with other words, or as a picture without words, was looked at by
 * somebody who said so. Of papers that came from elsewhere, or whose file is not theirs any more, it says nothing.
 */
export const cameBackLooked: Check = (facts) => {
  if (facts.about !== "agreement") return settle([], [])
  const { cameBack, files } = facts.agreement.body
  if (!cameBack || !files.some(({ fileId }) => fileId === cameBack.fileId)) return settle([], [])
  const open = cameBack.found !== "same" && cameBack.lookedOn === null
  return settle(ALWAYS, open ? [{ days: ALWAYS, verdict: "broken", says: `.${cameBack.found}`, path: "files" }] : [])
}
