import type { Ground } from "@/domain/vocabulary/grounds"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import type { Sharing } from "@/domain/records/sharing"
import type { DataKind } from "@/domain/vocabulary/data-kinds"
import type { Purpose } from "@/domain/vocabulary/purposes"
import type { Subject } from "@/domain/vocabulary/subjects"

export type SampleFlow = {
  title: string
  mode: Sharing["mode"]
  ground?: Ground
  purpose: Purpose
  text: string
  kinds: readonly DataKind[]
  subjects: readonly Subject[]
  /** Where data lie or are reached from; the mechanism serves whichever company's law makes it abroad. */
  where: readonly { country: string; kind?: "storage" | "access"; mechanism?: Mechanism }[]
  frequency?: "once" | "sporadic" | "often" | "continuous"
  minors?: boolean
}

const entrust = (
  title: string,
  purpose: Purpose,
  kinds: readonly DataKind[],
  where: SampleFlow["where"],
  text: string,
  more: Partial<SampleFlow> = {},
): SampleFlow => ({ title, mode: "entrust", purpose, kinds, where, text, subjects: ["user"], ...more })
const share = (
  title: string,
  ground: Ground,
  purpose: Purpose,
  kinds: readonly DataKind[],
  where: SampleFlow["where"],
  text: string,
  more: Partial<SampleFlow> = {},
): SampleFlow => ({ title, mode: "share", ground, purpose, kinds, where, text, subjects: ["customer"], ...more })

const IE = [{ country: "IE" }] as const
const order = ["order.items", "order.number"] as const

/** What flows where, by name. */
export const SAMPLE_FLOWS: Readonly<Record<string, SampleFlow>> = {
  hosting: entrust(
    "Hosting of accounts",
    "svc.infra",
    ["acct.identifier", "contact.email"],
    IE,
    "Servers that keep the accounts of registered users.",
  ),
  "hosting-us": entrust(
    "Hosting of camera settings",
    "svc.infra",
    ["acct.identifier", "device.settings"],
    [{ country: "US", mechanism: "scc-2021" }],
    "Servers that keep camera settings and answer the app.",
  ),
  backup: entrust(
    "Backups",
    "svc.storage",
    ["acct.identifier", "content.stored"],
    [{ country: "DE" }],
    "Encrypted copies of what users store, for the day a server fails.",
  ),
  "backup-japan": entrust(
    "Backups in Japan",
    "svc.storage",
    ["acct.identifier"],
    [{ country: "JP", mechanism: "adequacy" }],
    "A second copy of accounts in another earthquake zone.",
  ),
  mail: entrust(
    "Mail to users",
    "svc.comms",
    ["contact.email"],
    [{ country: "FR" }],
    "Sends receipts and notices of updates by mail.",
  ),
  "text-messages": entrust(
    "Text messages",
    "svc.comms",
    ["contact.phone"],
    [{ country: "NL" }],
    "Sends sign-in codes to a phone.",
  ),
  push: entrust(
    "Push messages",
    "svc.notify",
    ["device.id"],
    [{ country: "FI" }],
    "Tells the app that a camera saw motion.",
  ),
  support: entrust(
    "Support by phone",
    "svc.support",
    ["id.name", "contact.phone", "device.model"],
    [{ country: "PT", kind: "access" }],
    "Answers calls of customers about their cameras.",
  ),
  "support-abroad": entrust(
    "Support at night",
    "svc.support",
    ["id.name", "device.model"],
    [{ country: "IN", kind: "access", mechanism: "bcr" }],
    "Answers customers while Europe sleeps.",
  ),
  "delivery-network": entrust(
    "Delivery network",
    "svc.infra",
    ["online.ip"],
    [{ country: "IE" }, { country: "GB", kind: "access", mechanism: "adequacy" }],
    "Brings pages and updates close to the person who asks.",
  ),
  crash: entrust(
    "Crash reports",
    "err.fix",
    ["log.error", "device.model"],
    [{ country: "SE" }],
    "Collects what the app was doing when it fell over.",
  ),
  usage: entrust(
    "Usage figures",
    "ana.usage",
    ["log.usage", "device.model"],
    [{ country: "DK" }],
    "Counts which functions are used, never what is filmed.",
  ),
  identity: entrust(
    "Sign-in",
    "auth.identity",
    ["contact.email", "acct.identifier"],
    [{ country: "DE" }],
    "Checks passwords and second factors for us.",
  ),
  logs: entrust(
    "Log keeping",
    "sec.fraud",
    ["online.ip", "log.usage"],
    [{ country: "AT" }],
    "Keeps access logs so that abuse can be found.",
  ),
  repair: entrust(
    "Repairs",
    "svc.support",
    ["id.name", "contact.address", "device.id"],
    [{ country: "DE" }],
    "Repairs cameras and sends them back.",
  ),
  translation: entrust(
    "Translation of tickets",
    "svc.support",
    ["content.message"],
    [{ country: "LU" }],
    "Translates what customers wrote to support.",
  ),
  print: entrust(
    "Printed letters",
    "svc.comms",
    ["id.name", "contact.address"],
    [{ country: "HU" }],
    "Prints and posts safety notices.",
  ),
  "test-lab": entrust(
    "Tests with returned cameras",
    "err.fix",
    ["device.id", "log.error"],
    [{ country: "CZ" }],
    "Finds out why returned cameras failed.",
  ),
  updates: entrust(
    "Firmware updates",
    "svc.deliver",
    ["device.id", "device.model"],
    [{ country: "GB", mechanism: "adequacy" }],
    "Sends new firmware to each camera.",
  ),
  "video-storage": entrust(
    "Video storage",
    "svc.storage",
    ["content.stored", "acct.identifier"],
    [{ country: "US", mechanism: "scc-2021" }],
    "Keeps recordings that a user chose to store in the cloud.",
    { subjects: ["user", "household", "bystander"] },
  ),
  "audit-service": entrust(
    "Internal audit",
    "int.audit",
    ["acct.identifier"],
    [{ country: "DE" }],
    "Checks for us that rights are given as decided.",
  ),
  parcels: share(
    "Parcels",
    "partner",
    "order.deliver",
    order,
    [{ country: "NL" }],
    "The parcel reaches the person who ordered it.",
  ),
  "parcels-china": share(
    "Parcels in China",
    "partner",
    "order.deliver",
    order,
    [{ country: "CN", mechanism: "derogation.b" }],
    "The parcel reaches the person who ordered it in China.",
    { frequency: "sporadic" },
  ),
  payments: share(
    "Payments",
    "partner",
    "order.pay",
    ["order.number", "order.amount"],
    [{ country: "BE" }],
    "The amount of an order is taken from the account that the customer chose.",
  ),
  "payments-china": share(
    "Payments in China",
    "partner",
    "order.pay",
    ["order.number", "order.amount"],
    [{ country: "CN", mechanism: "derogation.c" }],
    "A customer in China pays with the wallet of their choice.",
    { frequency: "sporadic" },
  ),
  "market-seller": share(
    "Orders of accessories",
    "partner",
    "order.fulfil",
    order,
    [{ country: "IT" }],
    "The seller learns what was ordered and sends it.",
  ),
  "app-developer": share(
    "Skills from the app store",
    "partner",
    "order.fulfil",
    ["acct.identifier", "device.model"],
    [{ country: "CH", mechanism: "adequacy" }],
    "A skill that the user installed learns which camera it serves.",
  ),
  "app-developer-us": share(
    "Skills by a developer in the US",
    "partner",
    "order.fulfil",
    ["acct.identifier", "device.model"],
    [{ country: "US", mechanism: "certification" }],
    "A skill that the user installed learns which camera it serves.",
  ),
  "app-developer-il": share(
    "Skills by a developer in Israel",
    "partner",
    "order.fulfil",
    ["acct.identifier"],
    [{ country: "IL", mechanism: "adequacy" }],
    "A skill that the user installed learns which camera it serves.",
  ),
  "app-developer-br": share(
    "Skills by a developer in Brazil",
    "partner",
    "order.fulfil",
    ["acct.identifier"],
    [{ country: "BR", mechanism: "code" }],
    "A skill that the user installed learns which camera it serves.",
  ),
  network: share(
    "Connection of cameras",
    "partner",
    "svc.deliver",
    ["device.id", "net.operator"],
    [{ country: "GB", mechanism: "adequacy" }],
    "The carrier connects cameras that have a data card.",
  ),
  advertising: share(
    "Advertising on our pages",
    "consent",
    "mkt.ads",
    ["online.cookie", "online.browsing"],
    IE,
    "Shows advertisements to visitors who agreed to it.",
    { subjects: ["visitor"] },
  ),
  "school-project": share(
    "Cameras in schools",
    "partner",
    "svc.deliver",
    ["device.id", "acct.identifier"],
    [{ country: "BE" }],
    "Pupils look after a bird box with a camera.",
    { subjects: ["child", "user"], minors: true },
  ),
  "group-accounts": share(
    "One account in the group",
    "affiliate",
    "acct.unique",
    ["acct.identifier", "contact.email"],
    [{ country: "DK" }],
    "One account opens the services of all group companies.",
  ),
  "group-orders": share(
    "Orders in our shops",
    "affiliate",
    "order.fulfil",
    order,
    [{ country: "DE" }],
    "A shop of the group hands out what was ordered online.",
  ),
  "group-us": share(
    "Group accounts in the US",
    "affiliate",
    "acct.unique",
    ["acct.identifier"],
    [{ country: "US", mechanism: "bcr" }],
    "One account opens the services of all group companies.",
  ),
  "group-japan": share(
    "Group accounts in Japan",
    "affiliate",
    "acct.unique",
    ["acct.identifier"],
    [{ country: "JP", mechanism: "adequacy" }],
    "One account opens the services of all group companies.",
  ),
  court: share(
    "Lawsuit over a broken lens",
    "statute",
    "law.dispute",
    ["id.name", "order.number"],
    IE,
    "The court asked for the order that the lawsuit is about.",
    { frequency: "once" },
  ),
  "public-safety": share(
    "Missing child alert",
    "exception-2",
    "law.safety",
    ["loc.coarse", "device.id"],
    IE,
    "Cameras that stood where a child was last seen.",
    { frequency: "once" },
  ),
  defence: share(
    "Notice to the defence office",
    "exception-1",
    "law.national",
    ["device.id"],
    IE,
    "Serial numbers of cameras found at a closed site.",
    { frequency: "once" },
  ),
  prosecution: share(
    "Burglary investigation",
    "exception-3",
    "law.comply",
    ["id.name", "device.id"],
    IE,
    "Whose camera it was that the burglars took.",
    { frequency: "once" },
  ),
  emergency: share(
    "Unconscious customer",
    "exception-4",
    "law.safety",
    ["id.name", "contact.phone"],
    IE,
    "The hospital looked for relatives of a customer.",
    { frequency: "once" },
  ),
  "museum-open": share(
    "Pictures a customer put online",
    "exception-5",
    "ana.improve",
    ["id.name"],
    IE,
    "The museum shows pictures that their maker had published.",
    { frequency: "once" },
  ),
  "museum-archive": share(
    "Names from the public patent register",
    "exception-6",
    "ana.improve",
    ["id.name"],
    IE,
    "The inventors of an old camera, from a public register.",
    { frequency: "once" },
  ),
  "doorbell-sale": {
    ...share(
      "Sale of the doorbell business",
      "merger",
      "corp.deal",
      ["acct.identifier", "contact.email"],
      IE,
      "The buyer of the doorbell business takes over its customers.",
      { frequency: "once" },
    ),
    mode: "transfer",
  },
  "app-takeover": {
    ...share(
      "Takeover of the bird app",
      "consent",
      "corp.deal",
      ["acct.identifier"],
      [{ country: "NL" }],
      "Users agreed that another company runs the bird app.",
      { frequency: "once" },
    ),
    mode: "transfer",
  },
  bulletin: {
    ...share(
      "Thank-you list in the bulletin",
      "consent",
      "ana.improve",
      ["id.name"],
      [],
      "Names of finders of safety faults who agreed to be thanked.",
      { frequency: "sporadic" },
    ),
    mode: "disclose",
  },
  "recall-list": {
    ...share(
      "Court publication",
      "statute",
      "law.comply",
      ["id.name"],
      [],
      "A judgment that the court ordered us to publish.",
      { frequency: "once" },
    ),
    mode: "disclose",
  },
}

/** Flows that exist to show one transfer mechanism each: from the company in Ireland unless another law is meant. */
export const MECHANISM_FLOWS: readonly {
  mechanism: Mechanism
  country: string
  company: "ie" | "gb" | "cn"
  frequency?: "sporadic"
}[] = [
  { mechanism: "none-needed", country: "DE", company: "ie" },
  { mechanism: "scc-2010", country: "US", company: "ie" },
  { mechanism: "scc-sa", country: "IN", company: "ie" },
  { mechanism: "adhoc", country: "IN", company: "ie" },
  { mechanism: "public-instrument", country: "US", company: "ie" },
  { mechanism: "derogation.a", country: "US", company: "ie", frequency: "sporadic" },
  { mechanism: "derogation.d", country: "US", company: "ie", frequency: "sporadic" },
  { mechanism: "derogation.e", country: "US", company: "ie", frequency: "sporadic" },
  { mechanism: "derogation.f", country: "IN", company: "ie", frequency: "sporadic" },
  { mechanism: "derogation.g", country: "IN", company: "ie", frequency: "sporadic" },
  { mechanism: "derogation.compelling", country: "PH", company: "ie", frequency: "sporadic" },
  { mechanism: "uk-idta", country: "US", company: "gb" },
  { mechanism: "uk-addendum", country: "IN", company: "gb" },
  { mechanism: "cn-assessment", country: "IE", company: "cn" },
  { mechanism: "cn-contract", country: "IE", company: "cn" },
  { mechanism: "cn-certification", country: "GB", company: "cn" },
  { mechanism: "cn-exempt", country: "IE", company: "cn" },
  { mechanism: "cn-volume", country: "IE", company: "cn" },
]
