/** Suppliers of whom nothing is decided yet, and the negative decision for many of them at once. */
export const SUPPLIERS: Record<string, string> = {
  "suppliers.legend": "No personal data found",
  "suppliers.help":
    "For suppliers of whom nothing is decided yet: one request that proposes this for all of them, with a reason and a day of review.",
  "suppliers.ticked": "Propose for what is ticked …",
  "suppliers.matching": "Propose for the {n} that match …",
  "suppliers.matching-all": "Propose for all that match, more than {n} …",
  "suppliers.propose-title": "No personal data found",
  "suppliers.lede":
    "That a supplier receives no personal data is a decision as well: somebody proposes it, others decide it, and it is looked at again.",
  "suppliers.chosen": "{n} {n, plural, one {supplier} other {suppliers}} of whom nothing is decided yet",
  "suppliers.left-out.decided": "{n} more were chosen and are left out: they are decided already, or ended.",
  "suppliers.left-out.receives": "{n} more were chosen and are left out: a flow to them is on record.",
  "suppliers.left-out.restricted":
    "{n} more were chosen and are left out: they are restricted, so propose each by itself.",
  "suppliers.left-out.under-way": "{n} more were chosen and are left out: another request about them is under way.",
  "suppliers.reason": "How do you know?",
  "suppliers.reason-help": "For example: goods only, no contact with customers or their data; asked the buyers.",
  "suppliers.review-on": "Look at it again on",
  "suppliers.review-help": "A day such as 2027-03-31.",
  "suppliers.go": "Begin one request for {n} {n, plural, one {supplier} other {suppliers}}",
  "suppliers.back": "Back to the parties",
  "suppliers.request-title": "No personal data found at {n} {n, plural, one {supplier} other {suppliers}}",
  "facet.import": "Import",
  "facet.import-one": "of one file",
}
