/** The sums of people whose data leaves the Chinese mainland, on requests. */
export const BANDS: Record<string, string> = {
  "bands.title": "People whose data leaves the Chinese mainland",
  "bands.many": "It proposes {n} sharings of companies whose law adds them up. Adding them up takes a moment.",
  "bands.add-up": "Add them up",
  "bands.on": "{company}, counted from 1 January up to {day}",
  "bands.caption": "The sum of {company} before and after this request",
  "bands.tips": "This request moves {company} from the band “{was}” into the band “{band}” on {day}.",
  "bands.left":
    "{n} {n, plural, one {other flow of the company names} other {other flows of the company name}} no route that suffices there. Give them one in this request, or before it.",
  "bands.stays": "{company} stays in the band “{band}”.",
  "bands.moves-down": "{company} stands in the band “{band}” with this request, in “{was}” without it.",
  "bands.what": "What is added up",
  "bands.before": "Before",
  "bands.after": "With this request",
  "bands.ordinary": "People, no sensitive data",
  "bands.sensitive": "People with sensitive data",
  "bands.unknown": "Flows of which nobody knows how many",
  "bands.band": "Band",
  "bands.next-both":
    "The band “{band}” begins with {ordinary} more people, or with {sensitive} more of whom sensitive data leaves.",
  "bands.next-ordinary": "The band “{band}” begins with {ordinary} more people.",
  "bands.next-sensitive": "The band “{band}” begins with {sensitive} more people of whom sensitive data leaves.",
  "bands.scope": "Added up are the flows that you may read; the band goes by all flows of the company.",
  "bands.unsure": "The band hangs on numbers that nobody knows: say how many people these flows concern.",
}
