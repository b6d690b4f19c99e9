import { TemplateEditor } from "@/components/templates/editor"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { templateShape, type Template } from "@/domain/templates/template"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import type { Scene } from "@/usecases/scene"
import { shown, type Words } from "@/app/page-frame"

const EMPTY: Template = { ...templateShape.parse({ kind: "processing", title: "-", text: "-" }), title: "", text: "" }

/** The editor with what was typed before it was refused, each wrong line named. */
export async function TemplateForm(props: {
  scene: Scene
  path: string
  id: string | null
  was: Template | null
  words: Awaited<Words>
}) {
  const { scene, path, id, was, words } = props
  const before = typeof words.refused === "string" ? await kept(scene, path) : null
  const companies = shown(await listEntities(scene, {})).map((one) => ({ id: one.id, name: one.entity.legalName }))
  const fields = before?.refusal?.fields ?? []
  const said = fields.map((field) => ({ ...field, words: say(field.says, field.params) }))
  const lines = said.filter((field) => /(^|\.)text\.\d+$/.test(field.path))
  return (
    <>
      <RefusedNotice
        words={words}
        places={[
          ...said.flatMap((field) => (lines.includes(field) ? [] : [{ path: nameOf(field.path), words: field.words }])),
          ...lines.map((field, i) => ({ path: `text#${i}`, words: field.words })),
        ].map((place) => ({ ...place, path: place.path.startsWith("text#") ? "text" : place.path }))}
      />
      <TemplateEditor
        {...{ id, companies, was: typedOf(before?.input ?? null, was ?? EMPTY) }}
        wrong={(name) =>
          said.find((field) => nameOf(field.path) === name && !lines.includes(field))?.words ??
          lines.find(() => name === "text")?.words ??
          null
        }
      />
    </>
  )
}

const nameOf = (path: string): string =>
  path
    .replace(/^template\./, "")
    .replace(/^words\./, "word.")
    .split(".")[0] ?? path

function typedOf(input: Record<string, unknown> | null, was: Template): Template {
  if (!input) return was
  const text = (name: string, otherwise: string): string =>
    name in input ? String([input[name] ?? ""].flat()[0]) : otherwise
  return {
    ...was,
    ...{
      kind: text("kind", was.kind) as Template["kind"],
      title: text("title", was.title),
      text: text("text", was.text),
    },
    language: text("language", was.language),
    entityIds: [input.entityIds ?? []].flat() as Template["entityIds"],
    retired: text("retired", "") === "yes",
    words: Object.fromEntries(
      Object.entries(was.words).map(([word, value]) => [word, text(`word.${word}`, value)]),
    ) as Template["words"],
  }
}
