import { parseCatalog } from '../catalog/index.ts';
import { composers } from '../compose/index.ts';
import { start } from './start.ts';

void start({ composers, parseCatalog, now: () => new Date() }, process.argv);
