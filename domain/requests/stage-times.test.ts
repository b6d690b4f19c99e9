import { expect, test } from "vitest"
import type { Instant } from "@/domain/core/instant"
import { monthsUpTo } from "./stage-times"

const late = "2026-11-30T23:22:24.000Z" as Instant

test.each([
  { where: "nowhere known, months are those of UTC", zones: [], last: "2026-11" },
  { where: "in Berlin the next one has begun by then", zones: ["Europe/Berlin"], last: "2026-12" },
  {
    where: "of several companies the furthest counts",
    zones: ["America/New_York", "Pacific/Auckland"],
    last: "2026-12",
  },
  { where: "behind UTC the old one still runs", zones: ["America/New_York"], last: "2026-11" },
])("the months that are shown: $where", ({ zones, last }) => {
  const months = monthsUpTo(zones, late, 12)
  expect([months.length, months[11]]).toEqual([12, last])
  expect(months[0]).toBe(last === "2026-12" ? "2026-01" : "2025-12")
})
