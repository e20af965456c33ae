// Waiting for what a person would see happen, instead of for the clock.

const LOOK_AGAIN_AFTER_MS = 25;

/**
 * Looks again and again until `look` answers with something, and returns that. An error while looking counts as
 * "not yet"; after `within` milliseconds the last one is told together with what was waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  within = 15_000,
): Promise<T> {
  const end = Date.now() + within;
  let last: unknown = null;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen;
      last = null;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${within} ms for ${what}, in vain.`, { cause: last ?? undefined });
    }
    await new Promise((look) => setTimeout(look, LOOK_AGAIN_AFTER_MS));
  }
}
