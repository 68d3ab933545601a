import { isKubernetesLabel, isLabelKey, isLabelValue, isPlatformLabel } from '../../../base/labels.ts';
import type { Finding } from '../../finding.ts';

/** What the kubelet is told of labels in one argument of at most 1024 characters; the rest is for the platform's own. */
const JOINED_LENGTH = 768;

/** Labels must be ones a kubelet may set on itself, or the node never joins. */
export function checkLabels(given: Readonly<Record<string, string>>, path: string): Finding[] {
  const labels = Object.entries(given);
  return [...labels.flatMap(([key, value]) => checkLabel(key, value, path)), ...checkLength(labels, `${path}.labels`)];
}

function checkLength(labels: [string, string][], path: string): Finding[] {
  const { length } = labels.map(([key, value]) => `${key}=${value}`).join(',');
  if (length <= JOINED_LENGTH) return [];
  const message = `the labels have ${length} characters, and a kubelet is told ${JOINED_LENGTH} at most`;
  return [problem('TooLarge', path, message, 'use fewer or shorter labels')];
}

function checkLabel(key: string, value: string, path: string): Finding[] {
  if (!isLabelKey(key) || !isLabelValue(value)) {
    return [
      problem(
        'InvalidField',
        `${path}.labels.${key}`,
        `${key}=${value} is not a Kubernetes label`,
        'see the Kubernetes syntax of labels',
      ),
    ];
  }
  if (isPlatformLabel(key) || isKubernetesLabel(key)) {
    return [
      problem(
        'ReservedLabel',
        `${path}.labels.${key}`,
        `${key} is set by the platform or refused by the kubelet`,
        'use a key of your own domain, or roles for node roles',
      ),
    ];
  }
  return [];
}

function problem(code: Finding['code'], path: string, message: string, remedy: string): Finding {
  return { code, path, message, remedy };
}
