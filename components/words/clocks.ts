/** The two clocks: what the register said then, and what is known now about a day. */
export const CLOCKS: Record<string, string> = {
  "clock.on": "What is known now about {day}. Nothing can be proposed from here.",
  "clock.both": "{day}, as the register knew it on {at}. Nothing can be proposed from here.",
  "clock.to-on": "What is known now about {day}",
  "clock.to-as-of": "What the register said on {day}",
  "clock.day": "What is known now about a day",
  "clock.on-help": "With everything learnt or corrected since.",
  "clock.as-of-help": "Exactly as it was recorded by the end of that day, UTC.",
  "clock.begins": "This came on record on {at}. Before that the register said nothing of it.",
  "clock.compare":
    "Recorded then: {was} {was, plural, one {sharing} other {sharings}}. Known now about that day: {is}.",
  "clock.on-day": "on {day}",
  "clock.today": "today",
}
