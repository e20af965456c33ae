// Files as people tell them apart: by their name, then by the folder they lie in.

/** The folder of a path, of any system: "~/Documents" of "~/Documents/team.hallway". */
export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "") || "/";
}
