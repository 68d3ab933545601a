import { KubeError } from '../../region/kube-types.ts';

/** The answer of an API server: `allowed`, or the status and message of the refusal. */
export async function answer(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'allowed';
  } catch (error) {
    if (error instanceof KubeError) return `${error.status} ${error.message}`;
    throw error;
  }
}
