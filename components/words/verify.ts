/** Getting the page that checks packages, and the letter about the log's key. */
export const VERIFY: Record<string, string> = {
  "verify.title": "Check a package",
  "verify.lede":
    "A package of this register proves itself: save this page, open it from your own disk in any browser, without a network, and drop the package on it.",
  "verify.get": "Save verify.html",
  "verify.source": "What it is made of",
  "verify.hash": "SHA-256 of verify.html",
  "verify.hash-why":
    "The same for everybody who has this release. Better compare it with a hash that you got elsewhere: whoever could change the page could change this one too.",
  "verify.not-built": "The page was not built on this machine: npm run build makes it.",
  "verify.how": "How to check",
  "verify.step-get": "Save verify.html before you get the package, from whom you trust.",
  "verify.step-hash":
    "Compare its hash: sha256sum verify.html, shasum -a 256 verify.html, or certutil -hashfile verify.html SHA256.",
  "verify.step-drop":
    "Open it and drop the package on it: it says Intact, Altered and which file, or Cannot tell and why.",
  "verify.step-key": "Compare the key print that it shows with the letter that was signed before the visit.",
  "verify.step-older": "If you kept an earlier package, drop it too: it shows that nothing was rewritten since.",
  "verify.not":
    "It shows that nothing was altered since it was recorded. It cannot show that what was recorded is true, nor that it was lawful.",
  "key-letter.title": "Letter about the log's key",
  "key-letter.link": "Key letter",
  "key-letter.lede":
    "Print it, sign it, and hand it over before the visit and not with the package: then the package cannot bring its own key.",
  "key-letter.says": "The log of the register {origin} is signed, as of {at}, by the key with this print:",
  "key-letter.none": "The log names no key yet: it signs within a minute once it holds an entry.",
  "key-letter.origin": "Origin of the log",
  "key-letter.signed": "Last signed",
  "key-letter.size": "{n} {n, plural, one {entry} other {entries}}, {at}",
  "key-letter.root": "Root over them",
  "key-letter.page": "SHA-256 of verify.html",
  "key-letter.before": "Keys before it",
  "key-letter.since": "Key {id}, named by entry {index} of the log,",
  "key-letter.how": "How to use it",
  "key-letter.step-sign": "Somebody who signs for the company, and no administrator of this register, signs below.",
  "key-letter.step-compare":
    "When a package is checked, compare the key print that the check shows with this one, or type it in. Or paste this whole letter there: packages from before the last change of keys are then known as well.",
  "key-letter.step-size": "A later package has at least as many entries, and its first ones have this root.",
  "key-letter.place": "Place and day",
  "key-letter.name": "Name and office",
  "key-letter.signature": "Signature",
}
