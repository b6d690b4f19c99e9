import { z } from "zod"
import { deleteView, nameView, ownView, putView, viewsBeside, viewsOf, type ViewRow } from "@/db/statements/views"
import { good, refuse } from "@/domain/core/outcome"
import { idOf, text } from "@/domain/records/parts"
import { VIEWED, viewAddress, type Viewed } from "@/domain/register/view-address"
import { jot } from "@/usecases/jot"
import { newId } from "@/usecases/scene"

const MOST = 50
const name = text(80)
  .transform((value) => value.trim())
  .refine((value) => value !== "", "invalid.required")

export type { ViewRow } from "@/db/statements/views"

/**
 * The views that somebody keeps of a list. They widen nothing: each is an address, and opens for whom it opens. Nothing of
 * the register is read, so that a supervisor's log holds what they looked at and not what they call it.
 */
export const listViews = jot<{ list: Viewed }, ViewRow[]>({
  name: "view.keep",
  input: z.strictObject({ list: z.enum(VIEWED) }),
  run: async (tx, { input, actor }) => good(await viewsOf(tx, actor.id, input.list)),
})

/** Keeps a view of a list under a name of one's own; a name that is there already takes the new view. */
export const keepView = jot({
  name: "view.keep",
  input: z.strictObject({ name, address: z.string().max(8000) }),
  run: async (tx, { input, actor, scene }) => {
    const view = viewAddress(input.address)
    if (!view) return refuse("invalid", "invalid.view-address")
    if ((await viewsBeside(tx, actor.id, view.list, input.name)) >= MOST)
      return refuse("invalid", "invalid.too-many-views", { params: { n: String(MOST) } })
    const id = await putView(tx, {
      ...{ id: newId(scene, "view"), name: input.name, byPerson: actor.id, at: scene.now },
      ...view,
    })
    return good({ id, address: view.address })
  },
})

/** Gives a view of one's own another name; a name that another one has is refused. */
export const renameView = jot({
  name: "view.keep",
  input: z.strictObject({ id: idOf("view"), name }),
  run: async (tx, { input, actor }) => {
    const view = await ownView(tx, input.id, actor.id)
    if (!view) return refuse("not-found", "not-found")
    const others = await viewsOf(tx, actor.id, view.list)
    if (others.some((other) => other.id !== view.id && other.name === input.name))
      return refuse("conflict", "conflict.view-name")
    await nameView(tx, view.id, actor.id, input.name)
    return good({ id: view.id, address: view.address })
  },
})

/** Lets a view of one's own go. The address still opens: only its name is gone. */
export const dropView = jot({
  name: "view.keep",
  input: z.strictObject({ id: idOf("view") }),
  run: async (tx, { input, actor }) => {
    const view = await ownView(tx, input.id, actor.id)
    if (!view) return refuse("not-found", "not-found")
    await deleteView(tx, view.id, actor.id)
    return good({ address: view.address })
  },
})
