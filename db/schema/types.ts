import { customType } from "drizzle-orm/pg-core"
import { readInstant } from "@/db/read"
import type { Instant } from "@/domain/core/instant"
import type { Day } from "@/domain/core/day"

/** `timestamptz(3)` read and written as an `Instant` (UTC, milliseconds). */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamptz(3)",
  fromDriver: (text) => readInstant(text),
})

/** `date` as a `Day`. */
export const dayColumn = customType<{ data: Day; driverData: string }>({ dataType: () => "date" })

/** `bytea` as a Buffer. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" })

/** `datemultirange` as PostgreSQL writes it; built and read in db/statements. */
export const days = customType<{ data: string; driverData: string }>({ dataType: () => "datemultirange" })
