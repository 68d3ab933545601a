/** How long a stage took, and when it began, in seconds since the region began. */
export interface Timing {
  stage: string;
  began: number;
  seconds: number;
}

/** Measures stages and tells about them as they begin and end. */
export interface Stages {
  timings: Timing[];
  run<T>(stage: string, work: () => Promise<T>): Promise<T>;
}

/** Makes a recorder whose clock starts now. */
export function recordStages(onStage: (stage: string, event: 'began' | 'ended', seconds: number) => void): Stages {
  const start = performance.now();
  const timings: Timing[] = [];
  return {
    timings,
    async run(stage, work) {
      const began = performance.now();
      onStage(stage, 'began', (began - start) / 1000);
      const result = await work();
      const seconds = (performance.now() - began) / 1000;
      timings.push({ stage, began: (began - start) / 1000, seconds });
      onStage(stage, 'ended', seconds);
      return result;
    },
  };
}
