import { door } from "@/app/outcome"
import { recordAnnouncement } from "@/usecases/announcements/record-announcement"

const given = (value: unknown): unknown => (value === "" || value === undefined ? null : value)

/** The codes of a form's one line, apart by commas or blanks; a machine sends them as a list. */
const codes = (value: unknown): unknown =>
  typeof value === "string" ? value.split(/[\s,;]+/).flatMap((code) => (code ? [code.toUpperCase()] : [])) : value

/** Records a change of sub-processors that a party announced; a form goes to what is open. */
export const POST = door({
  input: (sent) => ({
    ...{ entityId: sent.entityId, partyId: sent.partyId, change: sent.change, task: sent.task },
    ...{ subName: sent.subName ?? "", subPartyId: given(sent.subPartyId) },
    ...{ oldName: sent.oldName ?? "", oldPartyId: given(sent.oldPartyId) },
    ...{ countries: codes(sent.countries ?? []), announcedOn: sent.announcedOn, effectOn: sent.effectOn },
    fileId: given(sent.fileId),
    isOver: sent.isOver === true || sent.isOver === "yes",
  }),
  call: recordAnnouncement,
  to: (value: { partyId: string }) => `/announcements?party=${value.partyId}`,
  status: 201,
})
