/** The columns of an advertising vendor list as a table. Lists of numbers are parted by `, `. */
export const VENDOR_COLUMNS = [
  "id",
  "name",
  "purposes",
  "legIntPurposes",
  "flexiblePurposes",
  "specialPurposes",
  "features",
  "specialFeatures",
  "dataDeclaration",
  "stdRetention",
  "retentionByPurpose",
  "retentionBySpecialPurpose",
  "deletedDate",
  "usesCookies",
  "cookieRefresh",
  "cookieMaxAgeSeconds",
  "usesNonCookieAccess",
  "privacyUrl",
  "legIntClaimUrl",
  "deviceStorageDisclosureUrl",
  "overflow",
] as const

export type VendorColumn = (typeof VENDOR_COLUMNS)[number]
