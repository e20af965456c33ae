// Which rows stand in which slot of a virtual list.
// A row's slot is its index modulo the number of slots, so scrolling by one row rewrites one slot, not all.

export type Slots = { first: number; size: number };

/** `first` is the first row that has a slot, `size` how many have one. */
export function slotsFor(view: {
  scrolled: number;
  height: number;
  rowHeight: number;
  count: number;
  spare: number;
}): Slots {
  const visible = Math.ceil(view.height / view.rowHeight) + 1;
  const size = Math.min(view.count, visible + 2 * view.spare);
  const wanted = Math.floor(view.scrolled / view.rowHeight) - view.spare;
  const first = Math.max(0, Math.min(wanted, view.count - size));
  return { first, size };
}

/** The row that slot `slot` shows. */
export function rowIn(slot: number, { first, size }: Slots): number {
  return first + ((((slot - first) % size) + size) % size);
}
