import { Command, Option } from 'commander';
import { SUFFIX_PLACEHOLDER } from '../simulate/index.ts';
import { type RenderOptions, render } from './commands/render.ts';
import { validate } from './commands/validate.ts';
import type { InputOptions } from './input/session.ts';
import { FORMATS } from './output/print.ts';

const PLACEHOLDERS = `
Printed is what Crossplane applies, before the API server's defaults and Crossplane's own labels and owners. Nothing is
asked of a cluster or the network: what only a running platform knows is left out (addresses, certificates, status) or a
placeholder that enters no name and no hash (the composite of a claim NAME counts as NAME-${SUFFIX_PLACEHOLDER}).`;

/** The command line: `hikube render` and `hikube validate`. */
export function createProgram(version: string, exit: (code: number) => void): Command {
  const program = new Command('hikube')
    .description('Managed Kubernetes as one claim: what becomes of it, and what is wrong with it.')
    .version(version);

  input(program.command('render'), '<file...>', 'Print everything that becomes of claims once they are fully ready.')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(FORMATS).default('yaml'))
    .addHelpText('after', PLACEHOLDERS)
    .action(async (files: string[], options: RenderOptions) => exit(await render(files, options)));

  input(
    program.command('validate'),
    '[file...]',
    'Say what is wrong with claims and what would be right; without a file, what is wrong with the catalogue.',
  ).action(async (files: string[], options: InputOptions) => exit(await validate(files, options)));
  return program;
}

function input(command: Command, files: string, description: string): Command {
  return command
    .description(description)
    .argument(files, 'YAML or JSON files; - is standard input')
    .option('-c, --catalog <file>', "catalogue laid over Hikube's own offer (kind Catalog)")
    .option('-n, --namespace <name>', 'namespace of claims that name none', 'default');
}
