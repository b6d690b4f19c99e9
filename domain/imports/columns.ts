import { fold } from "@/domain/core/fold"
import { PAPER_TARGETS } from "./paper-columns"
import { PURPOSE_WORDS } from "./vocabulary-words"

/** What a column of a file can mean, with headers by which it is known (English, German, French; best first). */
export const TARGETS = {
  legalName:
    "legal name|vendor name|supplier name|party name|company name|recipient name|sub processor|subprocessor|sub processor name|subprocessor name|vendor|supplier|recipient|party|processor|third party|partner|provider|firmenname|name des empfangers|empfanger|dienstleister|lieferant|auftragsverarbeiter|anbieter|unterauftragsverarbeiter|raison sociale|destinataire|fournisseur|prestataire|sous traitant|entity name|name|nom|firma|company|unternehmen|entreprise|societe|organisation|organization|entity|data controller",
  otherNames:
    "other names|also known as|aka|brand|brands|trading name|runs|marke|marken|weitere namen|autres noms|marque",
  country:
    "country|country of establishment|country code|vendor country|seat|registered in|headquarters|hq country|land|sitz|sitzland|pays|siege|country of incorporation|jurisdiction",
  /** Kept as it stands; its last line tells the country where no column does. */
  address: "address|postal address|registered address|anschrift|adresse|adresse postale",
  website: "website|web|url|homepage|site|web site|webseite|internet|site web|web address",
  hosts: "hosts|host|host names|domain|domains|hostname|hostnames|domaine|domaines",
  kind: "kind|party kind|party type|vendor type|recipient type|type|art|typ|kategorie des empfangers|type de destinataire",
  subKind: "sub kind|subkind|kind of partner|vendor category|supplier category|service type",
  registration:
    "registration number|company number|register number|handelsregister|handelsregisternummer|hrb|siren|siret|registration|numero d immatriculation",
  lei: "lei|lei code|legal entity identifier",
  vat: "vat|vat id|vat number|vat no|ust id|ustid|umsatzsteuer id|tva|numero de tva|tax id",
  vendorNumber: "vendor number|vendor id|iab id|gvl id|tcf id",
  otherNumber:
    "supplier number|supplier id|creditor number|kreditor|kreditorennummer|lieferantennummer|id|number|nr|no|numero",
  contactName: "contact|contact name|contact person|ansprechpartner|kontakt|personne de contact|interlocuteur",
  contactEmail: "email|e mail|contact email|contact e mail|mail|email address|kontakt e mail|courriel|adresse e mail",
  contactPhone: "phone|telephone|contact phone|tel|telefon|telefonnummer|phone number",
  risk: "risk|risk level|risk rating|criticality|risiko|risikoklasse|kritikalitat|risque|niveau de risque|tier",
  dpa: "dpa|dpa signed|dpa in place|data processing agreement|processing agreement|av vertrag|avv|avv vorhanden|auftragsverarbeitungsvertrag|contrat de sous traitance|accord de sous traitance|agreement|contract signed",
  title:
    "title|sharing|sharing title|processing activity|data flow|flow|service|services|verarbeitungstatigkeit|verarbeitung|bezeichnung|leistung|traitement|intitule|activite de traitement|prestation",
  mode: "mode|sharing mode|how shared|weitergabeart|mode de partage",
  role: "role|gdpr role|data protection role|rolle|rolle des empfangers|role rgpd|qualification",
  purposes:
    "purposes|purpose|purpose of processing|processing purpose|zweck|zwecke|verarbeitungszweck|finalite|finalites|but",
  purposeText:
    "purpose text|purpose description|description of processing|service description|service category what they do|service category|what they do|description|zweckbeschreibung|beschreibung|usage|use|nature of processing",
  dataKinds:
    "data kinds|data categories|categories of data|personal data|data|data types|data type|customer data involved|categories of personal data|data shared|datenkategorien|datenarten|daten|personenbezogene daten|categories de donnees|donnees|donnees personnelles",
  subjects:
    "data subjects|subjects|categories of data subjects|whose data|people|betroffene|betroffene personen|betroffenengruppen|personnes concernees|categories de personnes",
  ground: "ground|grounds|statement ground|grund",
  basis: "legal basis|lawful basis|legal bases|rechtsgrundlage|base legale|base juridique|gdpr basis",
  destinations:
    "destination countries|destinations|destination|data location|hosting location|location|locations|region|regions|storage location|processing location|location of processing|server location|hosting country|countries|speicherort|verarbeitungsort|serverstandort|standort|drittland|lieu de traitement|lieu de stockage|lieu d hebergement|hebergement|localisation|pays de destination|entity country",
  channel: "channel|kanal|canal|transfer channel",
  frequency: "frequency|how often|haufigkeit|frequence",
  dataForm: "form of the data|data form|pseudonymised|form der daten|forme des donnees",
  retentionDays:
    "retention|retention days|retention period|retention in days|days kept|storage period|aufbewahrung|aufbewahrungsfrist|speicherdauer|loschfrist|duree de conservation|conservation",
  startsOn:
    "starts on|start date|start|first day|since|from|begin|beginn|ab|seit|vertragsbeginn|date de debut|debut|depuis",
  endsOn: "ends on|end date|end|last day|until|to|expiry|ende|bis|vertragsende|date de fin|fin|jusqu au",
  owner:
    "owner|business owner|internal owner|responsible|responsible person|relationship owner|verantwortlich|verantwortlicher|zustandig|fachbereich|proprietaire|responsable|responsable interne",
  dueOn: "due on|due|due date|due day|deadline|fallig|fallig am|frist|echeance|date limite",
  foundHow: "found how|how found|found by|source|quelle|herkunft|wie gefunden",
  notes:
    "notes|note|comments|comment|remarks|remark|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|notizen|remarque|remarques|commentaire|commentaires",
  tags: "tags|tag|labels|schlagworte|etiquettes",
  ...PAPER_TARGETS,
} as const

export type TargetField = keyof typeof TARGETS

/** The targets in their order, for a list to choose from. */
export const TARGET_FIELDS = Object.keys(TARGETS) as TargetField[]

/** What each column of a file means, by its place from 0. A column left out is kept as `extra`. */
export type ColumnMap = Record<number, TargetField | "extra" | "ignore">

/** Whether the text names a target. */
export function isTargetField(text: string): text is TargetField {
  return Object.hasOwn(TARGETS, text)
}

/**
 * Recognises columns by their headers. Every target is given to one column at most, the one whose header says it best;
 * all others are kept as they are. Rows at hand tell a purpose in words of our own from one in free text.
 */
export function recogniseColumns(header: readonly string[], sample: readonly (readonly string[])[] = []): ColumnMap {
  const folded = header.map((name) => fold(name.replace(/\(.*?\)/g, " ")))
  const whole = header.map(fold)
  const map: ColumnMap = Object.fromEntries(header.map((_name, at) => [at, "extra"]))
  const claims = TARGET_FIELDS.flatMap((field) =>
    TARGETS[field]
      .split("|")
      .flatMap((word, rank) =>
        folded.flatMap((name, at) => (name === word || whole[at] === word ? [{ field, rank, at }] : [])),
      ),
  ).sort((a, b) => a.rank - b.rank || a.at - b.at)
  const given = new Set<TargetField>()
  for (const { field, at } of claims) {
    if (given.has(field) || map[at] !== "extra") continue
    given.add(field)
    map[at] = field
  }
  return freePurposes(map, sample)
}

/** A column of purposes that mostly holds free text is the purpose in a sentence, not a list of ours. */
function freePurposes(map: ColumnMap, sample: readonly (readonly string[])[]): ColumnMap {
  const entry = Object.entries(map).find(([, field]) => field === "purposes")
  if (!entry) return map
  const at = Number(entry[0])
  const filled = sample.map((cells) => cells[at]?.trim() ?? "").filter((cell) => cell !== "")
  const known = filled.filter((cell) => PURPOSE_WORDS.list(cell).strange.length === 0).length
  if (filled.length === 0 || known * 2 >= filled.length) return map
  const taken = Object.values(map).includes("purposeText")
  return { ...map, [at]: taken ? "extra" : "purposeText" }
}
