import { door } from "@/app/outcome"
import { answerAnnouncement } from "@/usecases/announcements/answer-announcement"

/** Accepts, objects to or asks about what a party announced; an acceptance leads to the request that it began. */
export const POST = door({
  input: ({ id, answer, reason, fileId, title }) => ({
    ...{ id, answer, reason: reason ?? "", title },
    fileId: fileId === "" || fileId === undefined ? null : fileId,
  }),
  call: answerAnnouncement,
  to: (value: { requestId: string | null; partyId: string }) =>
    value.requestId ? `/requests/${value.requestId}` : `/announcements?party=${value.partyId}`,
})
