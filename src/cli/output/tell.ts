/** A line on standard error; standard output is for documents alone. */
export function tell(kind: 'note' | 'warning' | 'error', line: string): void {
  process.stderr.write(`${kind}: ${line}\n`);
}
