import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listAnnouncements } from "@/usecases/announcements/list-announcements"
import { recordAnnouncement } from "@/usecases/announcements/record-announcement"
import { parseAsOf } from "@/usecases/register/as-of"

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

/** What parties announced, as JSON: `?show=open|answered|all&party=ID&as-of=INSTANT&after=CURSOR`. */
export async function GET(request: Request): Promise<Response> {
  const said = new URL(request.url).searchParams
  const outcome = await listAnnouncements(await requestScene(request), {
    show: said.get("show") ?? "open",
    partyId: said.get("party"),
    after: said.get("after") ?? "",
    asOf: parseAsOf(said.get("as-of") ?? ""),
  })
  return outcome.ok ? json({ lines: outcome.value.lines, next: outcome.value.next }) : problem(outcome)
}
