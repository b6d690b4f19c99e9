import type { PartyKind, PartySubKind } from "@/domain/vocabulary/parties"

export type SampleParty = {
  name: string
  kind: PartyKind
  subKind?: PartySubKind
  country: string
  risk: "low" | "medium" | "high"
  /** Which flows it gets, by name in `flows.data.ts`. None: nothing is decided yet, or the negative decision. */
  flows: readonly string[]
  decision?: "undecided" | "no-personal-data"
}

const party = (
  name: string,
  country: string,
  kind: PartyKind,
  flows: string,
  more: Partial<SampleParty> = {},
): SampleParty => ({ name, country, kind, risk: "low", flows: flows.split(" ").filter(Boolean), ...more })

/** The recipients of the made-up camera maker. Every name is invented. */
export const SAMPLE_PARTIES: readonly SampleParty[] = [
  party("Nimbus Quay Hosting Ltd", "IE", "processor", "hosting backup", { risk: "high" }),
  party("Stratus Dock Inc.", "US", "processor", "hosting-us video-storage", { risk: "high" }),
  party("Vault & Mirror GmbH", "DE", "processor", "backup"),
  party("Ferry Mail S.A.", "FR", "processor", "mail"),
  party("Pigeon Text BV", "NL", "processor", "text-messages push"),
  party("Bellwether Push Oy", "FI", "processor", "push mail"),
  party("Kindly Support Portugal Lda", "PT", "processor", "support repair", { risk: "medium" }),
  party("Kindly Support Manila Inc.", "PH", "processor", "support-abroad", { risk: "medium" }),
  party("Brightdesk India Pvt Ltd", "IN", "processor", "support-abroad crash", { risk: "medium" }),
  party("Edgewind Networks Ltd", "IE", "processor", "delivery-network logs"),
  party("Cairn Crash Reports AB", "SE", "processor", "crash"),
  party("Tally Usage ApS", "DK", "processor", "usage crash"),
  party("Lighthouse Identity SE", "DE", "processor", "identity logs", { risk: "high" }),
  party("Graylog Meadow GmbH", "AT", "processor", "logs"),
  party("Second Lens Repairs GmbH", "DE", "processor", "repair"),
  party("Second Lens Repairs Ltd", "GB", "processor", "repair"),
  party("Lens Hospital Sp. z o.o.", "PL", "processor", "repair"),
  party("Polyglot Desk SARL", "LU", "processor", "translation"),
  party("Paper Kite Printing Kft.", "HU", "processor", "print"),
  party("Motion Lab Testing s.r.o.", "CZ", "processor", "test-lab"),
  party("Firmware Courier Ltd", "GB", "processor", "updates crash"),
  party("Video Vault Overseas LLC", "US", "processor", "video-storage hosting-us", { risk: "high" }),
  party("Quiet Backup KK", "JP", "processor", "backup-japan"),
  party("Staffhouse Payroll GmbH", "DE", "processor", "audit-service"),
  party("Northfold Parcel AS", "NO", "partner", "parcels", { subKind: "logistics" }),
  party("Swift Otter Logistics BV", "NL", "partner", "parcels", { subKind: "logistics" }),
  party("Red Lantern Express Co.", "CN", "partner", "parcels-china", { subKind: "logistics" }),
  party("Isle Couriers Ltd", "GB", "partner", "parcels", { subKind: "logistics" }),
  party("Coinbridge Payments SA", "BE", "partner", "payments", { subKind: "payment", risk: "medium" }),
  party("Ledgerline Pay Ltd", "IE", "partner", "payments", { subKind: "payment", risk: "medium" }),
  party("Jade Wallet Co.", "CN", "partner", "payments-china", { subKind: "payment" }),
  party("Cloud Orchard Sellers SRL", "IT", "partner", "market-seller", { subKind: "seller" }),
  party("Tripod & Co SL", "ES", "partner", "market-seller", { subKind: "seller" }),
  party("Nightowl Accessories UAB", "LT", "partner", "market-seller", { subKind: "seller" }),
  party("Doorstep Goods OÜ", "EE", "partner", "market-seller", { subKind: "goods" }),
  party("Pixelmoss Apps GmbH", "CH", "partner", "app-developer", { subKind: "developer" }),
  party("Beacon Skills Inc.", "US", "partner", "app-developer-us", { subKind: "developer", risk: "medium" }),
  party("Homewire Automations Ltd", "IL", "partner", "app-developer-il", { subKind: "developer" }),
  party("Tiny Robot Works Ltda", "BR", "partner", "app-developer-br", { subKind: "developer" }),
  party("Relay Mesh Carriers plc", "GB", "partner", "network", { subKind: "infrastructure" }),
  party("Gridstone Data AG", "CH", "partner", "network", { subKind: "data-processing" }),
  party("Wink Ads Exchange Ltd", "IE", "partner", "advertising", { subKind: "advertising", risk: "high" }),
  party("Guardian School Cameras ASBL", "BE", "partner", "school-project", { subKind: "goods" }),
  party("Lumora Design Studio ApS", "DK", "affiliate", "group-accounts"),
  party("Lumora Retail GmbH", "DE", "affiliate", "group-accounts group-orders"),
  party("Lumora Americas Inc.", "US", "affiliate", "group-us"),
  party("Lumora Japan KK", "JP", "affiliate", "group-japan"),
  party("District Court of Harbourtown", "IE", "authority", "court"),
  party("Ministry of Public Safety (example)", "IE", "authority", "public-safety", {}),
  party("Office for National Defence (example)", "IE", "authority", "defence"),
  party("Prosecutor of Harbourtown", "IE", "authority", "prosecution"),
  party("Harbourtown General Hospital", "IE", "authority", "emergency"),
  party("Old Harbour Museum", "IE", "authority", "museum-open museum-archive"),
  party("Lumora Doorbells Successor Ltd", "IE", "successor", "doorbell-sale"),
  party("Orchid Home Holding BV", "NL", "successor", "app-takeover"),
  party("Readers of the safety bulletin", "IE", "public", "bulletin recall-list"),
  party("Panorama Maps (linked)", "SE", "linked-only", "", { decision: "no-personal-data" }),
  party("Clearwater Office Plants Ltd", "IE", "partner", "", { decision: "no-personal-data" }),
  party("Bluebird Catering Ltd", "IE", "partner", "", { decision: "undecided" }),
  party("Rivet & Sons Metalwork", "DE", "partner", "", { decision: "undecided" }),
  party("Harbourlight Consultants LLP", "GB", "partner", "", { decision: "undecided" }),
]
