import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { agreedByHttp, as, freshPage, inSample } from "./people"

test.describe.configure({ timeout: 180_000 })

let page: Page

const daysAgo = (n: number): string => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10)
const begin = () => page.getByRole("button", { name: "Begin the request" }).click()

type Row = { id: string; title: string; country: string; partyId: string }

/** Two processors of the union, all of whose flows are covered: what a party may get hangs on what and where it is. */
async function alike(): Promise<[Row, Row]> {
  const list = async (words: string): Promise<Row[]> => {
    const answer = await page.request.get(`/api/v1/register/${words}size=200`)
    return ((await answer.json()) as { rows: Row[] }).rows
  }
  const good = await list("sharings.json?f.mode=entrust&f.coverage=covered&f.standing=approved&")
  const kept = new Set(good.map((row) => row.id))
  const others = new Set((await list("sharings.json?")).filter((row) => !kept.has(row.id)).map((row) => row.partyId))
  const gets = new Set(good.map((row) => row.partyId))
  const parties = (await list("parties.json?f.kind=processor&")).filter(
    (row) => gets.has(row.id) && !others.has(row.id),
  )
  const union = ["AT", "DE", "EE", "ES", "FI", "FR", "IE", "IT", "NL", "PL", "PT", "SE"]
  const [one, two] = parties.filter((row) => union.includes(row.country))
  if (one && two) return [one, two]
  throw new Error(`no two of the union: ${parties.map((row) => `${row.title} ${row.country}`).join(", ")}`)
}

test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "requester")
})

test("two parties merge by a request that a form begins and whoever decides looks at", async () => {
  const [goes, stays] = await alike()
  await page.goto(`/parties/${goes.id}`)
  await page.getByText("More", { exact: true }).click()
  await page.getByRole("link", { name: "Merge", exact: true }).click()
  await page.getByRole("searchbox", { name: "Find the party that stays" }).fill(stays.title)
  await page.locator("main").getByRole("button", { name: "Search", exact: true }).click()
  await page.getByLabel("The party that stays", { exact: true }).selectOption({ label: stays.title })
  await begin()
  await expect(page.getByRole("heading", { name: `Merge of ${goes.title}` })).toBeVisible()
  await page.getByRole("button", { name: "Submit" }).click()
  await expect(page.getByText("In review").first()).toBeVisible()
})

test("an announced change is recorded once, objected to with its letter, and another one accepted begins the request", async () => {
  await as(page, "procurement", "/parties")
  const party = (await page.locator("tbody a[data-row]").last().getAttribute("href")) ?? ""
  const path = `/announcements?party=${party.split("/").pop()}`
  const announce = async (who: string): Promise<void> => {
    await page.goto(path)
    await page.getByLabel("Who comes").fill(who)
    await page.getByLabel("For what task").fill("Backups")
    await page.getByLabel("Announced on").fill(daysAgo(1))
    await page.getByLabel("Takes effect on").fill(daysAgo(-40))
    await page.getByRole("button", { name: "Record it" }).click()
  }
  await announce("Reef Storage Ltd")
  const reef = page.getByRole("region", { name: "New: Reef Storage Ltd" })
  await expect(reef).toContainText("Last day to object")
  await announce("REEF storage ltd")
  await expect(page.getByText("This was recorded already")).toBeVisible()
  await noBarriers(page, "announcement-twice")
  await page.getByRole("link", { name: "Go there" }).click()
  await expect(page).toHaveURL(/announcements\?party=pty_\w+#ann_/)
  await expect(reef).toHaveCount(1)

  await page.setInputFiles("#file", {
    name: "objection.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
  })
  await page.getByRole("button", { name: "Send it" }).click()
  await expect(page).not.toHaveURL(/refused/)
  await reef.getByLabel("Why").fill("Nobody looked at its hosts.")
  await reef.getByLabel("Letter", { exact: true }).selectOption({ label: "objection.pdf" })
  await reef.getByRole("button", { name: "Object" }).click()
  await expect(reef).toContainText("Objected to on")

  await announce("Kelp Mail Ltd")
  const kelp = page.getByRole("region", { name: "New: Kelp Mail Ltd" })
  await kelp.getByLabel("Why").fill("Looked at, and well.")
  await kelp.getByRole("button", { name: "Accept" }).click()
  await expect(page).toHaveURL(/\/(requests\/req_|announcements)/)
  await page.goto(path)
  await expect(kelp).toContainText("Accepted on")
  // As of a day before, none of it was there.
  await page.goto(`${path}&as-of=${daysAgo(2)}`)
  await expect(page.getByText("No announcement waited for an answer then.")).toBeVisible()
  await expect(page.getByRole("button", { name: "Record it" })).toHaveCount(0)
  await noBarriers(page, "announcements-then")
})

test("what was made public is taken down by a request, and control passes as a set on one day", async () => {
  await as(page, "requester", "/sharings?f.mode=disclose&x.standing=ended")
  const flow = (await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? ""
  await page.goto(flow)
  await expect(page.getByRole("region", { name: "Publication" }).first()).toBeVisible()
  await page.getByRole("link", { name: "Take it down", exact: true }).click()
  await page.getByLabel(/^Last day/).fill(daysAgo(1))
  await begin()
  await agreedByHttp(page)
  await as(page, "requester", flow)
  await expect(page.getByRole("region", { name: "After the end" })).toBeVisible()
  await noBarriers(page, "publication-ended")

  const flows = await page.request.get("/api/v1/register/sharings.json?f.mode=share&size=25")
  const { rows } = (await flows.json()) as { rows: { id: string; standing: string; title: string }[] }
  const some = rows.filter((row) => row.standing === "approved").slice(0, 2)
  await page.goto("/parties")
  const successor = (await page.locator("tbody a[data-row]").first().getAttribute("href")) ?? ""
  await page.goto(`/transfers/new?party=${successor.split("/").pop()}`)
  await page.getByLabel("Name of the set").fill("Sale of the harbour shop")
  await page.getByLabel("Closing day").fill(daysAgo(-60))
  for (const row of some) await page.locator(`input[name="flows"][value="${row.id}"]`).check()
  await begin()
  // One request holds all of them, and says what is missing before the closing.
  await expect(page.locator(".finding.blocking").first()).toBeVisible()
  for (const row of some) await expect(page.getByText(row.title).first()).toBeVisible()
  await noBarriers(page, "transfer-request")
})
