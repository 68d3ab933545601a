import { start } from '../start.ts';
import { parts } from './parts.ts';

void start(parts, process.argv);
