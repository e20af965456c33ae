// What is held about somebody, in memory: a few sections of what the core reads off every table.
import type { Handlers } from "./core";
import type { Desk } from "./desk";

export function subject({ one, page }: Desk) {
  return {
    "subject.page"({ id }) {
      const { person, organisation, contactPoints, postalAddresses } = page(one(id));
      return {
        name: person.displayName,
        sections: [
          {
            title: "Who they are",
            lines: [
              {
                text: person.displayName,
                of: "people",
                typed: true,
                particulars: organisation ? [{ label: "Works at", value: organisation }] : [],
              },
            ],
          },
          {
            title: "How to reach them",
            lines: [
              ...contactPoints.map(({ kind, value, source }) => ({
                text: `${kind}: ${value}`,
                of: "contactPoints",
                typed: true,
                particulars: [{ label: "Came from", value: source.replaceAll("_", " ") }],
              })),
              ...postalAddresses.map(({ lines, purpose, expiresOn }) => ({
                text: lines,
                of: "postalAddresses",
                typed: true,
                particulars: [
                  { label: "Given for", value: purpose },
                  { label: "Deleted on", value: expiresOn },
                ],
              })),
            ],
          },
          {
            title: "What happened",
            lines: one(id).entries.map(({ onDay, label, note }) => ({
              text: `${onDay}: ${label}`,
              of: "touchpoints",
              typed: true,
              particulars: note ? [{ label: "Note", value: note }] : [],
            })),
          },
        ].filter(({ lines }) => lines.length > 0),
      };
    },
    "subject.write": ({ id }) => ({ fileName: `${one(id).person.displayName}.json`, bytes: 4_096 }),
  } satisfies Partial<Handlers>;
}
