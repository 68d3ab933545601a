import { runProcess } from '../process.ts';
import { parts } from './parts.ts';

void runProcess(parts, process.argv);
