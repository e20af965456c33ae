// Where a contact point leads, when it leads anywhere that is safe to open, and how a long address is shown.
import type { ContactKind } from "../../ipc/gen";
import { isOpenable } from "../../ipc/host";

const profiles: Partial<Record<ContactKind, (handle: string) => string>> = {
  github: (handle) => `https://github.com/${handle}`,
  gitlab: (handle) => `https://gitlab.com/${handle}`,
  linkedin: (handle) => `https://www.linkedin.com/in/${handle}`,
  bluesky: (handle) => `https://bsky.app/profile/${handle}`,
  x: (handle) => `https://x.com/${handle}`,
  reddit: (handle) => `https://www.reddit.com/user/${handle}`,
};

/** Null when there is nothing to open: a chat name, a phone, an address that does not say https. */
export function linkOf(kind: ContactKind, value: string): string | null {
  const typed = value.trim();
  if (/\s/.test(typed) || typed === "") return null;
  if (kind === "email")
    return typed.includes("@") ? `mailto:${encodeURIComponent(typed).replace("%40", "@")}` : null;
  if (isOpenable(typed)) return typed.toLowerCase().startsWith("mailto:") ? null : typed;
  if (/^[a-z][a-z0-9+.-]*:/i.test(typed)) return null;
  if (kind === "mastodon") {
    const parts = /^@?([\w.-]+)@([\w.-]+\.[a-z]+)$/i.exec(typed);
    return parts ? `https://${parts[2]}/@${parts[1]}` : null;
  }
  if (kind === "website" && /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(typed)) return `https://${typed}`;
  const handle = typed.replace(/^@/, "").replace(/^(u\/|in\/)/, "");
  return /^[\p{L}\p{N}._-]+$/u.test(handle) ? (profiles[kind]?.(encodeURIComponent(handle)) ?? null) : null;
}

/** What an address looks like to its reader, in pieces between which a line may break: after its signs, and not within a word. */
export function piecesOf(value: string): string[] {
  const shown = value.includes("://") ? readable(value) : value;
  return shown.split(/(?<=[@.:/])(?![@.:/])/);
}

/** Percent signs decoded, unless that brought in something that cannot be seen or turns the line around. */
function readable(url: string): string {
  try {
    const decoded = decodeURI(url);
    return /[\s\p{C}]/u.test(decoded) ? url : decoded;
  } catch {
    // A lone percent sign: the address is shown as it is.
    return url;
  }
}
