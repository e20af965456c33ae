// Keys that come before the rows they are meant for: kept in their order until the rows are there.
import { untrack } from "svelte";
import type { Handler, Offer } from "./keyboard";

/** Wraps what is offered, so that it is done once `there`. Call it while a component is being set up. */
export function onceThere(there: () => boolean): (offer: Offer) => Offer {
  const early: (() => unknown)[] = [];
  $effect(() => {
    if (there()) untrack(() => early.splice(0).forEach((act) => act()));
  });
  const kept =
    (handler: Handler): Handler =>
    (event) =>
      there() ? handler(event) : void early.push(() => handler(event));
  return (offer) =>
    Object.fromEntries(Object.entries(offer).map(([id, handler]) => [id, kept(handler)])) as Offer;
}
