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
  "import.too-many-columns": "The table has more than {limit} columns. Nothing was kept; leave some out.",
  "import.csv-quote":
    "From row {row} on the file cannot be told apart: a quotation mark is opened there and not closed. Nothing was kept; close it and send the file again.",
  "import.json-shape":
    "The file is JSON, but no list of rows. Nothing was kept; send a list of objects, or one object a line.",
  "import.json-broken":
    "The JSON breaks off or cannot be told apart from item {row} on. Nothing was kept; mend it and send the file again.",
  "import.json-item": "This item is no JSON object, so nothing could be read from it. Leave it out, or mend the file.",
  "import.vendor-list-broken":
    "The file calls itself a vendor list but has not its form (version 3). Nothing was kept; fetch it again and send that.",
  "import.vendor-item":
    "This vendor has not the form of the list, so nothing could be read from it. Leave it out, or fetch the list again.",
  "import.name-missing": "The party has no name. Write one.",
  "import.formula": "“{value}” begins like a formula, and nothing is worked out here. Write the name itself.",
  "import.no-number": "“{value}” is no number that can stand here.",
  "import.no-day": "“{value}” is no day that exists: write it as 2026-03-31 or 31.3.2026.",
  "import.no-days": "“{value}” is no number of days from 0 to 36525.",
  "import.vendor-code": "The list's own key has no number {value}. Fetch the current list, or leave the number out.",
  "import.shape": "Something in this row does not fit the field {field}.",
  "import.no-country": "“{value}” is no country. Write its name or its two letters, such as DE.",
  "import.country-meant": "“{value}” is no country code: did you mean {meant} ({name})?",
  "import.country-which": "“{value}” is the name of more than one country ({codes}). Write the two letters.",
  "import.country-region":
    "“{value}” is not one country, and a place is never guessed. List the countries, or leave the cell empty.",
  "import.cell-error": "The spreadsheet could not work this cell out ({value}). Write the value itself.",
  "import.too-long": "This is longer than the {limit} characters kept here. Shorten it.",
  "import.too-many-items": "More than {limit} are listed. Leave some out.",
  "import.too-many-cells":
    "The row has more cells than the header has columns. Check its separators and quotation marks: type it anew with nothing beyond the last column, or leave it out.",
  "import.no-word": "“{value}” is no word of this register's vocabulary. Choose one of its words.",
  "import.no-risk": "“{value}” is no risk: write low, medium or high.",
  "import.no-yes-no": "“{value}” is neither yes nor no.",
  "import.mode-missing":
    "The row tells of a flow but not what happens with the data: entrusted, shared, transferred or made public. Say which, or say the party's kind.",
  "import.ends-before": "It ends on {last}, before it begins on {first}.",
  "import.half-sign": "A sign in this cell is cut through and cannot be kept. Write it again.",
  "import.duplicate":
    "This row says the same as row {first}, so it is not taken: nothing counts twice. Type what differs, or leave it out.",
  "import.zip-broken":
    "The file is no workbook that can be opened, or it is damaged. Nothing was kept; save it again and send that.",
  "import.zip-bomb":
    "The file unpacks to far more than it may (a thousand parts, 200 MB, a hundredfold). Nothing was kept; send the rows as CSV.",
  "import.xlsx-locked":
    "The workbook is under a password, or of the old .xls format. Nothing was kept; save it without a password as .xlsx.",
  "import.xlsx-broken":
    "The workbook has not the form of an .xlsx file. Nothing was kept; save it again with a spreadsheet program and send that.",
  "import.no-sheet": "The workbook has no sheet “{sheet}”. It has: {sheets}. Nothing was kept; choose one of these.",
  "import.target.legalName": "Party: legal name",
  "import.target.otherNames": "Party: other names",
  "import.target.country": "Party: country",
  "import.target.address": "Party: address (kept; its last line may be the country)",
  "import.target.website": "Party: website",
  "import.target.hosts": "Party: host names",
  "import.target.kind": "Party: what it is to us",
  "import.target.subKind": "Party: kind of partner",
  "import.target.registration": "Party: registration number",
  "import.target.lei": "Party: LEI",
  "import.target.vat": "Party: VAT number",
  "import.target.vendorNumber": "Party: vendor number",
  "import.target.otherNumber": "Party: other number",
  "import.target.contactName": "Contact: name",
  "import.target.contactEmail": "Contact: e-mail",
  "import.target.contactPhone": "Contact: phone",
  "import.target.risk": "Party: risk (low, medium, high)",
  "import.target.dpa": "Processing agreement (yes or no)",
  "import.target.title": "Sharing: title",
  "import.target.mode": "Sharing: what happens with the data",
  "import.target.role": "Sharing: role of the party",
  "import.target.purposes": "Sharing: purposes (words of the register)",
  "import.target.purposeText": "Sharing: the purpose in a sentence",
  "import.target.dataKinds": "Sharing: data (words of the register)",
  "import.target.subjects": "Sharing: whose data",
  "import.target.ground": "Sharing: ground",
  "import.target.basis": "Sharing: legal basis",
  "import.target.destinations": "Sharing: countries where it is stored",
  "import.target.channel": "Sharing: how it gets there",
  "import.target.frequency": "Sharing: how often",
  "import.target.dataForm": "Sharing: form of the data",
  "import.target.retentionDays": "Sharing: how long the party keeps it",
  "import.target.startsOn": "Sharing: first day",
  "import.target.endsOn": "Sharing: last day",
  "import.target.owner": "Sharing: who answers for it",
  "import.target.dueOn": "Sharing: due on",
  "import.target.foundHow": "Sharing: how it was found",
  "import.target.notes": "Notes",
  "import.target.tags": "Tags",
  "import.target.extra": "Kept as it is",
  "import.target.ignore": "Left out",
  "import.broke":
    "The file could not be read to its end. Nothing of it was taken; whoever runs the machine finds the reason in its log.",
  "import.nothing-good":
    "No row of this file can be taken, so there is nothing to propose. Mend the rows and send the file again.",
  "import.nothing-to-undo": "Nothing that this import brought into force still stands.",
}
