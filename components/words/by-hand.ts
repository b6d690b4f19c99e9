/** Papers signed by hand and who confirmed them; terms accepted online that lack something. */
export const BY_HAND_WORDS: Record<string, string> = {
  "paper.unconfirmed": "Not confirmed yet",
  "by-hand.title": "Signed by hand",
  "by-hand.waiting": "{n} {n, plural, one {paper} other {papers}} signed by hand wait for you to look",
  "by-hand.count": "{n} of {needed} confirmed",
  "by-hand.done": "Confirmed",
  "by-hand.missing": "{missing} {missing, plural, one {person} other {people}} still to confirm",
  "by-hand.how.by-hand":
    "It was signed by hand: its file is a picture of the paper, and nothing in it can be checked by a machine.",
  "by-hand.how.by-seal":
    "It was signed with a seal or chop: its file is a picture of the paper, and nothing in it can be checked by a machine.",
  "by-hand.needs-two":
    "Two people of procurement or legal confirm that they looked at it, neither of them who laid it here; until then it covers nothing.",
  "by-hand.needs-one":
    "Somebody of procurement or legal confirms that they looked at it, not who laid it here. This kind binds by acceptance: it covers meanwhile, with a warning.",
  "by-hand.saw.original": "{by} looked at the original on paper",
  "by-hand.saw.scan": "{by} looked at the scan only",
  "by-hand.author": "(wrote in the request that brought it: too few others could look)",
  "by-hand.before":
    "{n} {n, plural, one {person} other {people}} confirmed other files of this paper: a new file is looked at anew.",
  "by-hand.ask": "Look at every file: is it signed by both sides, by whom the record says, on the days that it says?",
  "by-hand.confirm.original": "I looked at the original",
  "by-hand.confirm.scan": "I looked at the scan only",
  "not-allowed.paper-role": "Procurement and lawyers of its company confirm it.",
  "not-allowed.paper-lawyers": "Lawyers of its company confirm this one.",
  "not-allowed.paper-author":
    "You wrote in the request that brought this paper: others confirm it, as long as there are enough of them.",
  "conflict.paper-seen": "You confirmed it. Somebody else is still to look.",
  "conflict.paper-enough": "It is confirmed already.",
  "conflict.paper-no-file": "No file of it is on record: lay the scan beside it first.",
  "conflict.paper-moved": "Its files changed since this page was made: look at them as they are now.",
  "act.paper.confirm": "Paper signed by hand confirmed",
  "finding.H-SIGNING.no-scan": "It was signed by hand, and no scan of it is on record.",
  "finding.H-SIGNING.two": "It was signed by hand, and {missing} people are still to confirm that they looked at it.",
  "finding.H-SIGNING.one": "It was signed by hand, and one more person is to confirm that they looked at it.",
  "finding.H-SIGNING.online-kind":
    "The terms were accepted online, and this kind of paper has to be signed: have both sides sign it.",
  "finding.H-SIGNING.online-stated":
    "That the terms were accepted online is only stated: keep what shows it, and say that the document was seen.",
  "finding.H-SIGNING.online-address": "The address at which the terms stood is missing.",
  "finding.H-SIGNING.online-version": "The version of the terms is missing: write down its number or date.",
  "finding.H-SIGNING.online-text":
    "The text of the terms is missing: lay a capture of it among the files, and choose it here.",
  "finding.H-SIGNING.online-who": "Who accepted the terms is missing.",
  "finding.H-SIGNING.online-named":
    "The terms were accepted online, and somebody is named as signing who did not: have them sign, or name nobody.",
}
