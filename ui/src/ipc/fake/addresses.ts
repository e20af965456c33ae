// Where parcels go, in memory.
import type { PostalAddress } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { later, newId, TODAY, type Someone, type World } from "./world";

/** Where parcels go for someone: a street that is nowhere. */
export function parcelsTo(world: World, someone: Someone, more: Partial<PostalAddress> = {}): PostalAddress {
  return {
    id: newId(world),
    personId: someone.person.id,
    lines: "Kiln Lane 3\n12345 Nowhere",
    country: "DE",
    recipientName: someone.person.displayName,
    phone: null,
    purpose: "stickers",
    source: "they_gave_it",
    sourceNote: null,
    givenOn: TODAY,
    expiresOn: later(TODAY, 90),
    ...more,
  };
}

export function addresses({ world, living, one, write, put }: Desk) {
  return {
    "postal_addresses.add"({ person, country, ...rest }) {
      const someone = one(person);
      if (rest.purpose.trim() === "") refuse("invalid", "Say what it was given for.", "purpose");
      if ((rest.expiresOn ?? "9999") <= TODAY)
        refuse(
          "invalid",
          "Say a day that is still to come: on that day the address is deleted.",
          "expiresOn",
        );
      const added = parcelsTo(world, someone, { ...rest, country });
      const before = someone.postalAddresses;
      return write(
        "postal_addresses.add",
        `Noted where parcels go for ${someone.person.displayName}`,
        () => ((someone.postalAddresses = [added, ...before]), added),
        () => void (someone.postalAddresses = before),
      );
    },
    "postal_addresses.edit"({ id, ...change }) {
      for (const someone of living()) {
        const found = someone.postalAddresses.find((candidate) => candidate.id === id);
        const label = `Changed where parcels go for ${someone.person.displayName}`;
        if (found) return put("postal_addresses.edit", label, found, change);
      }
      return refuse("not_found", "This address is no longer here.");
    },
    "postal_addresses.remove"({ id }) {
      const someone = living().find(({ postalAddresses }) =>
        postalAddresses.some((candidate) => candidate.id === id),
      );
      if (!someone) return refuse("not_found", "This address is no longer here.");
      const before = someone.postalAddresses;
      return write(
        "postal_addresses.remove",
        `Removed where parcels go for ${someone.person.displayName}`,
        () => ((someone.postalAddresses = before.filter((candidate) => candidate.id !== id)), {}),
        () => void (someone.postalAddresses = before),
      );
    },
  } satisfies Partial<Handlers>;
}
