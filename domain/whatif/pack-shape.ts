import { z } from "zod"
import type { Pack } from "@/domain/checks/types"
import { validatePack } from "@/domain/packs/validate"

/** The version of a pack that is tried: data alone, refused whole with each place where it is wrong. */
export const packShape = z.unknown().superRefine((data, on) => {
  for (const { path, says } of validatePack(data).slice(0, 20))
    on.addIssue({ code: "custom", message: `invalid.${says}`, path: path === "" ? [] : path.split(".") })
}) as unknown as z.ZodType<Pack, unknown>
