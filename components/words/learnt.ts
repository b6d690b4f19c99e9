/** When the register learnt what it says. */
export const LEARNT: Record<string, string> = {
  "learnt.title": "When we learnt it",
  "learnt.open": "{n} {n, plural, one {fact} other {facts}}, each with the day",
  "learnt.help":
    "The first version since which a fact has stood without a break. A line that changed, if only its last day, counts from its change. Times are UTC.",
  "learnt.on": "Learnt on",
}
