import { expect, test } from "vitest"
import { readForm } from "./values"

const known = (value: unknown) => ({ state: "known", value })

test("a sentence that was laid out is an answer once somebody goes on with it, and not by being saved along", () => {
  const form = {
    "q.3.2n.svc.support~contact": "Laid out.",
    "s.3.2n.svc.support~contact": "Laid out.",
    "q.3.2n.svc.support~usage": "Written by hand.",
    "s.3.2n.svc.support~usage": "Laid out as well.",
    "q.3.2l": " Laid out, too. ",
    "s.3.2l": "Laid out, too.",
    "q.1.4": "Typed.",
  }
  const shown = ["3.2n", "3.2l", "1.4"]
  expect(readForm(form, shown, { wentOn: false })).toEqual({
    "3.2n": known({ "svc.support~usage": "Written by hand." }),
    "3.2l": null,
    "1.4": known("Typed."),
  })
  expect(readForm({ ...form, "q.3.2n.svc.support~usage": "Laid out as well." }, shown, { wentOn: false })["3.2n"]).toBe(
    null,
  )
  expect(readForm(form, shown)).toEqual({
    "3.2n": known({ "svc.support~contact": "Laid out.", "svc.support~usage": "Written by hand." }),
    "3.2l": known("Laid out, too."),
    "1.4": known("Typed."),
  })
  // What was emptied is said: nothing is laid out there again.
  const emptied = { "q.3.2n.svc.support~contact": "", "s.3.2n.svc.support~contact": "Laid out." }
  expect(readForm(emptied, shown, { wentOn: false })["3.2n"]).toEqual(known({ "svc.support~contact": "" }))
})
