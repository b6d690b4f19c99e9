import fc from "fast-check"
import { expect, test } from "vitest"
import { openJson } from "./json-rows"
import { eachRow, type TableRow } from "./table"

async function read(text: string): Promise<{ header: string[]; rows: TableRow[] } | string> {
  const opened = await openJson({ bytes: Buffer.from(text) })
  if (!opened.ok) return `${opened.says} ${opened.params?.row ?? ""}`.trim()
  const rows: TableRow[] = []
  const done = await eachRow(opened.value, (row) => void rows.push(row))
  return done.ok ? { header: opened.value.header, rows } : done.says
}

test("a list of objects is a table of all keys that any of them has", async () => {
  expect(
    await read(' [ {"name":"A, B","country":"DE"},\n {"name":"C","tags":["x","y"],"since":2020,"on":true} ] '),
  ).toEqual({
    header: ["name", "country", "tags", "since", "on"],
    rows: [
      { sheet: null, row: 1, cells: ["A, B", "DE", "", "", ""] },
      { sheet: null, row: 2, cells: ["C", "", "x; y", "2020", "true"] },
    ],
  })
})

test("one object a line is read by lines, and a broken line costs no other", async () => {
  expect(await read('{"n":"A"}\n{"n":"B"\n\n17\n{"n":"C","deep":{"a":1}}')).toEqual({
    header: ["n", "deep"],
    rows: [
      { sheet: null, row: 1, cells: ["A", ""] },
      { sheet: null, row: 2, cells: ["", ""], fault: "import.json-item" },
      { sheet: null, row: 4, cells: ["", ""], fault: "import.json-item" },
      { sheet: null, row: 5, cells: ["C", '{"a":1}'] },
    ],
  })
})

test.each([
  ["[]", "import.empty"],
  ["[1, 2]", "import.json-shape"],
  ['{\n "name": "A"\n}', "import.json-shape"],
  ["hello", "import.json-shape"],
  ['[{"a":1}, {"a":', "import.json-broken 2"],
  ['[{"a":1}, {"a":"b]}]', "import.json-broken 2"],
  ['[{"a":1}] tail', "import.json-broken 2"],
  [
    `[${JSON.stringify(Object.fromEntries(Array.from({ length: 201 }, (_n, at) => [`k${at}`, 1])))}]`,
    "import.too-many-columns",
  ],
])("%.20s is refused with its reason", async (text, says) => {
  expect(await read(text)).toBe(says)
})

test("any list of flat objects comes back cell by cell, as a list and as lines", async () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.integer().map(String))
  const object = fc.dictionary(fc.constantFrom("name", "land", "a]b", 'q"', "__proto__", "x{"), value)
  await fc.assert(
    fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 9 }), fc.boolean(), async (objects, lines) => {
      const text = lines ? objects.map((item) => JSON.stringify(item)).join("\n") : JSON.stringify(objects, null, 1)
      fc.pre(objects.some((item) => Object.keys(item).length > 0))
      const table = await read(text)
      if (typeof table === "string") throw new Error(table)
      const back = table.rows.map((row) => [
        row.row,
        table.header.map((key, at) => [key, row.cells[at]]).filter(([, cell]) => cell !== ""),
      ])
      const order = (key: string): number => table.header.indexOf(key)
      const wanted = objects.flatMap((item, at) => {
        const cells = Object.entries(item).filter(([, cell]) => cell !== "")
        return cells.some(([, cell]) => cell.trim() !== "")
          ? [[at + 1, cells.sort(([a], [b]) => order(a) - order(b))]]
          : []
      })
      expect(back).toEqual(wanted)
    }),
  )
})
