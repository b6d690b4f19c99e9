"use client"

import Link from "next/link"
import { tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table"
import { useEffect, useRef } from "react"
import { StatusTag, type Tone } from "@/components/ui/status-tag"

/** One cell as the server made it: words, where they lead, a sign; a smaller line below, and a second sign. */
export type Cell = {
  text: string
  href?: string
  /** What the link is called where its words alone say little. */
  label?: string
  tone?: Tone
  sub?: string
  also?: { text: string; tone: Tone } | null
}
export type Row = { id: string; cells: Record<string, Cell> }
export type Column = {
  id: string
  label: string
  sortHref?: string
  sorted?: "ascending" | "descending"
  sortLabel?: string
}

export type Ticks = { chosen: readonly string[]; label: string }

const features = tableFeatures({})

/** A table whose rows, order, filters and pages the server made. The first column is each row's own link. */
export function ListTable({
  caption,
  columns,
  rows,
  ticks,
}: {
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  /** Where rows can be ticked: which are, the column's word, and each box's own. */
  ticks?: Ticks
}) {
  const region = useRef<HTMLDivElement>(null)
  useRowKeys(region)
  const table = useTable({
    features,
    data: rows as Row[],
    columns: columns.map((column): ColumnDef<typeof features, Row> => ({
      id: column.id,
      accessorFn: (row) => row.cells[column.id]?.text ?? "",
    })),
    getRowId: (row) => row.id,
  })
  return (
    <div className="scroll" ref={region} role="region" aria-label={caption} tabIndex={0}>
      <table className="list">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {ticks ? (
              <th scope="col">
                <span className="unseen">{ticks.label}</span>
              </th>
            ) : null}
            {columns.map((column) => (
              <th key={column.id} scope="col" aria-sort={column.sorted}>
                {column.sortHref ? (
                  <Link href={column.sortHref} prefetch={false} aria-label={column.sortLabel}>
                    {column.label}
                    {column.sorted ? (
                      <span aria-hidden="true">{column.sorted === "ascending" ? " ↑" : " ↓"}</span>
                    ) : null}
                  </Link>
                ) : (
                  column.label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {ticks ? (
                <td>
                  <input
                    type="checkbox"
                    name="tick"
                    value={row.id}
                    defaultChecked={ticks.chosen.includes(row.id)}
                    aria-label={`${ticks.label}: ${row.original.cells[columns[0]?.id ?? ""]?.text ?? row.id}`}
                  />
                </td>
              ) : null}
              {columns.map((column, i) => {
                const cell = row.original.cells[column.id] ?? { text: "" }
                return i === 0 ? (
                  <th key={column.id} scope="row">
                    <CellWords cell={cell} lead />
                  </th>
                ) : (
                  <td key={column.id} data-label={cell.text === "" ? undefined : column.label}>
                    <CellWords cell={cell} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CellWords({ cell, lead }: { cell: Cell; lead?: boolean }) {
  const words = cell.tone ? <StatusTag tone={cell.tone}>{cell.text}</StatusTag> : cell.text
  return (
    <>
      {cell.href ? (
        <Link href={cell.href} prefetch={false} data-row={lead ? "" : undefined} aria-label={cell.label}>
          {words}
        </Link>
      ) : (
        words
      )}
      {cell.also ? <StatusTag tone={cell.also.tone}>{cell.also.text}</StatusTag> : null}
      {cell.sub ? <div className="soft small">{cell.sub}</div> : null}
    </>
  )
}

/** `j` and `k` move real focus between the rows' links; dead while somebody types. */
function useRowKeys(region: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
      if (event.key !== "j" && event.key !== "k") return
      const links = [...(region.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), links.length - 1)]?.focus()
    }
    document.addEventListener("keydown", move)
    return () => document.removeEventListener("keydown", move)
  }, [region])
}
