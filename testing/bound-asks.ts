/** The tables of the register. */
export const LISTED = ["parties", "sharings", "agreements", "others"]
const KEYS = ["id", "recordId", "requestId", "partyId", "agreementId", "object"]
/** Each id under every name by which a look may take one. */
export const byId = (ids: readonly string[]): object[] =>
  ids.flatMap((id) => [...KEYS.map((key) => ({ [key]: id })), { requestIds: [id] }])
/** The first id of each kind. */
export const firstOfEach = (ids: readonly string[]): string[] =>
  ids.filter((id, i) => ids.findIndex((one) => one.slice(0, 3) === id.slice(0, 3)) === i)
/** What is asked without an id: lists, search, facets, filters, clocks, questions. */
export const overall = (here: string, elsewhere: string): object[] => [
  {},
  { q: "canary" },
  ...LISTED.map((list) => ({ list, facets: ["kind", "standing", "country", "entity", "coverage"] })),
  { list: "sharings", q: "canary", facets: ["kind"] },
  { list: "parties", filters: { country: ["SG"] } },
  { entityId: here },
  { entityId: elsewhere },
  { severity: null, facets: true },
  { since: "2026-01-02T00:00:00.000Z" },
  ...["all", "refused", "withdrawn"].map((state) => ({ state })),
  { query: {} },
  { query: { countries: ["SG"] } },
  { query: { seed: "s", by: "standing", how: "each", n: 50 } },
  // Is like the name of a party outside: nobody is offered it.
  { list: "Open Ltd\nHolding" },
  { clause: "GDPR-28.3" },
  { pack: "GDPR" },
  { index: 5 },
]

/** GET doors that no walk opens: to whom they belong, or what they want that is not made here. */
export const SHUT: Record<string, string> = {
  "/api/v1/campaigns": "asking suppliers",
  "/api/v1/campaigns/[id]": "asking suppliers",
  "/api/v1/campaigns/[id]/answers.csv": "asking suppliers",
  "/api/v1/exports/[id]/file": "the package that the worker made: walked with the look that makes one",
  "/api/v1/files/[id]": "bytes: usecases/files/read-file.test.ts",
  "/api/v1/files/[id]/text": "bytes: usecases/files/read-file.test.ts",
  "/api/v1/imports/[id]/bad-rows": "imports",
  "/api/v1/inbox": "who decides",
  "/api/v1/intakes": "who asks",
  "/api/v1/intakes/[id]": "who asks",
  "/api/v1/intakes/parties": "who asks",
  "/api/v1/people": "administrators",
  "/api/v1/people/away": "administrators",
  "/api/v1/people/roles": "administrators",
  "/api/v1/reconciliations/[id]/lines.csv": "procurement",
  "/api/v1/requests/[id]/intake": "no answers of an intake stand here",
  "/api/v1/requests/together/[id]": "who decides",
  "/api/v1/supplier-links": "asking suppliers",
  "/api/v1/supplier-links/[id]": "asking suppliers",
  "/api/v1/what-if/result": "refused to whoever is bound",
}

/** Looks and small acts of a supervisor that the walk hears no answer of: what they want that is not made here. */
export const SILENT: Record<string, string> = {
  addToQuestion: "questions: usecases/questions/questions.test.ts",
  agreementsToTry: "texts of our own: rules that everybody reads",
  article30: "a file: the doors",
  askQuestion: "questions: usecases/questions/questions.test.ts",
  beginPackTry: "texts of our own: rules that everybody reads",
  beginWhatIf: "refused to whoever is bound",
  cancelRun: "refused to whoever is bound",
  checkPackFile: "texts of our own: rules that everybody reads",
  compareScenarios: "refused to whoever is bound",
  draftLetter: "no renewal is due here",
  dropScenario: "refused to whoever is bound",
  dropView: "their own",
  endAway: "their own",
  fileOfLooks: "their own looks: the doors",
  heldAgainst: "no paper was sent here",
  intakeOfRequest: "no answers of an intake stand here",
  keepView: "their own",
  listLooks: "their own looks: the doors",
  listScenarios: "refused to whoever is bound",
  listViews: "their own",
  papersAlike: "no file was read here",
  papersSent: "no paper was sent here",
  previewPaper: "texts of our own: rules that everybody reads",
  proveEvent: "signed heads: the doors",
  proveGrowth: "signed heads: the doors",
  readCheckpointNow: "signed heads: the doors",
  readExport: "a package: the doors",
  readFile: "bytes: usecases/files/read-file.test.ts",
  readPack: "texts of our own: rules that everybody reads",
  readProposedPack: "texts of our own: rules that everybody reads",
  readQuestion: "questions: usecases/questions/questions.test.ts",
  readRun: "refused to whoever is bound",
  readRunScenario: "refused to whoever is bound",
  readScenario: "refused to whoever is bound",
  readSignatures: "bytes: usecases/files/read-file.test.ts",
  readTemplate: "texts of our own: rules that everybody reads",
  readTile: "signed heads: the doors",
  readTogether: "who decides",
  readWhatIf: "refused to whoever is bound",
  renameView: "their own",
  saveScenario: "refused to whoever is bound",
  stopExport: "a package: the doors",
  tryPack: "texts of our own: rules that everybody reads",
}
