import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { AnnouncedChange, AnnouncementState, Clock } from "./clock"

/** A change of sub-processors that a party announced to one of our companies. */
export type Announcement = Clock & {
  id: string
  entityId: string
  partyId: string
  change: AnnouncedChange
  subName: string | null
  subPartyId: string | null
  oldName: string | null
  oldPartyId: string | null
  task: string
  countries: string[]
  announcedOn: Day
  effectOn: Day
  fileId: string | null
}

/** What was answered; silence is the worker's word. */
export type AnnouncementAnswer = {
  id: string
  announcementId: string
  answer: "accepted" | "objected" | "asked" | "silence"
  reason: string | null
  fileId: string | null
  requestId: string | null
  byPerson: string | null
}
/** An announcement as it is listed: with its party, its last word and who said it. */
export type AnnouncementRow = Announcement & {
  partyName: string
  at: Instant
  byName: string
  answer: AnnouncementAnswer["answer"] | null
  answeredAt: Instant | null
  answeredBy: string | null
  reason: string | null
  letterId: string | null
  requestId: string | null
  /** How many questions were asked, and the last of them. */
  asked: number
  question: string | null
}

/** The same with how it stands today, and whether its reader may answer it. */
export type AnnouncementLine = AnnouncementRow & { state: AnnouncementState; entityName: string; mayAnswer: boolean }
