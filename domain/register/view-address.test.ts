import { expect, test } from "vitest"
import { viewAddress } from "./view-address"

test("a view keeps what chooses rows, order, columns and day, and not where one stands in it", () => {
  expect(
    viewAddress(
      "/sharings?q=back%20ups&f.coverage=gap,expiring&sort=-since&cols=party,where&after=abc&size=25&peek=shr_1&as-of=2026-01-01T10:00:00Z&tick=a&refused=x#refused",
    ),
  ).toEqual({
    list: "/sharings",
    address:
      "/sharings?q=back%20ups&f.coverage=gap,expiring&sort=-since&cols=party,where&size=25&as-of=2026-01-01T10:00:00Z",
  })
})

test("a view without words is the list itself", () => {
  expect(viewAddress("/parties?after=abc")).toEqual({ list: "/parties", address: "/parties" })
})

test.each([
  "https://example.org/parties",
  "//example.org",
  "/parties/pty_1",
  "/admin/people",
  "/",
  "javascript:alert(1)",
])("%s is no list's address", (address) => {
  expect(viewAddress(address)).toBeNull()
})

test("an address that is too long is not kept", () => {
  expect(viewAddress(`/parties?q=${"x".repeat(2000)}`)).toBeNull()
})
