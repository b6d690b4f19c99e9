import type { Term } from "./term"

/** The codes of purpose, with label, W3C DPV 2.3 term, flags and note. */
export const PURPOSES = [
  { code: "acct.register", label: "Register and activate", dpv: "dpv:ServiceRegistration", note: "S-I.B(1)" },
  { code: "acct.unique", label: "Check account is unique in group", dpv: "dpv:AccountManagement", note: "S-III.B-3" },
  { code: "auth.identity", label: "Log in, verify identity", dpv: "dpv:IdentityAuthentication", note: "S-II.A(1)" },
  {
    code: "svc.deliver",
    label: "Deliver the service asked for",
    dpv: "dpv:RequestedServiceProvision",
    note: "S-I.B(2)",
  },
  { code: "svc.support", label: "After-sales and technical support", dpv: "dpv:CustomerCare", note: "S-I.B(2)" },
  { code: "svc.notify", label: "Update notices", dpv: "dpv:CommunicationManagement", note: "S-I.B(3)" },
  {
    code: "svc.storage",
    label: "Store, synchronise, share uploads",
    dpv: "dpv:TechnicalServiceProvision",
    note: "S-I.B(8)",
  },
  {
    code: "svc.infra",
    label: "Hosting and delivery network",
    dpv: "dpv:TechnicalServiceProvision",
    note: "S-III.B-4.2",
  },
  {
    code: "svc.comms",
    label: "Send mail, text, push for us",
    dpv: "dpv:CommunicationForCustomerCare",
    note: "S-III.A-1",
  },
  { code: "order.fulfil", label: "Complete an order", dpv: "dpv:CustomerOrderManagement", note: "S-III.B-4.1" },
  { code: "order.deliver", label: "Ship goods", dpv: "dpv:DeliveryOfGoods", note: "S-III.B-4.2" },
  { code: "order.pay", label: "Take payment", dpv: "dpv:PaymentManagement", note: "S-III.B-4.2" },
  { code: "pers.service", label: "Personalised service", dpv: "dpv:ServicePersonalisation", note: "S-I.B(4)" },
  { code: "mkt.direct", label: "Marketing messages", dpv: "dpv:DirectMarketing", flags: ["consent"], note: "S-I.B(5)" },
  {
    code: "mkt.ads",
    label: "Interest-based advertising",
    dpv: "dpv:PersonalisedAdvertising",
    flags: ["consent"],
    note: "S-II.A(3)",
  },
  { code: "mkt.social", label: "Social-network features", dpv: "dpv:SocialMediaMarketing", flags: ["consent"] },
  { code: "ana.usage", label: "Usage statistics", dpv: "dpv:ServiceUsageAnalytics", note: "S-II.A(4)" },
  { code: "ana.improve", label: "Improve products", dpv: "dpv:ImproveExistingProductsAndServices", note: "S-I.B(6)" },
  { code: "int.audit", label: "Internal audit", dpv: "dpv:OrganisationComplianceManagement", note: "S-I.B(6)" },
  { code: "err.fix", label: "Fix errors", dpv: "dpv:RepairImpairments", note: "S-I.B(7)" },
  { code: "sec.fraud", label: "Fraud and loss prevention", dpv: "dpv:FraudPreventionAndDetection", note: "S-I.B(9)" },
  { code: "sec.protect", label: "Security of systems", dpv: "dpv:EnforceSecurity" },
  { code: "law.comply", label: "Legal duty", dpv: "dpv:LegalCompliance", note: "S-III.B-2" },
  { code: "law.dispute", label: "Litigation and disputes", dpv: "dpv:DisputeManagement", note: "S-III.B-2" },
  { code: "law.safety", label: "Public safety", dpv: "dpv:ProtectionOfPublicSecurity", note: "S-III.E-2" },
  { code: "law.national", label: "National security", dpv: "dpv:ProtectionOfNationalSecurity", note: "S-III.E-1" },
  { code: "hr.manage", label: "Personnel", dpv: "dpv:PersonnelManagement" },
  {
    code: "corp.deal",
    label: "Merger, sale, insolvency",
    dpv: "dpv:OrganisationGovernance",
    flags: ["check"],
    note: "no exact DPV term",
  },
] as const satisfies readonly Term[]

export type Purpose = (typeof PURPOSES)[number]["code"]
