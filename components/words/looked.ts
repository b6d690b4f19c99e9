/** What each check reads in the register, for the pages of packs and clauses. One sentence or two for every check. */
export const LOOKED: Record<string, string> = {
  "looked.actsForUs":
    "Each flow that is entrusted: the party's role, and the answer to whether it has ends of its own with the data.",
  "looked.announcedByNotice":
    "The flow's purposes and, for business partners, its kinds of data. Where one is not among those that the statement lists: the notice that the flow names, and its first and last day.",
  "looked.announcedPartner": "Each flow to a business partner: what kind of partner the party's record says it is.",
  "looked.annexesFilled":
    "The standard clauses that the flow's destinations name: whether the checklist of the paper points to each annex that its module has, and whether there are sub-processors.",
  "looked.asked":
    "One question of the flow, whether it is answered: what may be concluded from the data, or what the recipient may do next with it.",
  "looked.assessmentHolds":
    "The assessments of the party and of this flow, of the kind that the clause names: their outcome, and from which day to which they hold.",
  "looked.assessmentParts":
    "The assessments of the kind that the clause names: which parts they have, and until when they are kept.",
  "looked.basisNamed":
    "The legal bases of the flow with their days, the evidence given for each, and the balancing tests on record where a basis asks for one.",
  "looked.bindingRules":
    "Destinations that name binding corporate rules: the approval referred to as evidence, and the party's links to the group with their days.",
  "looked.boundAlike":
    "A sub-processor's flow: the flow it hangs on, and whether the covering papers point to the same duties.",
  "looked.cameBackLooked":
    "Of a paper made from our template: whether what came back has the words that were sent, or somebody recorded having looked.",
  "looked.conditionsMet":
    "Each condition under which the record was approved: its day, and the day on which somebody confirmed that it is met.",
  "looked.signatureBorne":
    "Each agreement that is said to be known by a checked signature: the last word about the signatures in each of its files.",
  "looked.signatureWhole":
    "Each agreement of which a file is signed: whether what was found last says that one was altered after signing, or fails.",
  "looked.signedShown":
    "Each agreement: how it was signed, who confirmed that they looked at a paper signed by hand, and what is kept of terms accepted online.",
  "looked.breachAsked": "Each flow that was found running: whether anybody said if it is a breach.",
  "looked.chainAllowed":
    "The covering papers, for the leave to engage others; and each link of the chain: when it was announced, until when one may object, what was answered, and when it began.",
  "looked.checklistComplete":
    "Each agreement whose text is on record: for which items of its kind the checklist points to a file and page. The company's law decides on some items.",
  "looked.chinaBands":
    "All flows of the company that leave the Chinese mainland, restricted ones too: how many people each concerns and how many of them with sensitive data, added up since the first of January; and by which route each goes.",
  "looked.chosenByPerson":
    "Flows that rest on consent: whether the consent names this party, or the ground says how the person chose it.",
  "looked.clausesInTime":
    "Destinations that name these clauses: the day on which the paper was signed or accepted, and whether data, kinds of data or places were added since.",
  "looked.clientSays":
    "Flows in which we work for a client ourselves: each answer about the client's paper, its instruction, its leave for sub-processors and the deletion.",
  "looked.conditionNamed":
    "The legal basis that the clause is about, where the flow names it: whether its evidence says which condition is met.",
  "looked.confidentialityFirst":
    "Flows to group companies and business partners: the signed papers that cover each day, and whether their checklists point to the statement, confidentiality and security.",
  "looked.consentGiven":
    "Flows that rest on consent: the consent record of each ground, what it is about, its wording, how it was captured, and whether its first day lies before the flow.",
  "looked.consentNamesController":
    "Transfers of control that rest on consent: the consent record, and whether it names the new controller.",
  "looked.consentShown":
    "The consents that the flow names: what each is about, whether it was asked for separately, its days, its wording, how it was captured and how it is withdrawn.",
  "looked.dataMinimal":
    "Each kind of data of the flow: why it is needed, in words, and the day on which that was last looked at.",
  "looked.deIdentified":
    "Flows of de-identified data: the method, the test of whether people can be found again and its days, and whether a covering paper holds the recipient's promise not to try.",
  "looked.deletionProven":
    "Flows that have ended: the last day, how long data may be kept after it, and the proof of deletion or return.",
  "looked.derogationRare":
    "Destinations that name an exception: how often data flows, and for compelling interests the evidence that authority and people were told.",
  "looked.destinationsNamed":
    "The flow's destinations, those where data lies and those from where it is reached, with their days. Not for what is made public.",
  "looked.deviceAccess":
    "Each kind of data that is read from a device: a consent that stands, or in words why the service cannot do without it.",
  "looked.entrustPaper":
    "Each flow that is entrusted: the agreements that cover it, their kind, who has signed, and on which days they are in effect.",
  "looked.exceptionGrounded":
    "Each ground of the flow that names this exception: whether the answers that the exception asks for are given.",
  "looked.factsAnswered": "Answers in the record of our company or of the party that the clause asks for.",
  "looked.fieldsAnswered": "Answers of the flow's own record that the clause asks for.",
  "looked.foreignOrder":
    "Flows on an order from an authority abroad: the party's country, the treaty or law that the ground cites, and any other mechanism named for the country.",
  "looked.groundNamed":
    "The grounds of the flow, day by day: whether one that the clause allows is named on every day of it.",
  "looked.groundSays": "The grounds that the clause is about: whether the answers that belong to them are given.",
  "looked.groundsListed": "Each ground of the flow: whether the statement knows it for this mode.",
  "looked.guardianConsents":
    "Flows about minors: how they are protected, and the guardian's consent that is named, with its days.",
  "looked.guardianUndone":
    "Guardians' consents that were closed: whether the recipients were told to delete, and acknowledged it.",
  "looked.ictContract":
    "Identifiers of our company and of the party, and in the covering papers the governing law and the time of notice on both sides.",
  "looked.inWriting": "The covering papers: whether the text of one is on record as a file.",
  "looked.itemsPointed":
    "The checklists of the papers that cover the flow: whether each item that the clause asks for points to a file and page.",
  "looked.keptAtMost": "How many days the party keeps the data, as the flow says.",
  "looked.kindMatrix": "The party's kind of service, and each kind of data of the flow: whether that service needs it.",
  "looked.kindsNeeded": "Each kind of data that the clause is about: whether it is said in words why it is needed.",
  "looked.kindsWithin": "The flow's kinds of data and purposes: whether each is among those that the clause allows.",
  "looked.lawCited": "The flow's legal bases with their evidence, and the laws that its grounds cite.",
  "looked.linkOnly": "Flows to a party that is only linked to: whether any data is named.",
  "looked.marketingByOptIn":
    "Flows for advertising: the consent record of the ground, and the way on which an opt-out reaches the party.",
  "looked.measuresNamed": "The measures of protection that the flow names.",
  "looked.measuresTaken": "The measures of protection that the flow names.",
  "looked.mechanismHolds":
    "Each mechanism that a destination names under this law: the adequacy decisions and their limits, the party's conditions with their days, the papers and who signed them, and the days on which the instrument is in force.",
  "looked.mechanismNamed":
    "Each destination abroad under the laws that bind the company, day by day: the mechanism named for it, and a paper, an assessment or words as its evidence.",
  "looked.minorsApart": "Flows about minors: whether they are about anybody else as well.",
  "looked.minorsProtected":
    "Flows about minors: on which way their data may leave, and the guardian's consent with its days, or the reason in words.",
  "looked.moduleFits":
    "The standard clauses that a destination names: their module, the party's role, and whether we work for a client ourselves.",
  "looked.necessityGiven": "Each kind of data on these grounds: whether it is said in words why it is needed.",
  "looked.neverParty": "The kinds of the party, with their days.",
  "looked.neverSent": "The kinds of data of the flow, with their days.",
  "looked.neverThere": "The destinations of the flow with their days, and the kinds of data that flow on them.",
  "looked.noOwnPurpose": "The answer to whether the party has ends of its own with the data.",
  "looked.notBarred": "The party's dated conditions: whether it stands on the authority's list of barred recipients.",
  "looked.noticeTells":
    "The notice that the flow names: its first and last day, and whether it tells the recipients, countries, kinds of data and items that the clause asks for.",
  "looked.onlyThere": "The destinations of the flow, with their days.",
  "looked.operatorAtHome":
    "Whether the company is an operator of critical infrastructure; whether a copy is stored in the mainland, and whether a security assessment is named as the route.",
  "looked.ownControllers":
    "Flows that are shared: the party's role, and a joint arrangement that covers them, if there is one.",
  "looked.paperBinds":
    "The papers that cover an entrusted flow: whether their checklists point to the statement, confidentiality and security.",
  "looked.paperThere":
    "The agreements that cover the flow: their kind, who has signed, and on which days they are in effect.",
  "looked.partnerFamilies":
    "Flows to business partners: each kind of data beyond order, account, device and location, and whether a notice in effect names that kind of data and of recipient.",
  "looked.partyAudited": "Parties with a medium or high risk: the day of the latest audit, and the kinds of the party.",
  "looked.partyVetted":
    "Processors, group companies and partners: their due diligence assessments, the outcome, and from which day to which they hold.",
  "looked.permissionOptional":
    "Kinds of data that a device permission opens: the permission's name, how one switches it off, and the consent with its days.",
  "looked.publishedByConsent":
    "What is made public without a law behind it: the consent for publication, the medium it names, and the flow's last day.",
  "looked.publishedByLaw":
    "What is made public because a law asks: what the ground cites or the demand on record, where it is published, and until when.",
  "looked.purposeSpecific":
    "Flows to business partners: the purpose in words, and for each kind of data why it is needed.",
  "looked.purposesAnnounced":
    "The purposes of the flow: whether each is among those announced, or consent stands on those days.",
  "looked.representativeNamed":
    "Our company's country and the laws that bind it: whether a representative is named where the company has no seat.",
  "looked.retentionStated":
    "How long the party keeps data, counted from what, and how it deletes it; after the last day the proof that it did.",
  "looked.reviewedAfterChange":
    "The changes of the party's name, owner or business with their days, and for each kind of data the day on which it was last looked at.",
  "looked.reviewedSoon":
    "Flows on an urgent interest without consent: whose interest it is, why consent was out of reach, and the day of the latest review.",
  "looked.runsAtMost": "The first day of the flow, and how long it has run.",
  "looked.saleAnnounced":
    "Transfers by sale of assets: the day on which people were told, how long they could object, and the day on which control passed.",
  "looked.secondGround": "The flow's legal bases of this list, and the evidence given for them.",
  "looked.sourceNoticed":
    "Flows of data that we have from somebody else: the notice that the flow names, and its days.",
  "looked.startedByPerson": "Flows of sound: whether the record says that the person starts the recording.",
  "looked.statisticsOnly":
    "Flows of statistics: the smallest group that is said, and whether any kind of data singles a person out.",
  "looked.statuteCited":
    "Flows on a law, a dispute or a demand: which of them it is, what is cited or the case number, and for a demand whether the party is an authority.",
  "looked.successorBound":
    "Transfers by merger, takeover or insolvency: the successor's signed undertaking, or the day on which people are asked anew before first use.",
  "looked.supervised": "The audits and appraisals of the party, and the day of the latest one.",
  "looked.transferAssessed":
    "The transfer impact assessments of the flow or its mechanism: the outcome, the day, and from which day to which they hold.",
  "looked.trulyAffiliate": "Flows to group companies: the party's kind, and its links to the group with their days.",
  "looked.vettedFor": "The party's due diligence assessments: the outcome, and from which day to which they hold.",
  "looked.withdrawalStops":
    "The consents behind the flow: the day on which one was closed, whether data flows under it after that day, and whether the recipients were told and acknowledged it.",
  "looked.withinConsent":
    "The consent behind the flow: whether this party, these purposes and each kind of data lie within what people said yes to.",
  "looked.withinDemand":
    "Flows on a demand: the demand on record, the day it was served and is to be answered, and whether each kind of data lies within it.",
}
