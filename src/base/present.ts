/** `Data` with every entry that may be undefined turned into one that may be missing. */
export type Present<Data> = {
  [Key in keyof Data as undefined extends Data[Key] ? never : Key]: Data[Key];
} & {
  [Key in keyof Data as undefined extends Data[Key] ? Key : never]?: Exclude<Data[Key], undefined>;
} extends infer All
  ? { [Key in keyof All]: All[Key] }
  : never;

/**
 * An object without its undefined entries: an optional field is written beside the others instead of spread under a
 * condition. Only undefined goes; an empty text or list, zero, false and null stay.
 *
 * @example present({ name, version: running?.version }) // { name: 'web' } while nothing runs
 */
export function present<Data extends object>(data: Data): Present<Data>;
export function present(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
