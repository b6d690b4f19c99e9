import { fold } from "@/domain/core/fold"
import { AGREEMENT_KINDS, type AgreementKind } from "@/domain/vocabulary/agreements"
import { PARTY_KINDS, PARTY_SUB_KINDS, type PartyKind, type PartySubKind } from "@/domain/vocabulary/parties"
import {
  CHANNELS,
  DATA_FORMS,
  FREQUENCIES,
  MODES,
  ROLES,
  type Channel,
  type DataForm,
  type Frequency,
  type Mode,
  type SharingRole,
} from "@/domain/vocabulary/sharings"
import { PURPOSES, type Purpose } from "@/domain/vocabulary/purposes"
import { DATA_KINDS, type DataKind } from "@/domain/vocabulary/data-kinds"
import { SUBJECTS, type Subject } from "@/domain/vocabulary/subjects"
import { GROUNDS, LEGAL_BASES, type Ground, type LegalBasis } from "@/domain/vocabulary/grounds"
import type { Term } from "@/domain/vocabulary/term"
import { piecesOf, type Pieces } from "./pieces"

/** Reads words of a vocabulary: one, or a list in one cell. */
export type Words<T> = { one: (text: string) => T | null; list: (cell: string) => Pieces<T> }

/** A vocabulary's codes, labels and DPV terms, and more words for some codes (parted by `|`, folded). */
function wordsOf<T extends string>(
  terms: readonly Term[],
  more: Partial<Record<T, string>> = {},
  other: (text: string) => T | null = () => null,
): Words<T> {
  const index = new Map<string, T>()
  const put = (word: string, code: T): void => void (index.has(word) || word === "" || index.set(word, code))
  for (const term of terms) put(fold(term.code), term.code as T)
  for (const term of terms) put(fold(term.label), term.code as T)
  for (const [code, words] of Object.entries(more) as [T, string][])
    for (const word of words.split("|")) put(fold(word), code)
  for (const term of terms) put(fold(term.dpv ?? ""), term.code as T)
  const one = (text: string): T | null => index.get(fold(text)) ?? other(text)
  return { one, list: (cell) => piecesOf(cell, one) }
}

export const PARTY_KIND_WORDS = wordsOf<PartyKind>(PARTY_KINDS, {
  processor: "data processor|sub-processor|subprocessor|Auftragsverarbeiter|sous-traitant|service provider",
  affiliate: "group company|affiliate company|subsidiary|Konzerngesellschaft|Tochtergesellschaft|filiale",
  partner: "third party|partner company|Geschäftspartner|partenaire|controller|Verantwortlicher",
  authority: "public authority|court|regulator|Behörde|Gericht|autorité|autorité publique",
  public: "everybody|public|Öffentlichkeit",
})

export const PARTY_SUB_KIND_WORDS = wordsOf<PartySubKind>(PARTY_SUB_KINDS, {
  infrastructure: "hosting|cloud|cloud hosting|infrastructure|Infrastruktur|hébergement",
  logistics: "delivery|shipping|logistics|Logistik|Versand|logistique|livraison",
  payment: "payments|payment provider|bank|Zahlung|Zahlungsdienst|paiement",
  support: "customer support|hotline|Kundendienst|assistance",
  advertising: "ads|adtech|marketing|Werbung|publicité",
  agency: "agentur|agence",
  reseller: "Wiederverkäufer|revendeur",
})

export const MODE_WORDS = wordsOf<Mode>(MODES, {
  entrust: "entrusted|processing|processing on behalf|on our behalf|Auftragsverarbeitung|sous-traitance|commissioned",
  share: "sharing|shared|Weitergabe|partage",
  transfer: "change of control|transfer|Übertragung|cession",
  disclose: "publish|publication|disclosure|public disclosure|Veröffentlichung",
})

export const ROLE_WORDS = wordsOf<SharingRole>(ROLES, {
  processor: "data processor|Auftragsverarbeiter|sous-traitant",
  "sub-processor": "subprocessor|Unterauftragsverarbeiter|sous-traitant ultérieur",
  controller: "data controller|independent controller|Verantwortlicher|responsable du traitement",
  joint: "joint controllers|gemeinsam Verantwortlicher|gemeinsam Verantwortliche|responsable conjoint",
  authority: "Behörde|autorité",
})

export const PURPOSE_WORDS = wordsOf<Purpose>(PURPOSES, {
  "svc.deliver": "service delivery|provide the service|Leistungserbringung|fourniture du service",
  "svc.support": "support|customer support|technical support|customer service|Kundenservice|assistance|service client",
  "svc.storage": "storage|cloud storage|backup|Speicherung|stockage",
  "svc.infra": "hosting|cloud hosting|cdn|infrastructure|content delivery|cloud infrastructure|hébergement",
  "svc.comms": "email delivery|messaging|push notifications|communications|transactional email|Mailversand",
  "auth.identity": "authentication|log in|login|identity verification|Authentifizierung|authentification",
  "order.fulfil": "order processing|orders|Bestellabwicklung|commandes",
  "order.deliver": "delivery|shipping|logistics|Versand|livraison|Lieferung",
  "order.pay": "payment|payments|payment processing|billing|Zahlung|Zahlungsabwicklung|paiement",
  "pers.service": "personalisation|personalization|Personalisierung|personnalisation",
  "mkt.direct": "marketing|direct marketing|newsletter|email marketing|Direktwerbung|prospection",
  "mkt.ads": "advertising|ads|personalised advertising|personalized advertising|Werbung|publicité",
  "mkt.social": "social media|soziale Netzwerke|réseaux sociaux",
  "ana.usage": "analytics|statistics|usage analytics|web analytics|measurement|Analyse|Statistik|statistiques|analyse",
  "ana.improve": "product improvement|research and development|Produktverbesserung",
  "err.fix": "error tracking|error monitoring|crash reporting|monitoring|Fehlerbehebung",
  "sec.fraud": "fraud prevention|fraud detection|Betrugsprävention|lutte contre la fraude",
  "sec.protect": "security|it security|Sicherheit|sécurité",
  "law.comply": "legal obligation|compliance|gesetzliche Pflicht|obligation légale",
  "law.dispute": "litigation|legal disputes|Rechtsstreit|contentieux",
  "hr.manage": "hr|human resources|payroll|Personal|Personalverwaltung|Lohnabrechnung|ressources humaines|paie",
})

export const DATA_KIND_WORDS = wordsOf<DataKind>(DATA_KINDS, {
  "id.name": "names|full name|first name|last name|Namen|nom|prénom|noms",
  "id.official": "passport|passport number|id card|Ausweisnummer|Personalausweis",
  "contact.email": "email|e-mail|emails|email addresses|mail address|E-Mail-Adresse|courriel|adresse e-mail",
  "contact.phone": "phone|telephone|telephone number|phone numbers|mobile number|Telefon|Telefonnummer|téléphone",
  "contact.address": "address|addresses|home address|Adresse|Anschrift|Postanschrift|adresse postale",
  "acct.identifier": "user id|account id|account number|customer number|username|Kundennummer|identifiant",
  "acct.profile": "profile|account data|Profil|Kontodaten|profil",
  "acct.secret": "password|passwords|credentials|Passwort|mot de passe",
  "device.id": "device id|device ids|device identifiers|imei|serial number|Gerätekennung|Seriennummer",
  "device.model": "device data|device information|device characteristics|device|Gerätedaten",
  "online.ip": "ip|ip addresses|ip-adresse|ip-adressen|adresse ip|adresses ip",
  "online.cookie": "cookies|cookie|cookie id|advertising id|Cookie-Kennung",
  "online.browsing": "browsing|clicks|browsing data|browsing history|online behaviour|Surfverhalten|navigation",
  "log.usage": "usage data|log data|logs|access logs|Nutzungsdaten|Protokolldaten|données d'usage",
  "log.error": "crash reports|error reports|error logs|crash data|Fehlerberichte",
  "loc.precise": "gps|gps location|precise geolocation",
  "loc.coarse": "location|location data|coarse location|Standort|Standortdaten|localisation",
  "order.items": "orders|order data|purchase history|Bestelldaten|Bestellungen|commandes",
  "fin.card": "credit card|card number|payment data|credit card data|Kreditkarte|Zahlungsdaten|carte bancaire",
  "fin.account": "iban|bank details|bank data|Bankverbindung|coordonnées bancaires|Kontoverbindung",
  "content.stored": "files|photos|videos|uploads|images|Dateien|fichiers",
  "content.message": "message|chat|communications|Nachrichten|correspondence",
  "pref.interest": "preferences|interest|Interessen|intérêts",
  "prof.employment": "employment|hr data|employee data|salary|Beschäftigtendaten|Personaldaten",
  "spec.health": "health data|medical data|Gesundheitsdaten|données de santé",
  "spec.biometric": "biometric data|biometrics|Biometrie|biometrische Daten",
  "id.birthdate": "birthdate|birthday|birth date|dob|Geburtsdatum|date de naissance",
  "id.gender": "sex|gender|Geschlecht|genre",
  "id.signature": "Unterschrift|signatures",
  "content.voice": "voice recordings|Stimme",
})

export const SUBJECT_WORDS = wordsOf<Subject>(SUBJECTS, {
  user: "users|registered users|app users|end users|Nutzer|Benutzer|utilisateurs",
  customer: "customers|clients|client|buyers|Kunden|Kunde",
  visitor: "visitors|website visitors|site visitors|Besucher|Websitebesucher|visiteurs",
  child: "children|minors|child|Kinder|Minderjährige|enfants|mineurs",
  employee: "employees|staff|workers|Mitarbeiter|Beschäftigte|Angestellte|salariés|employés",
  applicant: "applicants|job applicants|candidates|Bewerber|candidats",
  "partner-contact": "business contacts|supplier contacts|contacts|Ansprechpartner|Geschäftskontakte",
  bystander: "bystanders|Passanten",
})

export const GROUND_WORDS = wordsOf<Ground>(GROUNDS, {
  consent: "user consent|explicit consent|Einwilligung|consentement",
  statute: "law|legal obligation|Gesetz|loi",
  affiliate: "affiliates|group|Konzern|groupe",
  partner: "business partners|Geschäftspartner|partenaire",
  merger: "merger|sale|Fusion",
})

/** Words for a legal basis mean the EU's; a basis of another law is written by its code. */
export const BASIS_WORDS = wordsOf<LegalBasis>(
  LEGAL_BASES.filter((term) => term.code.startsWith("eu.6")),
  {
    "eu.6.1.a": "Einwilligung|consentement|opt-in",
    "eu.6.1.b": "performance of a contract|contractual necessity|Vertrag|Vertragserfüllung|contrat",
    "eu.6.1.c": "legal duty|rechtliche Verpflichtung|gesetzliche Pflicht|obligation légale",
    "eu.6.1.d": "vital interest|lebenswichtige Interessen|intérêts vitaux",
    "eu.6.1.e": "public interest|öffentliches Interesse|intérêt public|mission d'intérêt public",
    "eu.6.1.f": "legitimate interest|berechtigtes Interesse|berechtigte Interessen|intérêt légitime|intérêts légitimes",
  },
  (text) => {
    const code = LEGAL_BASES.find((term) => fold(term.code) === fold(text))?.code
    const letter =
      /^(?:art(?:icle|ikel)? )?6 (?:(?:abs|par|para) )?1 (?:(?:lit|let|s 1 lit) )?([a-f])(?: (?:eu )?(?:gdpr|dsgvo|ds gvo|rgpd))?$/.exec(
        fold(text),
      )?.[1]
    return code ?? (letter ? (`eu.6.1.${letter}` as LegalBasis) : null)
  },
)

export const CHANNEL_WORDS = wordsOf<Channel>(CHANNELS, {
  api: "api|interface",
  file: "sftp|upload",
  web: "website|tag|pixel",
})
export const FREQUENCY_WORDS = wordsOf<Frequency>(FREQUENCIES, {
  once: "one-off|one time|einmalig|une fois",
  sporadic: "ad hoc|occasional|on demand|gelegentlich",
  often: "daily|weekly|monthly|regular|regularly|täglich|wöchentlich|monatlich|régulier",
  continuous: "real time|permanent|ongoing|constant|laufend|continu",
})
export const DATA_FORM_WORDS = wordsOf<DataForm>(DATA_FORMS, {
  identified: "clear|plain|personal|Klartext",
  pseudonymised: "pseudonymized|pseudonymous|hashed|pseudonymisiert",
  "de-identified": "anonymised|anonymized|anonymous|anonymisiert",
  aggregate: "aggregated|statistics",
})

export const AGREEMENT_KIND_WORDS = wordsOf<AgreementKind>(AGREEMENT_KINDS, {
  confidentiality: "nda|confidentiality|non-disclosure agreement|Geheimhaltungsvereinbarung|accord de confidentialité",
  processing:
    "dpa|data processing agreement|processing agreement|processing terms|AVV|AV-Vertrag|Auftragsverarbeitungsvertrag|accord de sous-traitance",
  "controller-sharing": "data sharing agreement|controller to controller",
  "joint-arrangement":
    "joint controller agreement|joint controllership|Vereinbarung nach Art. 26|gemeinsame Verantwortlichkeit",
  scc: "sccs|standard contractual clauses|Standardvertragsklauseln|clauses contractuelles types",
  uk: "idta|uk addendum",
  "cn-contract": "china standard contract|cn scc",
  intragroup: "intra-group agreement|intragroup agreement|Konzernvereinbarung",
  successor: "undertaking",
  ccpa: "ccpa agreement|ccpa addendum",
})
