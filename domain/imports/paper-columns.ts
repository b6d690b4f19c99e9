/** What a column can say of the paper between us and the party, with headers by which it is known. */
export const PAPER_TARGETS = {
  paperKind:
    "agreement kind|kind of agreement|agreement type|contract type|type of contract|vertragsart|type de contrat",
  paperTitle:
    "agreement title|agreement name|contract title|contract name|contract|vertrag|vertragsbezeichnung|contrat|intitule du contrat",
  paperReference:
    "agreement reference|contract number|contract no|contract id|agreement number|contract reference|vertragsnummer|numero de contrat|reference du contrat",
  paperEffectOn:
    "agreement date|effective date|effective from|in effect from|contract start|contract start date|agreement start|wirksam ab|date d effet|entree en vigueur",
  paperEndsOn:
    "contract end|contract end date|agreement end|agreement ends|expiry date|expiration date|expires on|valid until|ablaufdatum|gultig bis|date d expiration|valable jusqu au",
  paperTerminatedOn: "terminated on|termination date|termination takes effect|gekundigt zum|date de resiliation",
  paperInitialMonths:
    "initial term|initial term months|first term|term|contract term|minimum term|laufzeit|erstlaufzeit|mindestlaufzeit|duree|duree initiale",
  paperRenewal:
    "renewal|renewal way|renewal type|auto renewal|automatic renewal|auto renew|verlangerung|automatische verlangerung|renouvellement|reconduction",
  paperRenewalMonths:
    "renewal months|renewal term|renewal period|further term|verlangerungszeitraum|verlangerung um|duree de reconduction",
  paperNoticeMonths:
    "notice months|notice before renewal|non renewal notice|notice to renew|kundigungsfrist zur verlangerung|preavis de non reconduction",
  paperRenewalsMost:
    "renewals at most|maximum renewals|number of renewals|hochstens verlangert|renouvellements au plus",
  paperNoticeOurs: "our notice|our notice days|notice period|notice days|notice|kundigungsfrist|preavis|notre preavis",
  paperNoticeTheirs: "their notice|their notice days|notice of the party|kundigungsfrist des partners|leur preavis",
  paperNoticeAddress: "notice address|address for notices|zustelladresse|adresse de notification",
  paperNoticeForm: "notice form|form of notice|form der kundigung|forme du preavis",
  paperNoticeCounts: "notice counts|notice counts from|kundigung zahlt ab|preavis compte",
  paperObjectionDays: "objection days|objection period|days to object|widerspruchsfrist|delai d opposition",
  paperDeletionDays: "deletion days|days to delete|deletion after end|loschung nach ende|delai de suppression",
  paperGoverningLaw: "governing law|applicable law|law|anwendbares recht|geltendes recht|droit applicable",
  paperOwner:
    "contract owner|agreement owner|renewal owner|contract manager|vertragsverantwortlicher|responsable du contrat",
} as const

export type PaperField = keyof typeof PAPER_TARGETS

/** The columns in their order. */
export const PAPER_FIELDS = Object.keys(PAPER_TARGETS) as PaperField[]
