import { releaseStartupMemory } from '../memory.ts';

// A program that leaves garbage behind when it has started, and tells what it holds then and two seconds later, in bytes.
function start(): number {
  const lists = Array.from({ length: 400 }, (_, index) => Array.from({ length: 20_000 }, (_, item) => index + item));
  return lists.length;
}
start();
const before = process.memoryUsage.rss();
releaseStartupMemory();
setTimeout(() => {
  console.log(JSON.stringify({ before, after: process.memoryUsage.rss(), collector: 'gc' in globalThis }));
}, 2000);
