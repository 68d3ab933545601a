import { describe, expect, test } from 'vitest';
import { at } from '../../../base/json.ts';
import { releasesOf } from './testing/context.ts';

const on = { enabled: true };

describe('monitoring agents', () => {
  test('logs go to the tenant’s own store, unless it says otherwise (H29, H73)', () => {
    const config = (valuesOverride = {}) =>
      at(releasesOf({ monitoringAgents: { ...on, valuesOverride } })['fluent-bit']?.values, 'config');
    expect(at(config(), 'outputs')).toContain('Host vlinsert-generic.acme.svc');
    expect(at(config(), 'filters')).toMatch(
      /https:..[$][{]KUBERNETES_SERVICE_HOST[}]:[$][{]KUBERNETES_SERVICE_PORT[}]/,
    );
    expect(at(config({ fluentbit: { config: { outputs: '[OUTPUT]\n    Name stdout\n' } } }), 'outputs')).toBe(
      '[OUTPUT]\n    Name stdout\n',
    );
  });

  test.each([
    [
      'lines that forget the server',
      '[SERVICE]\n    Flush 5\n',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n    Flush 5\n',
    ],
    [
      'lines that switch it off',
      '[SERVICE]\n    http_server off\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2021\n    Health_Check Off\n',
      '[SERVICE]\n    http_server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2021\n    Health_Check Off\n',
    ],
    [
      'a header alone',
      '[SERVICE]',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n',
    ],
    [
      'no header',
      '    Flush 5\n',
      '[SERVICE]\n    HTTP_Server On\n    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n    Flush 5\n',
    ],
  ])('an override of the service keeps what answers the probes: %s', (_, service, kept) => {
    const valuesOverride = { fluentbit: { config: { service, inputs: 'mine' } } };
    const config = at(releasesOf({ monitoringAgents: { ...on, valuesOverride } })['fluent-bit']?.values, 'config');
    expect(config).toMatchObject({ service: kept, inputs: 'mine' });
  });

  test('they live in the documented namespace (D32)', () => {
    const { 'fluent-bit': logs, 'node-exporter': nodes } = releasesOf({ monitoringAgents: on });
    expect([logs?.namespace, nodes?.namespace]).toEqual(['monitoring', 'monitoring']);
  });
});
