// Somebody with an address, and what is known of whether one may write to it.
import { blankPerson, newId, point, type World } from "../ipc/fake/world";
import type { Basis } from "../ipc/gen";

export function addressed(world: World, name: string, basis: Basis | null, more: { bounced?: boolean } = {}) {
  const made = blankPerson(world, name);
  const address = point(world, made, { value: `${name.toLowerCase()}@basalt.example` });
  if (more.bounced) address.status = "bounced";
  made.contactPoints = [address];
  world.people.set(made.person.id, made);
  if (basis)
    world.bases.push({
      id: newId(world),
      contactPointId: address.id,
      purpose: "list_mail",
      basis,
      evidence: null,
      touchpointId: null,
      recordedOn: "2026-05-03",
    });
  return made;
}
