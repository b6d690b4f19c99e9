import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { readQuery, type InquiryQuery } from "@/domain/inquiries/query"
import type { Company, SampleGiven } from "./given"

/** An answer of the sample's: so many days after the letter it was given. */
type Answer = { text: string; after: number; query: InquiryQuery | null }
/** A letter of a made-up authority; days are counted from the one on which it came. */
export type SampleLetter = {
  authority: string
  reference: string
  before: string
  receivedOn: Day
  dueOn: Day
  entityIds: Id<"entity">[]
  /** Null: nobody answered it yet. */
  questions: { number: string; text: string; answer: Answer | null }[]
  /** Days until a person who wrote none of the answers released them; null: they are not released. */
  released: number | null
}

const AUTHORITY = "Harbour Authority for Data Protection (made up)"

/** The letters of authorities that the sample company got: one that is answered and released, one in the middle of it. */
export function sampleLetters({ today, companies }: Pick<SampleGiven, "today" | "companies">): SampleLetter[] {
  const to = (company: Company, days: number): Pick<SampleLetter, "entityIds" | "receivedOn"> => ({
    entityIds: [companies[company].id],
    receivedOn: addDays(today, -days),
  })
  const asked = (after: number, text: string, address = ""): Answer => ({
    ...{ text, after },
    query: address === "" ? null : readQuery(address),
  })
  return [
    {
      ...to("ie", 96),
      ...{ authority: AUTHORITY, reference: "HA-17", dueOn: addDays(today, -96 + 30), released: 21 },
      before: "We look at how makers of cameras work with those who host what their customers record.",
      questions: [
        {
          number: "1",
          text: "Which processors store recordings or contact data for you?",
          answer: asked(
            6,
            "The list holds every party that acts for us today. Each line leads to its paper.",
            "/sharings?f.mode=entrust",
          ),
        },
        {
          number: "2",
          text: "Who has decided that they may?",
          answer: asked(
            8,
            "Each flow came into force by a request that our legal counsel and, where it needs it, the data-protection officer approved. Nobody approves what they wrote.",
          ),
        },
      ],
    },
    {
      ...to("ie", 12),
      ...{ authority: AUTHORITY, reference: "HA-31", dueOn: addDays(today, 16), released: null },
      before: "After a complaint we ask you for the following, as of the day on which you keep this letter.",
      questions: [
        {
          number: "1",
          text: "Who receives contact data of your customers, and in which countries?",
          answer: asked(
            5,
            "The recipients below, each with its role, its countries and whether it is covered on that day.",
            "/audit/answers/recipients?data=contact.*&people=customer",
          ),
        },
        {
          number: "1.1",
          text: "Which of them are in the United States, and under which safeguard?",
          answer: asked(6, "The flows below; each names its mechanism.", "/sharings?f.destination=US"),
        },
        { number: "2", text: "What is missing at present, and who sees to it?", answer: null },
      ],
    },
  ]
}
