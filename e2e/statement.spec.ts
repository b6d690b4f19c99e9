import { expect, test, type Page, type Locator } from "@playwright/test"
import { noBarriers } from "./axe"
import { entered, signedIn } from "./people"

test.describe.configure({ mode: "serial" })

let author: Page
let request = ""
const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10)
const formOf = (page: Page, button: string) => page.locator("form", { has: page.getByRole("button", { name: button }) })

test("a second lawyer writes the company's own statement: one clause reworded, one retired, one made", async ({
  browser,
}) => {
  const administrator = await signedIn(browser, "ada@example.test")
  author = await entered(browser, administrator, "Willa Writes", "willa@example.test", ["legal"])
  await author.getByRole("link", { name: "Promises", exact: true }).click()
  await author.getByRole("link", { name: "Our own statement" }).click()
  await expect(author.getByRole("heading", { name: "Our own statement", level: 1 })).toBeVisible()
  await expect(author.getByText("There is no text of our own yet.", { exact: false })).toBeVisible()
  await noBarriers(author, "own-statement")

  const begin = formOf(author, "Begin the draft")
  await begin.getByLabel("First day on which it counts").fill("2020-01-01")
  await begin.getByRole("button", { name: "Begin the draft" }).click()
  await expect(begin.getByText("It would begin before", { exact: false })).toBeVisible()
  await expect(begin.getByLabel("First day on which it counts")).toHaveValue("2020-01-01")
  await begin.getByLabel("First day on which it counts").fill(day(40))
  await begin.getByRole("button", { name: "Begin the draft" }).click()
  await expect(author.getByRole("heading", { name: "Our own statement, version 2" })).toBeVisible()
  request = /requests\/(req_\w+)/.exec(author.url())?.[1] ?? ""

  await author.getByRole("link", { name: "Reword S-IV-2", exact: true }).click()
  const reword = author.locator("form", { has: author.getByRole("heading", { name: "Reword S-IV-2" }) })
  await reword.getByLabel("Title").fill("Encrypted on the way and at rest")
  await reword.getByLabel("Promise").fill("Whatever leaves us is encrypted on its way, and where it lies.")
  await noBarriers(author, "own-statement-reword")
  await reword.getByRole("button", { name: "Save" }).click()
  await author.getByRole("button", { name: "Retire S-I.B-1", exact: true }).click()

  await author.getByRole("link", { name: "Kept for days at most" }).click()
  const make = formOf(author, "Add the clause")
  await make.locator('[name="given.kinds"][value="contact.address"]').check()
  await make.getByLabel("Days", { exact: true }).fill("99999")
  await make.getByLabel("Title").fill("Short memories")
  await make.getByLabel("What to do").fill("Agree on a shorter time, or leave the address out.")
  await make.getByRole("button", { name: "Add the clause" }).click()
  await expect(make.getByText("This is out of range.")).toBeVisible()
  await expect(make.locator('[name="given.kinds"][value="contact.address"]')).toBeChecked()
  await noBarriers(author, "own-statement-make")
  await make.getByLabel("Days", { exact: true }).fill("10")
  await make.getByRole("button", { name: "Add the clause" }).click()

  const changes = author.getByRole("region", { name: "What changes" })
  await expect(changes.getByText("Short memories")).toBeVisible()
  await expect(changes.getByText("Encrypted on the way and at rest").first()).toBeVisible()
  await expect(changes.getByText("Announced purposes")).toBeVisible()
})

/** What the text would find: one that touches few sharings is tried at once, one that touches many when it is asked for. */
async function triedOn(page: Page): Promise<Locator> {
  const tried = page.getByRole("region", { name: "Tried against the register" }).first()
  await expect(tried.getByText(/On \d+ sharings? findings would change|It touches \d+ sharings/)).toBeVisible()
  const ask = tried.getByRole("link", { name: "Try it against the register" })
  if (await ask.count()) await ask.click()
  await expect(tried.getByText(/On \d+ sharings? findings would change/)).toBeVisible()
  return tried
}

test("it is tried against the register before anybody is asked: by clause, with the way to the sharings", async () => {
  const tried = await triedOn(author)
  const own = tried.getByRole("row", { name: /OWN-1/ })
  await expect(own.getByRole("link", { name: "Parcel labels" }).first()).toHaveAttribute("href", /\/sharings\/shr_/)
  await noBarriers(author, "own-statement-draft")
  await tried.getByRole("button", { name: "Sharing by sharing, with what would mend it" }).click()
  await expect(author.getByRole("heading", { name: /What if version 2 of the pack/ })).toBeVisible()
  await expect(author.getByRole("link", { name: "Parcel labels" }).first()).toBeVisible({ timeout: 30_000 })
  await noBarriers(author, "own-statement-run")
})

test("a file with an unknown check is refused whole, with its line; a good one is a local version", async () => {
  await author.goto("/promises/own")
  const upload = formOf(author, "Read the file")
  const file = (check: string): string =>
    JSON.stringify(
      {
        ...{ pack: "statement", version: "7", effectiveFrom: day(50) },
        scope: { regimes: null, entities: null, products: ["Doorbell"], subjects: null },
        clauses: [
          {
            ...{ id: "OWN-70", title: "Looked at yearly", duty: "We look again each year.", remedy: "Look again." },
            ...{ severity: "warning", bitesOn: "approval", check, params: { months: 12 } },
            ...{ effectiveFrom: null, effectiveTo: null, source: "our board", certainty: "text read" },
          },
        ],
      },
      null,
      1,
    )
  const put = async (text: string): Promise<void> => {
    await upload
      .locator("#file")
      .setInputFiles({ name: "local.json", mimeType: "application/json", buffer: Buffer.from(text) })
    await upload.getByRole("button", { name: "Read the file" }).click()
  }
  await put(file("runThis"))
  const line =
    file("runThis")
      .split("\n")
      .findIndex((one) => one.includes("runThis")) + 1
  await expect(author.getByText(`Line ${line}: There is no check called runThis.`)).toBeVisible()
  await noBarriers(author, "own-statement-refused")
  await upload.getByLabel("Name of the text").fill("Doorbells")
  await put(file("dataMinimal"))
  await expect(author.getByRole("heading", { name: "Doorbells, version 7" })).toBeVisible()
  await expect(author.getByText("Looked at yearly").first()).toBeVisible()
})

test("it is approved by its seats, each of whom sees clause by clause what changes and what it would find", async ({
  browser,
}) => {
  await author.goto(`/requests/${request}`)
  await author.getByRole("button", { name: "Submit" }).click()
  await expect(author.getByText("In review").first()).toBeVisible()
  await expect(author.getByRole("button", { name: "Approve" })).toHaveCount(0)
  for (const [email, verdict] of [
    ["lena@example.test", "Approve"],
    ["dora@example.test", "Agree"],
  ] as const) {
    const page = await signedIn(browser, email)
    await page.goto(`/requests/${request}`)
    const review = page.getByRole("region", { name: "The version clause by clause" })
    await expect(review.getByText("Short memories")).toBeVisible()
    const tried = await triedOn(page)
    await expect(tried.getByRole("row", { name: /OWN-1/ })).toBeVisible()
    if (verdict === "Approve") await noBarriers(page, "own-statement-review")
    await page.getByRole("button", { name: verdict, exact: true }).click()
    await expect(page.getByRole("button", { name: verdict, exact: true })).toHaveCount(0)
  }
  await author.goto("/promises/own")
  await expect(author.getByRole("row", { name: /Comes/ })).toBeVisible()
  await noBarriers(author, "own-statement-comes")
})

test("from its first day on its clauses stand on the board, and on no day before", async () => {
  await author.goto("/promises?pack=statement")
  await expect(author.getByText("Short memories")).toHaveCount(0)
  await expect(author.getByText("Announced purposes").first()).toBeAttached()
  await expect(async () => {
    await author.goto(`/promises?pack=statement&on=${day(41)}`)
    await expect(
      author.getByRole("region", { name: "Not evidenced", exact: true }).getByText("Short memories"),
    ).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await expect(author.getByText("Announced purposes")).toHaveCount(0)
  await author.goto(`/findings?severity=warning&clause=OWN-1&on=${day(41)}`)
  await expect(author.getByText("Parcel labels").first()).toBeVisible()
  await author.goto("/promises/own")
  await author.getByRole("link", { name: "Our own statement" }).first().click()
  await expect(author.getByRole("heading", { name: "Our own statement, version 2" })).toBeVisible()
  await noBarriers(author, "own-statement-text")
})

test("it is ended by request from a day on, tried and decided as a version is", async ({ browser }) => {
  await author.goto("/promises/own")
  await author.getByRole("link", { name: "End it Our own statement" }).click()
  const end = formOf(author, "Begin the request")
  await end.getByLabel("First day on which it no longer counts").fill(day(39))
  await end.getByRole("button", { name: "Begin the request" }).click()
  await expect(end.getByText("It would begin before", { exact: false })).toBeVisible()
  await noBarriers(author, "own-statement-end")
  await end.getByLabel("First day on which it no longer counts").fill(day(90))
  await end.getByRole("button", { name: "Begin the request" }).click()
  await expect(author.getByRole("heading", { name: "Our own statement, version 2, ends" })).toBeVisible()
  const changes = author.getByRole("region", { name: "What changes when it ends" })
  await expect(changes.getByText("Short memories")).toBeVisible()
  await expect(changes.getByText("Announced purposes")).toBeVisible()
  const ending = /requests\/(req_\w+)/.exec(author.url())?.[1] ?? ""
  await author.goto(`/requests/${ending}`)
  await author.getByRole("button", { name: "Submit" }).click()
  for (const [email, verdict] of [
    ["lena@example.test", "Approve"],
    ["dora@example.test", "Agree"],
  ] as const) {
    const page = await signedIn(browser, email)
    await page.goto(`/requests/${ending}`)
    await expect(page.getByText("Then the statement as it is shipped", { exact: false })).toBeVisible()
    if (verdict === "Approve") await noBarriers(page, "own-statement-end-review")
    await page.getByRole("button", { name: verdict, exact: true }).click()
    await expect(page.getByRole("button", { name: verdict, exact: true })).toHaveCount(0)
  }
  await author.goto("/promises/own")
  await expect(author.getByText("It ends: from", { exact: false })).toBeVisible()
  await expect(author.getByRole("link", { name: "End it Our own statement" })).toHaveCount(0)
  await author.goto(`/promises?pack=statement&on=${day(89)}`)
  await expect(author.getByText("Announced purposes")).toHaveCount(0)
  await author.goto(`/promises?pack=statement&on=${day(90)}`)
  await expect(author.getByText("Announced purposes").first()).toBeAttached()
})

test("a law's next version comes by the same door: refused with line and reason, else compared line by line", async () => {
  await author.goto("/promises/packs/gdpr")
  await author.getByText("Propose its next version").click()
  await noBarriers(author, "law")
  const answer = await author.request.get("/api/v1/packs/files?pack=gdpr")
  const law = (await answer.json()) as { facts: { adequacy: { to: string[]; from: string | null }[] } }
  const put = async (to: string): Promise<string> => {
    const line = {
      regime: "EU",
      to: [to],
      from: day(30),
      until: null,
      act: "a decision about it",
      certainty: "made up",
    }
    const text = JSON.stringify({ ...law, facts: { ...law.facts, adequacy: [...law.facts.adequacy, line] } }, null, 1)
    await author
      .locator("#file")
      .setInputFiles({ name: "gdpr.json", mimeType: "application/json", buffer: Buffer.from(text) })
    await author.getByRole("button", { name: "Read the file" }).click()
    return text
  }
  const wrong = (await put("XX")).split("\n")
  const line =
    wrong
      .slice(
        0,
        wrong.findIndex((one) => one.includes('"XX"')),
      )
      .findLastIndex((one) => one.trim() === "{") + 1
  await expect(author.getByText(`Line ${line}: XX is no country.`)).toBeVisible()
  await noBarriers(author, "law-refused")
  await put("KE")
  await expect(author.getByRole("heading", { name: "GDPR, version 2" })).toBeVisible()
  const changes = author.getByRole("region", { name: "What changes" })
  await expect(changes.getByText("Under EU adequate: Kenya.", { exact: false })).toBeVisible()
  await expect(changes.getByText("Every clause stays as it is.")).toBeVisible()
  await noBarriers(author, "law-draft")
})

test("nobody else writes one: a requester reads the texts and finds no form", async ({ browser }) => {
  const page = await signedIn(browser, "rina@example.test")
  await page.goto("/promises/own")
  await expect(page.getByText("Legal and the DPO write versions. You can read them here.")).toBeVisible()
  await expect(page.getByRole("button", { name: "Begin the draft" })).toHaveCount(0)
})
