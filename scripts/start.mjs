import path from 'node:path';
import { install, root } from './install.mjs';
import { runTypeScript } from './node.mjs';

// `npm start [-- --exit FILE]`: everything from a fresh clone to a Ready claim. The work is in test/region/main.ts,
// which needs the packages this installs first.
install();
runTypeScript(path.join(root, 'test/region/main.ts'), process.argv.slice(2));
