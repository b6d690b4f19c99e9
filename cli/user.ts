import { invitePerson, disablePerson } from "@/usecases/people/accounts"
import { listAway } from "@/usecases/people/list-away"
import { resetPerson } from "@/usecases/people/resets"
import { openVisit } from "@/usecases/visits/open-visit"
import { listPeople, listRoles, type PersonLine } from "@/usecases/people/list-people"
import type { Scene } from "@/usecases/scene"
import type { Call } from "./commands"
import { instantIn } from "./oversight"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

/** `user add EMAIL --name NAME [--role ROLE …] [--entity ID] [--kind K … --from DAY --to DAY --until DAY] | list | disable EMAIL | reset-link EMAIL | roles, away or entitled [--as-of INSTANT]` */
export async function user(call: Call): Promise<void> {
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    const { scene, close } = await commandScene(place)
    try {
      await run(call, scene)
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}

/** A supervisor is added with what they may read and until when, at once: whoever means all of it says so by leaving it out. */
async function addSupervisor(email: string, options: Call["options"], json: boolean, scene: Scene): Promise<void> {
  if (options.role?.length !== 1) throw new Refused("A supervisor is added with that role alone.")
  if (!options.until) throw new Refused("Say until which day the supervisor's account lasts: --until DAY.")
  const made = must(
    await openVisit(scene, {
      ...{ email, name: options.name ?? email, lastDay: options.until },
      ...{ entityIds: options.entity ? [options.entity] : null, kinds: options.kind ?? null },
      ...{ firstOn: options.from ?? null, lastOn: options.to ?? null },
    }),
  )
  print(json, made, `${email} is invited. The link, valid once and for seven days: ${made.path}`)
}

async function run({ words, options, json }: Call, scene: Scene): Promise<void> {
  const [verb, who = ""] = words
  if (verb === "add") {
    if (options.role?.includes("supervisor")) return addSupervisor(who, options, json, scene)
    const roles = (options.role ?? []).map((role) => ({ role, entityId: options.entity ?? null }))
    const made = must(await invitePerson(scene, { email: who, name: options.name ?? who, roles }))
    return print(json, made, `${who} is invited. The link, valid once and for seven days: ${made.path}`)
  }
  if (verb === "list") {
    const people: PersonLine[] = []
    for (let after: string | null = null; ;) {
      const page: { people: PersonLine[]; next: string | null } = must(await listPeople(scene, { after }))
      people.push(...page.people)
      after = page.next
      if (!after) break
    }
    return print(json, people, people.map((one) => `${one.email ?? "-"}\t${one.name}\t${one.state}`).join("\n"))
  }
  if (verb === "disable") {
    const done = must(await disablePerson(scene, { person: who }))
    return print(json, done, `${who} is shut out; sessions and tokens ended.`)
  }
  if (verb === "reset-link") {
    const made = must(await resetPerson(scene, { person: who }))
    return print(json, made, `The link for a new password, valid once and for one day: ${made.path}`)
  }
  if (verb === "roles") {
    const { roles } = must(await listRoles(scene, { asOf: instantIn(options["as-of"]) }))
    const line = (one: (typeof roles)[number]): string =>
      [one.email ?? "-", one.role, one.entityId ?? "everywhere", one.shut ? "account shut" : one.state, one.at].join(
        "\t",
      )
    return print(json, roles, roles.map(line).join("\n"))
  }
  if (verb === "away" || verb === "entitled") {
    const page = must(await listAway(scene, { asOf: instantIn(options["as-of"]) }))
    if (verb === "entitled") {
      const who = (one: (typeof page.entitled)[number]): string =>
        [one.name, one.role, one.entityId ?? "everywhere", one.forName ? `for ${one.forName}` : "own right"].join("\t")
      return print(json, page.entitled, page.entitled.map(who).join("\n"))
    }
    const days = (one: (typeof page.away)[number]): string =>
      [
        one.name,
        one.fromOn,
        one.toOn ?? "no last day",
        one.delegates.map((to) => to.name).join(", ") || "nobody stands in",
      ].join("\t")
    return print(json, page.away, page.away.map(days).join("\n"))
  }
  throw new Refused(
    "Say what to do with users: user add EMAIL --name NAME, user list, user disable EMAIL, user reset-link EMAIL, user roles, user away, or user entitled.",
  )
}
