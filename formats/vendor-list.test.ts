import { expect, test } from "vitest"
import { madeVendor, madeVendorList } from "@/testing/vendor-list"
import { eachRow, type TableRow } from "./table"
import { isVendorList, openVendorList } from "./vendor-list"

async function read(text: string): Promise<Record<string, string>[] | string> {
  const opened = await openVendorList({ bytes: Buffer.from(text) })
  if (!opened.ok) return opened.says
  const rows: TableRow[] = []
  await eachRow(opened.value, (row) => void rows.push(row))
  return rows.map((row) => ({
    row: String(row.row),
    ...(row.fault ? { fault: row.fault } : {}),
    ...Object.fromEntries(opened.value.header.map((column, at) => [column, row.cells[at] ?? ""])),
  }))
}

test("each vendor is a row under its own number, with every fact of the file in a column", async () => {
  const vendor = madeVendor(165, {
    deletedDate: "2023-10-20T00:00:00Z",
    dataRetention: { stdRetention: 28, purposes: { "10": 90, "2": 7 }, specialPurposes: {} },
    overflow: { httpGetLimit: 32 },
    newKey: [5, 6],
  })
  const rows = await read(madeVendorList([vendor, madeVendor(9)]))
  expect(rows).toEqual([
    expect.objectContaining({ row: "9", id: "9", deletedDate: "", overflow: "", newKey: "" }),
    {
      row: "165",
      id: "165",
      name: "Invented Ads 165 Ltd",
      purposes: "1, 3, 4",
      legIntPurposes: "2, 7",
      flexiblePurposes: "2",
      specialPurposes: "1",
      features: "3",
      specialFeatures: "",
      dataDeclaration: "1, 6, 8",
      stdRetention: "28",
      retentionByPurpose: "2: 7; 10: 90",
      retentionBySpecialPurpose: "",
      deletedDate: "2023-10-20T00:00:00Z",
      usesCookies: "true",
      cookieRefresh: "false",
      cookieMaxAgeSeconds: "7776000",
      usesNonCookieAccess: "false",
      privacyUrl: "en, de: https://vendor-165.example/privacy\nfr: https://vendor-165.example/vie-privee",
      legIntClaimUrl: "en: https://vendor-165.example/li",
      deviceStorageDisclosureUrl: "https://vendor-165.example/storage.json",
      overflow: '{"httpGetLimit":32}',
      newKey: "5, 6",
    },
  ])
})

test("a vendor without the list's form is a fault of its own row and costs no other", async () => {
  const text = madeVendorList([madeVendor(1), madeVendor(3)]).replace('"1":{', '"0":"gone","1":{')
  const rows = await read(text)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ row: "0", fault: "import.vendor-item" })
})

test.each([
  ["another version of the list", madeVendorList([madeVendor(1)], { gvlSpecificationVersion: 2 })],
  ["a list without vendors", '{"gvlSpecificationVersion":3}'],
  ["a list that breaks off", madeVendorList([madeVendor(1)]).slice(0, -9)],
])("%s is refused", async (_what, text) => {
  expect(await read(text)).toBe("import.vendor-list-broken")
})

test("a vendor list is known by its beginning", () => {
  expect(isVendorList(madeVendorList([]))).toBe(true)
  expect(isVendorList('[{"name":"gvlSpecificationVersion"}]')).toBe(false)
  expect(isVendorList('{"name":"A"}')).toBe(false)
})

test("a list with no vendor in it is refused as empty", async () => {
  expect(await read(madeVendorList([]))).toBe("import.empty")
})
