import { exportOf } from "@/app/audit/log-export"

/** `GET /api/v1/log/events.jsonl`: the entries of a selection, with the filters of the log's page, as the reader may read them. */
export const GET = (request: Request): Promise<Response> => exportOf(request, "jsonl")
