import { door } from "@/app/outcome"
import { makeCalendarLink } from "@/usecases/told/calendar"

/** Makes the private address of one's calendar, shown once. */
export const POST = door({
  input: () => ({}),
  call: makeCalendarLink,
  register: "main",
  to: () => "/account",
  show: (value: { secret: string }) => ({ calendar: value.secret }),
  status: 201,
})
