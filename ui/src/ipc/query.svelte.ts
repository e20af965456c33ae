// Mounted questions: asked again when their input changes and whenever the file changes.
import type { Failure } from "./gen";
import { call, onChange, type Command, type Input, type Value } from "./call";
import { asFailure } from "./host";

export type Query<V> = {
  /** The newest answer. It stays while the question is asked again, so nothing flickers. */
  readonly value: V | undefined;
  readonly failure: Failure | null;
  /** True until the first answer to the current input. */
  readonly waiting: boolean;
  again(): Promise<void>;
};

/**
 * `input` is read reactively; null means "do not ask now". Call it while a component is being set up. `of` names the
 * tables the answer is made of, where it is a long one that few changes concern; without it every change asks again.
 */
export function query<K extends Command>(
  cmd: K,
  input: () => Input<K> | null,
  of?: readonly string[],
): Query<Value<K>> {
  let value = $state.raw<Value<K> | undefined>(undefined);
  let failure = $state.raw<Failure | null>(null);
  let waiting = $state(true);
  let asked = 0;
  let current: Input<K> | null = null;
  // A derived string compares by content: an object that was only rebuilt does not ask again.
  const wanted = $derived(JSON.stringify(input()));

  async function again(): Promise<void> {
    if (current === null) return;
    const turn = ++asked;
    try {
      const answer = await call(cmd, current);
      if (turn !== asked) return;
      value = answer;
      failure = null;
    } catch (thrown) {
      if (turn !== asked) return;
      failure = asFailure(thrown);
    }
    waiting = false;
  }

  $effect(() => {
    current = JSON.parse(wanted) as Input<K> | null;
    waiting = true;
    if (current === null) {
      asked++;
      value = undefined;
      failure = null;
      return;
    }
    void again();
  });
  // `*` stands for whatever another program changed.
  const concerned = (tables: string[]) => !of || tables.some((table) => table === "*" || of.includes(table));
  $effect(() => onChange(({ tables }) => void (concerned(tables) && again())));

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get waiting() {
      return waiting;
    },
    again,
  };
}
