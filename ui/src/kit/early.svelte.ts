// Keys that come before the rows they are meant for: kept in their order until the rows are there.
import { untrack } from "svelte";
import type { Handler, Offer } from "./keyboard";

/** Does what it is given once `there`, at once or later, in order. Call it while a component is being set up. */
export function whenThere(there: () => boolean): (act: () => unknown) => unknown {
  const early: (() => unknown)[] = [];
  $effect(() => {
    if (there()) untrack(() => early.splice(0).forEach((act) => act()));
  });
  return (act) => (there() ? act() : void early.push(act));
}

/** Wraps what is offered, so that it is done once `there`. Call it while a component is being set up. */
export function onceThere(there: () => boolean): (offer: Offer) => Offer {
  const when = whenThere(there);
  const kept =
    (handler: Handler): Handler =>
    (event) =>
      when(() => handler(event)) as ReturnType<Handler>;
  return (offer) =>
    Object.fromEntries(Object.entries(offer).map(([id, handler]) => [id, kept(handler)])) as Offer;
}
