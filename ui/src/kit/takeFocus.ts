// For the one field a form begins with. The attribute of HTML would only work while nothing else has the focus.
import type { Attachment } from "svelte/attachments";

export const takeFocus: Attachment<HTMLElement> = (field) => field.focus();
