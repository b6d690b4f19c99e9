import { door } from "@/app/outcome"
import { closeCalendarLink } from "@/usecases/told/calendar"

/** Closes the private address of one's calendar. */
export const POST = door({ input: () => ({}), call: closeCalendarLink, register: "main", to: () => "/account" })
