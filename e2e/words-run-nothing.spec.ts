import { expect, test, type APIResponse, type Page } from "@playwright/test"
import { typedParty } from "../testing/bodies"
import { typedSharing } from "../testing/flow"
import { freshPage, inSample } from "./people"

test.describe.configure({ mode: "serial", timeout: 240_000 })

/** What would run, had any page taken it for more than words: as a tag, an attribute, a script, an address, a title. */
const EVIL = `Eve"'><img src=x onerror=window.ran=1><svg onload=window.ran=1></title></textarea></script><script>window.ran=1</script>`
const ADDRESS = "javascript:window.ran=1"

let page: Page
let origin: string
const broken: string[] = []

/** The page was shown, the words stand in it as words, and nothing of them became markup or ran. */
async function ranNothing(path: string, says = true): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState("networkidle")
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { ran?: number }).ran ?? 0,
    tags: document.querySelectorAll("img[src='x'], svg[onload], [onerror], [onload]").length,
    scripts: [...document.scripts].filter((one) => one.textContent === "window.ran=1").length,
    links: document.querySelectorAll("a[href^='javascript:' i], form[action^='javascript:' i]").length,
  }))
  expect([path, found]).toEqual([path, { ran: 0, tags: 0, scripts: 0, links: 0 }])
  if (says)
    expect([path, (await page.locator("body").innerText()).includes("<img src=x onerror")]).toEqual([path, true])
}

async function post(path: string, data: unknown): Promise<Record<string, string>> {
  const answer: APIResponse = await page.request.post(path, { data, headers: { origin } })
  expect([path, answer.status(), answer.ok() ? "" : await answer.text()]).toEqual([path, expect.any(Number), ""])
  return (await answer.json()) as Record<string, string>
}

const sit = (role: string) => page.getByRole("button", { name: role, exact: true }).click()

test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  page.on("dialog", (dialog) => {
    broken.push(dialog.message())
    void dialog.dismiss()
  })
  // A policy that had to stop something means that something was there to be stopped.
  page.on("console", (line) => {
    if (/Content Security Policy/i.test(line.text())) broken.push(line.text())
  })
  await inSample(page, "procurement")
  origin = new URL(page.url()).origin
})
test.afterAll(() => {
  expect(broken).toEqual([])
})

test("names, notes, contacts and addresses of a record that is in force", async () => {
  const companies = (await (await page.request.get("/api/v1/entities")).json()) as { id: string }[]
  const entityId = companies[0]?.id as never
  const known = { state: "known", value: EVIL } as never
  const { id } = await post("/api/v1/requests", { title: EVIL, kind: "discovered" })
  const party = await post(`/api/v1/requests/${id}/proposals`, {
    ...{ kind: "party", op: "create" },
    body: typedParty({
      ...{ legalName: EVIL, latinName: known, otherNames: [EVIL], notes: known, tags: [EVIL.slice(0, 60)] },
      website: { state: "known", value: ADDRESS },
      contacts: [{ task: EVIL.slice(0, 90), name: EVIL, email: EVIL, phone: EVIL.slice(0, 60) }],
    }),
  })
  const sharing = await post(`/api/v1/requests/${id}/proposals`, {
    ...{ kind: "sharing", op: "create", discovered: true },
    body: typedSharing(
      { entityId, partyId: party.recordId as never },
      { title: EVIL, purposeText: known, owner: known, grounds: [] },
    ),
  })
  await ranNothing(`/requests/${id}`)
  await ranNothing(`/requests/${id}/records/${party.recordId}`, false)
  await ranNothing(`/requests/${id}/records/${sharing.recordId}`, false)
  await post(`/api/v1/requests/${id}/submissions`, {})
  await post(`/api/v1/requests/${id}/comments`, { words: EVIL })
  for (const path of [
    ...[`/requests/${id}`, "/requests", `/parties/${party.recordId}`, `/parties/${party.recordId}/coverage`],
    ...[`/sharings/${sharing.recordId}`, "/parties?q=img+src", "/sharings?q=img+src"],
  ])
    await ranNothing(path)
  for (const path of ["/findings", "/coverage", "/destinations", "/suppliers", "/unknowns", "/reviews", "/what-if"])
    await ranNothing(path, false)
  await sit("legal")
  await ranNothing("/audit/events")
})

test("words in an address", async () => {
  const words = encodeURIComponent(EVIL)
  for (const path of [
    ...[`/parties?q=${words}`, `/sharings?f.mode=${words}`, `/requests?q=${words}`, `/parties?refused=${words}`],
    ...[`/parties?as-of=${words}`, `/findings?clause=${words}`, `/parties/${words}`, `/${words}`],
    ...[`/requests?refused=invalid.form&field=${words}`, `/audit/events?act=${words}`, `/coverage?on=${words}`],
  ])
    await ranNothing(path, false)
})

test("the name and the cells of a spreadsheet", async () => {
  await sit("procurement")
  await page.goto("/imports")
  const csv = `Vendor name,Country,Note ${EVIL.replace(/[",]/g, "")}\n"${EVIL.replaceAll('"', '""')}",Nowhere,"${EVIL.replaceAll('"', '""')}"\n`
  await page.setInputFiles("#file", { name: `${EVIL}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) })
  await page.getByRole("button", { name: "Look into the file" }).click()
  await expect(page.getByRole("button", { name: "Try it: nothing is changed" })).toBeVisible()
  const path = new URL(page.url()).pathname
  await ranNothing(path)
  await page.getByRole("button", { name: "Try it: nothing is changed" }).click()
  await expect(page.getByText(/1 row/).first()).toBeVisible({ timeout: 30_000 })
  await ranNothing(path)
  await ranNothing("/imports")
})

test("a file that is a page: it is refused, or leaves as an attachment in a sandbox", async () => {
  const put = (name: string, bytes: string) =>
    page.request.post("/api/v1/files", {
      headers: { origin, "x-file-name": encodeURIComponent(name), "content-type": "application/octet-stream" },
      data: Buffer.from(bytes),
    })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"><script>window.ran=1</script></svg>`
  for (const [name, bytes] of [
    ["evil.svg", svg],
    ["evil.html", `<!doctype html><script>window.ran=1</script>`],
    ["evil.pdf", `<!doctype html><script>window.ran=1</script>`],
    ["evil.png", svg],
  ] as const)
    expect([name, (await put(name, bytes)).status()]).toEqual([name, 422])
  const kept = await put(`${EVIL}.html.pdf`, `%PDF-1.7\n<html><script>window.ran=1</script></html>`)
  expect(kept.status()).toBe(201)
  const { id } = (await kept.json()) as { id: string }
  const got = await page.request.get(`/api/v1/files/${id}`)
  expect(got.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-security-policy": expect.stringMatching(/(?=.*default-src 'none')(?=.*sandbox(;|$))/),
    "x-content-type-options": "nosniff",
    "content-disposition": expect.stringMatching(/^attachment; filename="[^"\\\n]*"; filename\*=UTF-8''[^\s"'()*]*$/),
  })
  const download = page.waitForEvent("download")
  await page.goto(`/api/v1/files/${id}`).catch(() => null)
  await download
  expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined()
})
