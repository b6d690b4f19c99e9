"use client"

import { useEffect, useRef, useState } from "react"
import { findIn } from "@/domain/clauses/find"
import { pageText } from "@/domain/clauses/page-text"
import { openPaper, pdfLibrary } from "./pdf-library"
import { NotGiven } from "./in-parts"
import { areaOf, wordsAround, type Spot } from "./selecting"

export type ReaderMark = {
  label: string
  quote: string
  area: { left: number; top: number; width: number; height: number } | null
  here: boolean
}
type Props = {
  src: string
  page: number
  marks: readonly ReaderMark[]
  words: string
  takes: string | null
  say: { picture: string; drawing: string; failed: string }
}

/**
 * Draws one page of a file, with what is marked on it; words that are selected on it, or a part of a page without words, go into the
 * form that takes them. Without script the text of the page stands below.
 */
export function PageReader({ src, page, marks, words, takes, say }: Props) {
  const sheet = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<"drawing" | "drawn" | "failed">("drawing")
  const [why, setWhy] = useState<string | null>(null)
  const shown = JSON.stringify(marks)
  useEffect(() => {
    const on = sheet.current
    if (!on) return
    let gone = false
    let stop: (() => void) | undefined
    setState("drawing")
    draw(on, { src, page, marks: JSON.parse(shown) as ReaderMark[], words, takes }, () => gone)
      .then((end) => {
        if (gone) return end?.()
        stop = end
        setState("drawn")
      })
      .catch((problem: unknown) => {
        if (gone) return
        // A file that is held back or damaged says so itself.
        setWhy(problem instanceof NotGiven ? problem.says : null)
        setState("failed")
      })
    return () => {
      gone = true
      stop?.()
    }
  }, [src, page, shown, words, takes])
  return (
    <div className="sheet-frame">
      <p className="soft small sheet-says" role="status">
        {state === "drawing" ? say.drawing : state === "failed" ? (why ?? say.failed) : ""}
      </p>
      <div className="sheet" ref={sheet} role="img" aria-label={say.picture} data-state={state} />
    </div>
  )
}

type Drawn = Omit<Props, "say">

async function draw(on: HTMLElement, asked: Drawn, gone: () => boolean): Promise<(() => void) | undefined> {
  const [pdf, paper] = await Promise.all([pdfLibrary(), openPaper(asked.src)])
  const sheet = await paper.getPage(asked.page)
  if (gone()) return undefined
  const plain = sheet.getViewport({ scale: 1 })
  const viewport = sheet.getViewport({ scale: on.clientWidth / plain.width })
  const ratio = Math.min(2, window.devicePixelRatio || 1)
  const canvas = document.createElement("canvas")
  canvas.width = Math.floor(viewport.width * ratio)
  canvas.height = Math.floor(viewport.height * ratio)
  const layer = document.createElement("div")
  layer.className = "sheet-words"
  on.replaceChildren(canvas, layer)
  on.style.setProperty("aspect-ratio", `${viewport.width} / ${viewport.height}`)
  on.style.setProperty("--scale-factor", String(viewport.scale))
  on.style.setProperty("--total-scale-factor", String(viewport.scale))
  await sheet.render({ canvas, viewport, ...(ratio === 1 ? {} : { transform: [ratio, 0, 0, ratio, 0, 0] }) }).promise
  const content = await sheet.getTextContent({ includeMarkedContent: false })
  if (gone()) return undefined
  const text = new pdf.TextLayer({ textContentSource: content, container: layer, viewport })
  await text.render()
  const pieces = content.items.flatMap((item) => ("str" in item ? [item] : []))
  const laid = pageText(pieces)
  const spots = spotsOf(text.textDivs, laid.spans, pieces)
  for (const mark of asked.marks) outline(on, mark, { page: asked.page, text: laid.text, spots })
  if (asked.words)
    outline(
      on,
      { label: "", quote: asked.words, area: null, here: false },
      { page: asked.page, text: laid.text, spots },
    )
  return asked.takes ? taking(on, asked.takes, { page: asked.page, text: laid.text, spots }) : undefined
}

/** The library makes no element for a piece that is empty. */
function spotsOf(
  divs: readonly HTMLElement[],
  spans: readonly { from: number; to: number }[],
  pieces: readonly { str: string }[],
): Spot[] {
  let at = 0
  const direct = divs.length === pieces.length
  return pieces.flatMap(({ str }, i) => {
    const span = spans[i]
    const div = direct ? divs[i] : str === "" ? undefined : divs[at]
    if (!direct && str !== "") at += 1
    return div && span ? [{ div, from: span.from, to: span.to }] : []
  })
}

type On = { page: number; text: string; spots: readonly Spot[] }

/** Lays a box over the words of a mark, line by line, or over its part of the page. */
function outline(on: HTMLElement, mark: ReaderMark, { page, text, spots }: On): void {
  const base = on.getBoundingClientRect()
  const box = (left: number, top: number, width: number, height: number): void => {
    const element = document.createElement("div")
    element.className = mark.here ? "sheet-mark here" : mark.label === "" ? "sheet-mark found" : "sheet-mark"
    element.title = mark.label
    for (const [name, value] of Object.entries({ left, top, width, height }))
      element.style.setProperty(name, `${value}%`)
    on.append(element)
  }
  if (mark.area) {
    const { left, top, width, height } = mark.area
    box(left / 100, top / 100, width / 100, height / 100)
  }
  for (const { from, to } of findIn([{ page, text }], mark.quote)) {
    for (const spot of spots) {
      const node = spot.div.firstChild
      if (!(node instanceof Text) || spot.to <= from || spot.from >= to) continue
      const range = document.createRange()
      range.setStart(node, Math.max(0, from - spot.from))
      range.setEnd(node, Math.min(node.length, to - spot.from))
      for (const rect of range.getClientRects())
        box(
          ((rect.left - base.left) / base.width) * 100,
          ((rect.top - base.top) / base.height) * 100,
          (rect.width / base.width) * 100,
          (rect.height / base.height) * 100,
        )
    }
  }
}

/** What is selected goes into the form: whole words, or a part of a page that has none. Gives the way to stop. */
function taking(on: HTMLElement, formId: string, { page, text, spots }: On): () => void {
  const form = (): HTMLFormElement | null => {
    const found = document.getElementById(formId)
    return found instanceof HTMLFormElement ? found : null
  }
  const put = (name: string, value: string): void => {
    const field = form()?.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value
  }
  const selected = (): void => {
    const words = wordsAround(document.getSelection(), text, spots)
    if (!words) return
    put("quote", words)
    put("page", String(page))
    put("area", "")
  }
  document.addEventListener("selectionchange", selected)
  const ends =
    text.trim() === ""
      ? areaOf(on, (area) => {
          put("area", JSON.stringify(area))
          put("quote", "")
          put("page", String(page))
        })
      : undefined
  return () => {
    document.removeEventListener("selectionchange", selected)
    ends?.()
  }
}
