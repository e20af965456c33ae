// Every field a filter may ask for, with what can be said of it: long, and changed by few things.
import { query } from "../../ipc/query.svelte";

/** Call it while a component is being set up. */
export const filterFields = () =>
  query("filter.fields", () => ({}), ["fields", "journey_configs", "settings"]);
