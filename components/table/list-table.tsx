"use client"

import Link from "next/link"
import { tableFeatures, useTable, type ColumnDef } from "@tanstack/react-table"
import type { ReactNode } from "react"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { PeekLink } from "./peek-link"

/** One cell as the server made it: words, where they lead, a sign; a smaller line below, and a second sign. */
export type Cell = {
  text: string
  href?: string
  /** What the link is called where its words alone say little. */
  label?: string
  tone?: Tone
  sub?: string
  also?: { text: string; tone: Tone } | null
  /** Kept on one line, as a day is. */
  nowrap?: true
}
export type Row = { id: string; cells: Record<string, Cell> }
export type Column = {
  id: string
  label: string
  sortHref?: string
  sorted?: "ascending" | "descending"
  sortLabel?: string
}

/** Where a row can be looked at beside the list: the address with the row's id last, its name, and which row is. */
export type Peeks = { href: string; mark: string; label: string; open: string }

export type Ticks = { chosen: readonly string[]; label: string }

const features = tableFeatures({})

/** A table whose rows, order, filters and pages the server made. The first column is each row's own link, for keys too. */
export function ListTable({
  caption,
  columns,
  rows,
  ticks,
  peeks,
}: {
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  /** Where rows can be ticked: which are, the column's word, and each box's own. */
  ticks?: Ticks
  peeks?: Peeks
}) {
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
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
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
            <tr key={row.id} data-open={row.id === peeks?.open ? "" : undefined}>
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
                    <CellWords
                      cell={cell}
                      row={row.id}
                      beside={
                        peeks ? (
                          <PeekLink
                            href={peeks.href.replace(peeks.mark, row.id)}
                            says={peeks.label.replace("~", cell.text)}
                            open={row.id === peeks.open}
                          />
                        ) : null
                      }
                    />
                  </th>
                ) : (
                  <td
                    key={column.id}
                    className={cell.nowrap ? "nowrap" : undefined}
                    data-label={cell.text === "" ? undefined : column.label}
                  >
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

function CellWords({ cell, row, beside }: { cell: Cell; row?: string; beside?: ReactNode }) {
  const words = cell.tone ? <StatusTag tone={cell.tone}>{cell.text}</StatusTag> : cell.text
  return (
    <>
      {cell.href ? (
        <Link href={cell.href} prefetch={false} data-row={row} aria-label={cell.label}>
          {words}
        </Link>
      ) : (
        words
      )}
      {beside}
      {cell.also ? <StatusTag tone={cell.also.tone}>{cell.also.text}</StatusTag> : null}
      {cell.sub ? <div className="soft small">{cell.sub}</div> : null}
    </>
  )
}
