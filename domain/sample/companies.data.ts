import { BLANK, known } from "@/domain/core/answer"
import type { Entity } from "@/domain/records/evidence"

const company = (legalName: string, country: string, zone: string, regime: "EU" | "UK" | "CN"): Entity => ({
  legalName,
  country,
  zone,
  lei: BLANK,
  address: known("1 Harbour Road"),
  representative: BLANK,
  dpo: known("Data-protection office"),
  department: known("Legal"),
  regimes: [{ regime, firstOn: null, lastOn: null }],
  dpoDecides: false,
  mergeSeats: false,
  criticalOperator: false,
})

/** The companies of the made-up group that makes network cameras. */
export const SAMPLE_COMPANIES: Readonly<Record<"ie" | "gb" | "cn", Entity>> = {
  ie: company("Lumora Cameras Ltd", "IE", "Europe/Dublin", "EU"),
  gb: company("Lumora Cameras UK Ltd", "GB", "Europe/London", "UK"),
  cn: company("Lumora Shenzhen Co.", "CN", "Asia/Shanghai", "CN"),
}
