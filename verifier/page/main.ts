/** The page that checks a package: takes files, shows how far it is, the verdict, and the register inside. */
import type { Report } from "@/verifier/core/report"
import { verifyPackage } from "@/verifier/core/verify"
import type { Source } from "@/verifier/core/zip"
import { el, link, one } from "./draw"
import { letterPanel } from "./letter"
import { Register } from "./register"
import { viewOf } from "./show"
import { count, KINDS, moment, sentence, STATES, VERDICTS } from "./words"

/** Longer than this no script holds the page. */
const SLICE = 24

const chosen: { package: File | null; older: File | null } = { package: null, older: null }
let run = 0
let register: Register | null = null
let words = ""
/** A search that was typed and is not shown yet. */
let waiting = 0

const fileSource = (file: File): Source => ({
  size: file.size,
  read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
})

/** Lets the page do what it has to, then goes on: quicker than a timer, which browsers hold back. */
function breath(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}

async function check(): Promise<void> {
  const file = chosen.package
  if (!file) return
  const mine = ++run
  const made = new Register()
  const [progress, bar, working] = [one("progress"), one<HTMLProgressElement>("bar"), one("working")]
  for (const id of ["verdict", "inside"]) one(id).hidden = true
  progress.hidden = false
  working.textContent = `Checking ${file.name} …`
  bar.value = 0
  let last = performance.now()
  const report = await verifyPackage({
    source: fileSource(file),
    older: chosen.older && fileSource(chosen.older),
    key: one<HTMLTextAreaElement>("key").value,
    progress: async (part) => {
      if (performance.now() - last < SLICE) return
      bar.value = Math.round(part * 100)
      await breath()
      last = performance.now()
      if (mine !== run) throw new Error("another package was chosen")
    },
    sees: {
      record: (record) => made.addRecord(record),
      entry: (entry, line) => made.addEntry(entry, line),
      decision: (decision) => void made.decisions.push(decision),
    },
  })
  if (mine !== run) return
  made.settle()
  register = made
  progress.hidden = true
  one("again").hidden = false
  showVerdict(report, file.name)
  showInside(report)
}

function showVerdict(report: Report, name: string): void {
  const at = one("verdict")
  const { verdict, about, checks, faults, unchecked, notes, since } = report
  const title = verdict === "intact" ? VERDICTS.intact : `${VERDICTS[verdict]}: ${report.says}`
  const box = el("div", { class: `verdict ${verdict}` }, el("h2", { tabindex: "-1", id: "said" }, title))
  if (verdict === "intact")
    box.append(el("p", {}, "The package is whole and unaltered, and everything that could be checked held."))
  if (about) {
    const records = Object.values(about.records).reduce((sum, n) => sum + n, 0)
    box.append(
      el(
        "p",
        {},
        `${count(records, "record", "records")} as of ${moment(about.asOf)}${about.whole ? "" : ", of a part of the register"}. ${count(about.logSize, "entry", "entries")} of the log led to them.`,
      ),
    )
    if (since)
      box.append(
        el(
          "p",
          {},
          `Since the older package as of ${moment(since.asOf)}: ${since.added} new, ${since.changed} changed, ${since.same} the same${verdict === "intact" ? ". Nothing that it showed was rewritten" : ""}.`,
        ),
      )
    for (const key of about.prints)
      box.append(el("p", {}, "Compare this key print with the letter: ", el("span", { class: "print" }, key)))
  }
  const more = faults.slice(1)
  const parts = [
    el(
      "div",
      { class: "panel" },
      el("h2", {}, "What was checked"),
      list(
        checks.map((one_) => checkLine(one_.state, one_.says)),
        "checks",
      ),
    ),
    el(
      "div",
      { class: "panel" },
      el("h2", {}, "What was not checked"),
      list(unchecked.map((says) => el("li", {}, says))),
    ),
  ]
  at.replaceChildren(
    box,
    ...(more.length > 0
      ? [
          el(
            "div",
            { class: "panel" },
            el("h2", {}, `Also wrong: ${count(more.length, "thing", "things")}`),
            list(more.slice(0, 50).map(({ file, says }) => el("li", {}, `${file}: ${says}`))),
          ),
        ]
      : []),
    ...(report.letter && register ? [letterPanel(report.letter, register, verdict === "intact")] : []),
    ...(checks.length > 0 ? [el("div", { class: "two" }, ...parts)] : []),
    ...(notes.length > 0
      ? [
          el(
            "div",
            { class: "panel" },
            el("h2", {}, "Erased, or left out by name"),
            list(notes.map((says) => el("li", {}, says))),
          ),
        ]
      : []),
    el(
      "p",
      { class: "soft" },
      about
        ? `${name}. Origin ${about.origin}${about.register === "sample" ? " (the sample company)" : ""}. Log root ${about.logRoot}.${about.watermark === null ? "" : ` Taken by ${about.watermark}.`}`
        : name,
    ),
  )
  at.hidden = false
  document.title = `${VERDICTS[verdict]}: ${name}`
  one("said").focus({ preventScroll: true })
  at.scrollIntoView({ block: "nearest" })
}

function checkLine(state: keyof typeof STATES, says: string): HTMLElement {
  return el("li", {}, el("span", { class: state }, STATES[state]), el("span", {}, sentence(says)))
}

function list(items: HTMLElement[], name = ""): HTMLElement {
  return el("ul", name === "" ? {} : { class: name }, ...items)
}

function showInside(report: Report): void {
  const at = one("inside")
  if (!register || register.records.size === 0) return
  const search = el("input", {
    type: "search",
    id: "search",
    autocomplete: "off",
    spellcheck: "false",
  }) as HTMLInputElement
  search.value = words
  search.addEventListener("input", () => {
    window.clearTimeout(waiting)
    waiting = window.setTimeout(() => {
      words = search.value
      if (register?.records.has(where())) location.hash = "#all"
      else draw(false)
    }, 120)
  })
  at.replaceChildren(
    el(
      "div",
      { class: "panel" },
      el("h2", {}, "The register inside"),
      report.verdict === "intact"
        ? null
        : el("p", { class: "failed" }, "The package is not intact: what stands here may not be what was recorded."),
      register.tooLarge
        ? el(
            "p",
            {},
            "The package is too large to be shown here whole: not all of it is found by search. Its tables hold everything.",
          )
        : null,
      el("div", { class: "search" }, el("label", { for: "search" }, "Search by name or any word"), search),
      el("nav", { "aria-label": "Kinds of records", id: "kinds" }),
      el("div", { id: "shown" }),
    ),
  )
  at.hidden = false
  draw(false)
}

const where = (): string => {
  try {
    return decodeURIComponent(location.hash.slice(1)) || "kind:party"
  } catch {
    return "kind:party"
  }
}

function draw(focus: boolean): void {
  if (!register) return
  const to = where()
  const kinds = Object.keys(KINDS).filter((kind) =>
    [...(register?.records.values() ?? [])].some((one_) => one_.kind === kind),
  )
  const ways: [string, string][] = [
    ["all", "Everything"],
    ...kinds.map((kind): [string, string] => [`kind:${kind}`, KINDS[kind] ?? kind]),
    ["log", "Log"],
  ]
  one("kinds").replaceChildren(
    ...ways.map(([way, text]) => link(way, text, way === to ? { "aria-current": "page" } : {})),
  )
  one("shown").replaceChildren(viewOf(register, to, words))
  if (focus) one("view").focus()
}

function take(which: "package" | "older", file: File | undefined): void {
  if (!file) return
  chosen[which] = file
  void check()
}

for (const which of ["package", "older"] as const) {
  const input = one<HTMLInputElement>(which)
  const zone = one(`drop-${which}`)
  input.addEventListener("change", () => take(which, input.files?.[0]))
  zone.addEventListener("dragover", (event) => {
    event.preventDefault()
    zone.classList.add("over")
  })
  zone.addEventListener("dragleave", () => zone.classList.remove("over"))
  zone.addEventListener("drop", (event) => {
    event.preventDefault()
    event.stopPropagation()
    zone.classList.remove("over")
    const files = event.dataTransfer?.files
    if (files && files.length > 0) {
      input.files = files
      take(which, files[0])
    }
  })
}
// A file that falls beside the places is taken as the package: else the browser would leave the page for it.
window.addEventListener("dragover", (event) => event.preventDefault())
window.addEventListener("drop", (event) => {
  event.preventDefault()
  take("package", event.dataTransfer?.files[0])
})
one("ask").addEventListener("submit", (event) => {
  event.preventDefault()
  void check()
})
// On paper nothing unfolds any more.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true
})
// Whoever chose something before the search was shown wants what they chose: a list that is drawn anew under the finger, or
// an address that a late search changes back, would take it from them.
for (const chooses of ["pointerdown", "click"])
  window.addEventListener(
    chooses,
    (event) => {
      if (event.target instanceof Element && event.target.closest("a")) window.clearTimeout(waiting)
    },
    true,
  )
window.addEventListener("hashchange", () => {
  window.clearTimeout(waiting)
  draw(true)
})
