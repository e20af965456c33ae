// How much a proof proves: a share of it in every test run, all of it in `make prove`.

/** `short` in the test run, `long` where HALLWAY_PROVE=1. */
export const times = (short: number, long: number): number => (process.env.HALLWAY_PROVE === "1" ? long : short);

/** Says what was proved, with its numbers, where `make prove` finds it. */
export const proved = (what: string, numbers: string): void => console.log(`proved: ${what}: ${numbers}`);
