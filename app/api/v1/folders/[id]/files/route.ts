import { folderDoor } from "@/app/folder-door"

/** Lays more files into a folder of papers. */
export const POST = folderDoor()
