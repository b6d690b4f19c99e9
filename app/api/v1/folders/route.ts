import { folderDoor } from "@/app/folder-door"

/** Begins a folder of papers: a form sends its files with it, a machine sends each to the folder. */
export const POST = folderDoor()
