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
  "kept-files.orphaned-only": "No file of the register is damaged. Bytes that no file names lie beside them.",
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
  "files.refused": "Refused by the virus scanner",
  "invalid.file-infected": "The virus scanner found {found} in this file. Nothing was kept; send a clean copy.",
  "conflict.file-held": "This file is being checked for viruses. It can be read as soon as the scanner has answered.",
  "conflict.file-infected":
    "The virus scanner found something in this file. Nobody can read it; a clean copy has to be sent.",
  "conflict.file-damaged":
    "This file is not what it was when it was kept, so it is not given. Whoever runs Onward can restore it from a backup.",
  "conflict.scanner-away":
    "The virus scanner does not answer, and what is imported is read at once. Nothing was kept; try again in a few minutes.",
  "act.file.infected": "Infected file refused",
  "told.about.files": "Files",
  "mail.subject.file": "Files need you",
  "told.kind.file": "A file of yours, or of a supplier that you asked, is refused",
  "told.says.file": "A file needs you.",
  "told.says.file.infected":
    "The virus scanner found something in a file that you sent. Nobody can read it: send a clean copy.",
  "told.says.file.infected-supplier":
    "The virus scanner found something in a file that a supplier sent with its answers. Nobody can read it: ask for a clean copy.",
  "told.says.file.faults": "Files are not what they were when they were kept.",
  "told.says.file.scanner": "The virus scanner does not answer, and files wait for it.",
}
