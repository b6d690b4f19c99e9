// Makes verify.html, the one file that checks a package: the same bytes from the same sources, wherever and whenever.
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const HERE = dirname(dirname(fileURLToPath(import.meta.url)))
/** Larger is refused: it goes into every package, and is to be read. */
const LARGEST = 500_000

const text = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n")
const sum = (words) => `'sha256-${createHash("sha256").update(words, "utf8").digest("base64")}'`

/** The page as one text, its source as another, and the hash by which it is known. */
export async function makeVerifyPage(root = HERE) {
  const page = join(root, "verifier", "page")
  const made = await build({
    absWorkingDir: root,
    entryPoints: ["verifier/page/main.ts"],
    bundle: true,
    write: false,
    platform: "browser",
    target: ["es2022"],
    format: "iife",
    charset: "ascii",
    alias: { "@": root },
    logLevel: "warning",
  })
  // Readable as it stands: nothing is made small. No word of it may end the element that it stands in.
  const script = `\n${made.outputFiles[0].text.replaceAll("</script", "<\\/script")}`
  const style = `\n${text(join(page, "style.css"))}`
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src ${sum(script)}`,
    `style-src ${sum(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")
  const html = text(join(page, "page.html"))
    .replace("{{POLICY}}", () => policy)
    .replace("<!-- STYLE -->", () => `<style>${style}</style>`)
    .replace("<!-- SCRIPT -->", () => `<script>${script}</script>`)
  const bytes = Buffer.byteLength(html)
  if (bytes > LARGEST) throw new Error(`verify.html has ${bytes} bytes: more than ${LARGEST}`)
  const sha256 = createHash("sha256").update(html, "utf8").digest("hex")
  return { html, source: sourceOf(root), sha256, bytes }
}

/** Everything that it is made of, as it is written, one file behind the other. */
function sourceOf(root) {
  const files = ["core", "page"].flatMap((folder) =>
    readdirSync(join(root, "verifier", folder))
      .filter((name) => !name.endsWith(".test.ts"))
      .map((name) => `verifier/${folder}/${name}`),
  )
  files.sort()
  const parts = files.map((name) => `==== ${name} ====\n${text(join(root, name))}`)
  return `What verify.html is made of (scripts/verify-page.mjs of the product makes it).\n\n${parts.join("\n")}`
}

/** Writes both beside the command line. */
export async function writeVerifyPage(root = HERE, folder = join(root, "dist")) {
  const made = await makeVerifyPage(root)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "verify.html"), made.html)
  writeFileSync(join(folder, "verify.source.txt"), made.source)
  return made
}
