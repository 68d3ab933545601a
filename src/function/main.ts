import { parseCatalog } from '../catalog/index.ts';
import { composers } from '../compose/index.ts';
import { runProcess } from './process.ts';

void runProcess({ composers, parseCatalog, now: () => new Date() }, process.argv);
