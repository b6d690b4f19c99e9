import { placeWords } from "@/components/stages/rules-words"
import { say } from "@/components/words/catalogue"
import { ROWS } from "@/domain/requests/stage-rows"
import { STAGES } from "@/domain/requests/stage-rules"
import { previewRules } from "@/usecases/requests/preview-rules"
import { readRules } from "@/usecases/requests/stage-rules"
import type { Call } from "./commands"
import { inPlace, instantIn } from "./oversight"
import { must, print, Refused } from "./say"

/**
 * `stages [--as-of INSTANT]`: `{version, since, rules, versions, deciders}`, the stage rules that hold or held, and who held a deciding role. `stages preview
 * VERSION`: `{open, changed, differs, lines}`, what a proposed version would ask of the open requests.
 */
export async function stages(call: Call): Promise<void> {
  const [word, version] = call.words
  if (word === "preview") return preview(call, version)
  if (word) throw new Refused("Say: stages [--as-of INSTANT], or: stages preview VERSION.")
  const asOf = instantIn(call.options["as-of"])
  await inPlace(call, async (scene) => {
    const { inForce, versions, people } = must(await readRules(scene, { asOf }))
    const lines = versions.map(({ version: n, at, verdict, decidedAt }) => ({ version: n, at, verdict, decidedAt }))
    const { rules } = inForce
    const deciders = people.map(({ id, name, held }) => ({
      ...{ id, name, roles: held.map(({ role, entityId }) => ({ role, entity: entityId })) },
    }))
    print(
      call.json,
      { version: inForce.version, since: inForce.since, rules, versions: lines, deciders },
      [
        inForce.since
          ? say("stages.lede", { version: inForce.version, at: inForce.since })
          : say("stages.lede-shipped"),
        ...ROWS.map(
          (id) => `${say(`stages.row.${id}`)}\t${rules.rows[id].map((stage) => say(`stage.${stage}`)).join(", ")}`,
        ),
        ...STAGES.map(
          (stage) =>
            `${say(`stage.${stage}`)}\t${say("stages.days")} ${rules.days[stage]}, ${say("stages.wave")} ${rules.waves[stage]}`,
        ),
        ...deciders.map((one) => `${one.name}\t${one.roles.map((held) => say(`role.${held.role}`)).join(", ")}`),
      ].join("\n"),
    )
  })
}

async function preview(call: Call, version: string | undefined): Promise<void> {
  if (!version || !/^\d{1,6}$/.test(version)) throw new Refused("Name the version: stages preview VERSION.")
  await inPlace(call, async (scene) => {
    const { open, changed, differs, lines } = must(await previewRules(scene, { version: Number(version) }))
    print(
      call.json,
      { open, changed, differs, lines },
      [
        say("stages.preview-lede", { open, changed }),
        ...differs.map((one) => `${placeWords(one.path, {})}\t${one.before} -> ${one.after}`),
        ...lines.map(
          (one) =>
            `R-${one.no}\t${one.before.map((s) => s.stage).join(",")} -> ${one.after.map((s) => s.stage).join(",")}`,
        ),
      ].join("\n"),
    )
  })
}
