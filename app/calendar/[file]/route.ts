import { say } from "@/components/words/catalogue"
import { failed } from "@/app/failure"
import { behind } from "@/app/wiring"
import { calendarFile } from "@/usecases/told/calendar-file"
import { actorOfCalendar, readCalendar } from "@/usecases/told/calendar"
import { clockNow } from "@/usecases/scene"

const NOTHING_HERE = new Response(null, { status: 404, headers: { "cache-control": "no-store" } })

/**
 * `GET /calendar/<secret>.ics`: what is due for whoever made this address. It opens this one file and nothing else; an
 * address that was closed, and one that never was, answer alike.
 */
export async function GET(request: Request, context: { params: Promise<{ file: string }> }): Promise<Response> {
  try {
    const { file } = await context.params
    const main = behind("main")
    if (!main || !file.endsWith(".ics")) return NOTHING_HERE.clone()
    const now = clockNow()
    const actor = await actorOfCalendar(main.db, file.slice(0, -".ics".length), now)
    if (!actor) return NOTHING_HERE.clone()
    const read = await readCalendar({ register: "main", ...main, now, actor }, {})
    if (!read.ok) return NOTHING_HERE.clone()
    const url = process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000"
    return new Response(calendarFile(read.value, { say, url, now, origin: read.value.origin }), {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="onward.ics"',
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      },
    })
  } catch (broken) {
    return failed(broken, request)
  }
}
