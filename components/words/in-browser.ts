import { INSTEAD } from "./instead"
import { KEYS } from "./keys"
import { sayer } from "./sayer"

/** The few sentences that code in the browser says. The whole catalogue stays on the server: it weighs more than the code. */
export const sayHere = sayer({ ...KEYS, ...INSTEAD })
