/** What a database's error means, as a sentence for the operator; null where it is none of these. */
export function databaseSentence(problem: unknown, name?: string): string | null
/** Whether a PostgreSQL of one's own can be served from; says whether it is to be migrated. Throws a sentence. */
export function checkDatabase(on: { databaseUrl: string; databaseOwnerUrl: string | null }): Promise<boolean>
/** Why what DATABASE_URL names may not serve, in a sentence; null when it may. */
export function unfitToServe(
  app: { major: number; role: string; super: boolean; owns: boolean },
  owner: string | null,
): string | null
