/** Files: how they are kept, and what the virus scanner says of them. */
export const FILE_WORDS: Record<string, string> = {
  "nav.files": "Files",
  "kept-files.title": "Files",
  "kept-files.lede":
    "Whether every file is what it was when it was kept. Files stand here by their ids, never by what is in them.",
  "kept-files.reading": "Last reading",
  "kept-files.never": "The files were not read yet. Every night each is read once and held against its hash.",
  "kept-files.when": "Read",
  "kept-files.count": "Files",
  "kept-files.bytes": "Size",
  "kept-files.mb": "{n} MB",
  "kept-files.plain": "Not sealed yet",
  "kept-files.good": "Every file is what it was.",
  "kept-files.bad":
    "{n} files are not what they were. Restore them from a backup, or have them sent again: the same bytes mend them.",
  "kept-files.bad.one":
    "One file is not what it was. Restore it from a backup, or have it sent again: the same bytes mend it.",
  "kept-files.orphaned-only":
    "No file of the register is damaged. Bytes that no file names lie beside them; they are removed after a day.",
  "kept-files.what": "What",
  "kept-files.file": "File",
  "kept-files.hash": "Content hash",
  "kept-files.fault.missing": "Missing",
  "kept-files.fault.altered": "Altered",
  "kept-files.fault.truncated": "Cut off",
  "kept-files.fault.swapped": "Another file in its place",
  "kept-files.fault.no-key": "Sealed with a key that is not here",
  "kept-files.fault.orphaned": "Named by nothing",
  "kept-files.scanner": "Virus scanner",
  "kept-files.scanner.none": "No virus scanner is named, so files are taken as they come. CLAMD names one.",
  "kept-files.scanner.unasked": "A virus scanner is named. It was not asked yet.",
  "kept-files.scanner.answers": "Asked {at}, the virus scanner answered.",
  "kept-files.scanner.away":
    "Asked {at}, the virus scanner did not answer ({says}). Files that came since are held, and it is asked again.",
  "kept-files.scanner.too-large":
    "Asked {at}, the virus scanner took no file of that size. Raise StreamMaxLength and MaxFileSize in its settings to 50 MB.",
  "kept-files.waiting": "Held until it answers",
  "kept-files.since": "the oldest since {at}",
  "kept-files.infected": "Refused later",
  "kept-files.not-looked": "Kept without it",
  "files.held": "Being checked for viruses",
  "files.held-title": "Files that nobody can read",
  "files.held-lede":
    "The virus scanner has not answered for them yet, or it found something in them. Their hashes stand in the record.",
  "files.some-file": "a file",
  "files.option-held": "{name} (being checked for viruses)",
  "files.field-held": "This file is being checked for viruses. Nobody can read it until the scanner has answered.",
  "files.field-refused": "The virus scanner found something in this file. Choose a clean copy, or take it out.",
  "files.take-this-out": "It names a file in which the virus scanner found something.",
  "files.draft-refused": "The virus scanner found something in {names}.",
  "files.draft-blocked": "Nobody can read it, and the request cannot be submitted with it.",
  "files.take-out": "{n, plural, one {Take the file out} other {Take the files out}}",
  "conflict.files-refused":
    "The virus scanner found something in {names}. Take it out of the draft, or put a clean copy in its place; then submit.",
  "files.refused": "Refused by the virus scanner",
  "invalid.file-infected": "The virus scanner found {found} in this file. Nothing was kept; send a clean copy.",
  "conflict.file-held": "This file is being checked for viruses. It can be read as soon as the scanner has answered.",
  "conflict.file-infected":
    "The virus scanner found something in this file. Nobody can read it; a clean copy has to be sent.",
  "conflict.file-damaged":
    "This file is not what it was when it was kept, so it is not given. Whoever runs Onward can restore it from a backup.",
  "conflict.file-no-key":
    "The key that this file is sealed with is not here. Whoever runs Onward has to put it back; until then nobody can read it.",
  "conflict.disk-full":
    "There is no room left to keep this file. Nothing of it was kept; whoever runs Onward has to make room.",
  "conflict.no-room": "The database has no room left. Nothing of this was kept; whoever runs Onward has to make room.",
  "conflict.scanner-away":
    "The virus scanner does not answer, and what is imported is read at once. Nothing was kept; try again in a few minutes.",
  "act.file.infected": "Infected file refused",
  "told.about.files": "Files",
  "mail.subject.file": "Files need you",
  "told.kind.file": "A file of yours, or of a supplier that you asked, is refused",
  "told.says.file": "A file needs you.",
  "told.says.file.infected":
    "The virus scanner found something in a file that you sent. Nobody can read it: send a clean copy.",
  "told.says.file.infected-named":
    "The virus scanner found something in a file that this request names. Nobody can read it: take it out, or have a clean copy sent.",
  "told.says.file.infected-kept":
    "The virus scanner found something in a file that was kept before. It is held back from everybody, and whoever sent it was told.",
  "conflict.no-scanner": "No virus scanner is named. CLAMD names one.",
  "told.says.file.infected-supplier":
    "The virus scanner found something in a file that a supplier sent with its answers. Nobody can read it: ask for a clean copy.",
  "told.says.file.faults": "Files are not what they were when they were kept.",
  "told.says.file.scanner": "The virus scanner does not answer, and files wait for it.",
}
