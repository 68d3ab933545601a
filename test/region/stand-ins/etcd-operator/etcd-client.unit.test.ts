import { expect, test } from 'vitest';
import { connectionProblem } from './etcd-client.ts';

test("a refused certificate is told by the alert, without OpenSSL's places and times", () => {
  const text =
    '14 UNAVAILABLE: No connection established. Last error: 40CD:error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../deps/rec.c:918:SSL alert number 48\n (2026-11-21T10:07:39.227Z). Resolution note: ';
  expect(connectionProblem(new Error(text))).toBe('tlsv1 alert unknown ca');
});

test('a wrong name is told in full', () => {
  const text =
    "14 UNAVAILABLE: No connection established. Last error: Error: Hostname/IP does not match certificate's altnames: Host: e.t.svc. (2026-11-21T10:07:39.227Z). Resolution note: ";
  expect(connectionProblem(new Error(text))).toBe(
    "Error: Hostname/IP does not match certificate's altnames: Host: e.t.svc.",
  );
});

test('the same timeout reads the same each time', () => {
  const text = (time: string) => new Error(`4 DEADLINE_EXCEEDED: Deadline exceeded after ${time}s,LB pick: 0.06s`);
  expect(connectionProblem(text('5.001'))).toBe(connectionProblem(text('5.062')));
});
