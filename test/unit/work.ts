import { Session } from 'node:inspector/promises';

/** Counts work instead of time: the same for every run on every machine, whatever else that one does. */
export interface CallCounter {
  /** How many functions of this project and its libraries a piece of code calls. */
  count(work: () => void): Promise<number>;
  stop(): void;
}

/** Starts to count; while it does, everything in this process runs slower. */
export async function startCounting(): Promise<CallCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const taken = async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => /\/(src|node_modules)\//.test(url))
      .flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0]?.count ?? 0))
      .reduce((sum, count) => sum + count, 0);
  };
  return {
    async count(work) {
      await taken();
      work();
      return taken();
    },
    stop: () => session.disconnect(),
  };
}
