import { z } from "zod"
import { knowReset, personById, revokeSessions, updatePerson, type PersonRow } from "@/db/statements/people"
import { spoilLinks } from "@/db/statements/links"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { passwordRules } from "@/domain/people/passwords"
import type { ActName } from "@/domain/people/permissions"
import { act, done } from "@/usecases/act"
import { jot } from "@/usecases/jot"
import type { Scene } from "@/usecases/scene"
import { hashPassword } from "./secrets"
import { proveSelf } from "./sessions"

const shape = z.strictObject({
  old: z.string().max(1000),
  password: z.string().max(1000),
  address: z.string().max(100),
})

/**
 * Changes one's own password: the old one is typed in the same breath, whenever it was typed last, and tries of it are
 * limited as at sign-in. Every other session ends; this one, and tokens, go on.
 */
export const changePassword: { (scene: Scene, raw: unknown): Promise<Outcome<object>>; actName: ActName } =
  Object.assign(
    async (scene: Scene, raw: unknown): Promise<Outcome<object>> => {
      const parsed = shape.safeParse(raw)
      const sent = parsed.success ? parsed.data : { old: "", password: "", address: "" }
      const proved = await proveSelf(scene, { password: sent.old, address: sent.address })
      if (!proved.ok) return proved
      const { actor } = scene
      if (actor?.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
      return setPassword({ ...scene, actor: { ...actor, provedAt: scene.now } }, { password: sent.password })
    },
    { actName: "password.change" as const },
  )

const setPassword = act<{ password: string }, PersonRow, object>({
  name: "password.change",
  input: z.strictObject({ password: z.string().max(1000) }),
  load: (tx, _input, scene) => personById(tx, scene.actor?.id ?? "", true),
  may: (actor) => (actor.session ? good({}) : refuse("not-allowed", "not-allowed.no-password")),
  run: async (_tx, { input, loaded: person, actor }) => {
    const rules = passwordRules(input.password, person)
    if (!rules.ok) return rules
    const passwordHash = await hashPassword(input.password)
    return done({
      value: {},
      events: [{ act: "password.change", objects: [{ type: "person", id: person.id }] }],
      write: async (tx, place) => {
        await updatePerson(tx, person.id, { passwordHash })
        await revokeSessions(tx, { personId: person.id, ...(actor.session ? { but: actor.session } : {}) }, place.at)
        await spoilLinks(tx, person.id, place.at)
      },
    })
  },
})

/** Says that one knows that one's password was set anew by others; it is told on every page until then. */
export const knowOfReset = jot<Record<string, never>, object>({
  name: "account.know",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => {
    await knowReset(tx, actor.id, scene.now)
    return good({})
  },
})
