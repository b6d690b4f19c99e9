/** Whether the server of the cluster lives. */
export function serverRuns(cluster: string): boolean
export class Sentence extends Error {}
export type Server = {
  cluster: string
  sockets: string
  started: boolean
  ownerUrl: (database?: string) => string
  appUrl: (database: string) => string
}
export function binaries(major?: number): string
export function serverUser(): { name: string; uid: number; gid: number } | null
export function ensureServer(options: { dataDir: string; major?: number; fast?: boolean }): Server
export function stopServer(options: { dataDir: string; major?: number }): void
export function useServer(dataDir: string): () => boolean
export function socketFolder(dataDir: string, temporary?: string): string
