import { expect, test, type Browser, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { entered, fillRecord, freshPage, PASSWORD, signedIn } from "./people"
import { setUpLink } from "./start-server"

test.describe.configure({ mode: "serial" })

let ada: Page
let mia: Page
let request = ""

/** The first administrator, with a company: made here where no other story has made them yet. */
async function administrator(browser: Browser): Promise<Page> {
  const page = await freshPage(browser)
  await page.goto(setUpLink())
  if ((await page.getByLabel("Your name").count()) === 0) return signedIn(browser, "ada@example.test")
  await page.getByLabel("Your name").fill("Ada Admin")
  await page.getByLabel("E-mail address").fill("ada@example.test")
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Make the account" }).click()
  await page.goto("/admin/entities")
  await page.getByLabel("Legal name").fill("Lumen Cameras GmbH")
  await page.getByLabel(/^Country/).fill("DE")
  await page.getByLabel("Time zone").fill("Europe/Berlin")
  await page.getByRole("checkbox", { name: "EU" }).check()
  await page.getByRole("button", { name: "Save the company" }).click()
  return page
}

/** The provider's own pages ask for a font from elsewhere, which no test waits for. */
const withoutFonts = (page: Page) => page.route("https://fonts.googleapis.com/**", (route) => route.abort())

/** Says at the provider who one is, and agrees. */
async function there(page: Page, who: string): Promise<void> {
  await page.locator('input[name="login"]').fill(who)
  await page.locator('input[name="password"]').fill("known at the provider alone")
  await page.locator('button[type="submit"]').click()
  await page.locator('button[type="submit"]', { hasText: "Continue" }).click()
}

test("whoever signs in with the provider is a requester, makes no password, and files a draft", async ({ browser }) => {
  ada = await administrator(browser)
  await ada.goto("/admin/sign-in")
  await expect(ada.getByText("Set, and never shown")).toBeVisible()
  await noBarriers(ada, "admin-sign-in")
  await ada.getByLabel("Requester", { exact: true }).selectOption("everywhere")
  await ada.getByRole("button", { name: "Save where they are requesters" }).click()
  await expect(ada.getByText("Saved. It holds from now on.")).toBeVisible()

  mia = await freshPage(browser)
  await withoutFonts(mia)
  await mia.goto("/sign-in")
  await noBarriers(mia, "sign-in-provider")
  await mia.getByRole("link", { name: "Sign in with Lumen ID" }).click()
  await there(mia, "mia")
  await expect(mia.getByRole("heading", { name: "Home" })).toBeVisible()
  await mia.goto("/account")
  await expect(mia.getByText("It is your only way in")).toBeVisible()
  await expect(mia.getByLabel("Your password")).toHaveCount(0)
  await noBarriers(mia, "account-provider")

  await mia.goto("/requests/new")
  await mia.getByLabel("What is it about, in one sentence?").fill("A newsletter by Gull Mail")
  await mia.getByRole("button", { name: "Begin the request" }).click()
  await expect(mia.getByRole("heading", { name: /R-\d+ A newsletter/ })).toBeVisible()
  request = new URL(mia.url()).pathname
  await mia.goto(`${request}/records/new-party`)
  await fillRecord(mia, { legalName: "Gull Mail Ltd", "country.value": "IE" })
  await expect(mia.getByText("Gull Mail Ltd").first()).toBeVisible()
})

test("a supplier answers by its link, and its answer is taken over by whoever asked", async ({ browser }) => {
  await mia.goto(request)
  const party = await mia.locator('a[href*="/records/pty_"]').first().getAttribute("href")
  await mia.goto(party ?? "")
  await mia.getByText("Ask the supplier itself").click()
  await mia.getByRole("button", { name: "Make the link" }).click()
  await expect(mia.getByText("shown this once")).toBeVisible()
  await noBarriers(mia, "asked-shown")
  const link = await mia.locator("code", { hasText: "/supplier/" }).innerText()
  await mia.reload()
  await expect(mia.locator("code", { hasText: "/supplier/" })).toHaveCount(0)

  const supplier = await freshPage(browser)
  await supplier.goto(new URL(link).pathname)
  await expect(supplier.getByText(/asks Gull Mail Ltd/)).toBeVisible()
  await noBarriers(supplier, "supplier")
  await supplier.getByLabel("Countries in which the data is stored").fill("Ireland")
  await expect(supplier.getByRole("status")).toContainText("Saved")
  await supplier.getByLabel("Name of your contact for data protection").fill("<script>alert(1)</script> Gwen")
  await supplier.getByLabel("Days that you keep it").fill("for ever")
  await supplier.getByRole("button", { name: "Send", exact: true }).click()
  await expect(supplier.locator("#retentionDays-error")).toBeVisible()
  await noBarriers(supplier, "supplier-wrong")
  await supplier.getByLabel("Days that you keep it").fill("30")
  await supplier.getByLabel("File to add").setInputFiles({
    ...{ name: "iso.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") },
  })
  await supplier.getByRole("button", { name: "Save", exact: true }).last().click()
  await expect(supplier.getByText("Saved.", { exact: true })).toBeVisible()
  await supplier.getByLabel("File to add").setInputFiles({
    ...{ name: "iso.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") },
  })
  await supplier.getByRole("button", { name: "Add the file" }).click()
  await expect(supplier.getByText("iso.pdf", { exact: true })).toBeVisible()
  await supplier.getByRole("button", { name: "Send", exact: true }).click()
  await expect(supplier.getByRole("heading", { name: "Thank you" })).toBeVisible()
  await noBarriers(supplier, "supplier-thanks")
  await supplier.reload()
  await expect(supplier.getByRole("heading", { name: "Thank you" })).toBeVisible()

  await mia.goto(party ?? "")
  await expect(mia.getByText("Nobody has checked it.")).toBeVisible()
  await noBarriers(mia, "party-said")
  await mia.getByRole("button", { name: "Take over: Contact" }).click()
  await expect(mia.getByText(/Taken over from link \d+ of .* by Mia Market; stated by Gull Mail Ltd/)).toBeVisible()
  await expect(mia.locator('[name="contacts.0.name"]')).toHaveValue("<script>alert(1)</script> Gwen")
  await noBarriers(mia, "party-taken")

  const buyer = await entered(browser, ada, "Bea Buyer", "bea@example.test", ["procurement"])
  await buyer.goto("/asked")
  await noBarriers(buyer, "asked")
  await buyer.goto("/asked/campaigns/new")
  await noBarriers(buyer, "campaign-new")
})

test("a DPO takes up an invitation with the provider, and clears what a supplier answered, with a reason", async ({
  browser,
}) => {
  await mia.goto(request)
  await mia.getByRole("button", { name: "Submit", exact: true }).click()
  await expect(mia.getByText("In review").first()).toBeVisible()
  const asked = await mia
    .goto("/asked")
    .then(() => mia.getByRole("link", { name: "Gull Mail Ltd" }).first().getAttribute("href"))

  await ada.goto("/admin/people")
  await ada.getByLabel("Name", { exact: true }).fill("Dora Data")
  await ada.getByLabel("E-mail address").fill("dora@lumen.example")
  await ada.getByRole("checkbox", { name: "DPO", exact: true }).check()
  await ada.getByRole("button", { name: "Invite", exact: true }).click()
  const link = await ada.locator("code", { hasText: "/invitation/" }).innerText()
  const dora = await freshPage(browser)
  await withoutFonts(dora)
  await dora.goto(new URL(link).pathname)
  await noBarriers(dora, "invitation-provider")
  await dora.getByRole("link", { name: "Enter with Lumen ID" }).click()
  await there(dora, "dora")
  await expect(dora.getByText("At Lumen ID you are Dora Data, dora@elsewhere.example.", { exact: false })).toBeVisible()
  await noBarriers(dora, "invitation-found")
  await dora.getByRole("button", { name: "Yes, enter with it" }).click()
  await expect(dora.getByRole("heading", { name: "Home" })).toBeVisible()

  await dora.goto(asked ?? "")
  await noBarriers(dora, "asked-erase")
  await dora.getByLabel("Reason", { exact: true }).fill("The contact asked us to.")
  await dora.getByRole("button", { name: "Clear it for good" }).click()
  await expect(dora.getByText(/^Cleared on .* by Dora Data\./)).toBeVisible()
  await expect(dora.getByText("iso.pdf")).toHaveCount(0)
  await noBarriers(dora, "asked-cleared")

  await ada.goto("/admin/kept")
  await noBarriers(ada, "admin-kept")
  await ada.getByLabel("Months (1 to 120)").fill("0")
  await ada.getByRole("button", { name: "Save how long" }).click()
  await expect(ada.getByText("Give a number of months from 1 to 120.")).toBeVisible()
  await ada.getByLabel("Months (1 to 120)").fill("12")
  await ada.getByRole("button", { name: "Save how long" }).click()
  await expect(ada.getByText("What suppliers answer is kept for 12 months.")).toBeVisible()
})
