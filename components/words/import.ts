/** Why a file or one of its rows was not taken: what is wrong, that nothing was lost, and the way on. */
export const IMPORT_WORDS: Record<string, string> = {
  "import.empty": "The file holds nothing. Nothing was kept; choose a file with a header and at least one row.",
  "import.too-large": "The file has {size} MB and the limit is {limit} MB. Nothing was kept; send it in parts.",
  "import.utf-16":
    "The file is written in UTF-16. Nothing was kept; save it again as UTF-8 (in a spreadsheet: CSV UTF-8) and send that.",
  "import.windows-1252":
    "The file is not UTF-8 (first seen in line {line}); it looks like Windows-1252. Nothing was kept; save it again as UTF-8 (in a spreadsheet: CSV UTF-8) and send that.",
  "import.not-utf-8":
    "The file is not UTF-8 (first seen in line {line}). Nothing was kept; save it again as UTF-8 and send that.",
  "import.not-text": "The file holds something other than text. Nothing was kept; send CSV, JSON or XLSX.",
  "import.too-many-columns":
    "The table has {count} columns and at most {limit} can be kept. Nothing was kept; leave some out.",
  "import.csv-quote":
    "From row {row} on the file cannot be told apart: a quotation mark is opened there and not closed. Nothing was kept; close it and send the file again.",
}
