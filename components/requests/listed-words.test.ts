import { expect, test } from "vitest"
import { listedWords } from "./listed-words"

test("countries keep their capitals on the list of recipients, and labels are small as inside a sentence", () => {
  expect(
    listedWords([
      { what: "country", codes: ["DE", "US"] },
      { what: "purpose", codes: ["svc.support"] },
    ]),
  ).toBe("countries: Germany and United States; what for: after-sales and technical support")
})
