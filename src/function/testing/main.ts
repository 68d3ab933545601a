import { start } from '../start.ts';
import { parts } from './parts.ts';

await start(parts, process.argv);
