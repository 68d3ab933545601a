/**
 * Makes something at most once within a time, whoever asks how often meanwhile; those who ask while it is being made
 * share it. A failure is not kept.
 */
export function keptFor<Result>(
  milliseconds: number,
  make: () => Promise<Result>,
  now: () => number = () => performance.now(),
): () => Promise<Result> {
  let kept: { result: Promise<Result>; until: number } | undefined;
  return () => {
    if (kept && now() < kept.until) return kept.result;
    const entry = { result: make(), until: now() + milliseconds };
    kept = entry;
    entry.result.catch(() => {
      if (kept === entry) kept = undefined;
    });
    return entry.result;
  };
}
