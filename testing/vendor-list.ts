/** A vendor of an advertising vendor list (specification 3), of the shape of the real list, with invented content. */
export type MadeVendor = {
  id: number
  name: string
  purposes: number[]
  legIntPurposes: number[]
  dataDeclaration: number[]
  dataRetention: { stdRetention?: number; purposes: Record<string, number>; specialPurposes: Record<string, number> }
  deletedDate?: string
  [more: string]: unknown
}

/** One invented vendor; everything may be said otherwise. */
export function madeVendor(id: number, over: Partial<MadeVendor> = {}): MadeVendor {
  return {
    id,
    name: `Invented Ads ${id} Ltd`,
    purposes: [1, 3, 4],
    legIntPurposes: [2, 7],
    flexiblePurposes: [2],
    specialPurposes: [1],
    features: [3],
    specialFeatures: [],
    cookieMaxAgeSeconds: 7776000,
    usesCookies: true,
    cookieRefresh: false,
    usesNonCookieAccess: false,
    dataRetention: { stdRetention: 90, purposes: {}, specialPurposes: {} },
    urls: [
      { langId: "en", privacy: `https://vendor-${id}.example/privacy`, legIntClaim: `https://vendor-${id}.example/li` },
      { langId: "de", privacy: `https://vendor-${id}.example/privacy` },
      { langId: "fr", privacy: `https://vendor-${id}.example/vie-privee` },
    ],
    dataDeclaration: [1, 6, 8],
    deviceStorageDisclosureUrl: `https://vendor-${id}.example/storage.json`,
    ...over,
  }
}

/** The text of a list that holds these vendors. */
export function madeVendorList(vendors: readonly MadeVendor[], over: Record<string, unknown> = {}): string {
  return JSON.stringify({
    gvlSpecificationVersion: 3,
    vendorListVersion: 7,
    tcfPolicyVersion: 4,
    lastUpdated: "2026-01-15T16:00:00Z",
    purposes: {},
    vendors: Object.fromEntries(vendors.map((vendor) => [vendor.id, vendor])),
    ...over,
  })
}
