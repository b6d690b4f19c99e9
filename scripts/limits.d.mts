import type { Server, ServerOptions } from "node:http"
export function limits(scale?: number): ServerOptions
export function bound(server: Server, scale?: number): Server
export function heapOf(options?: string, name?: string): string[]
