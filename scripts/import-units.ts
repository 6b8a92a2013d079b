import { runCommand } from '../src/commands/command-line';
import { importUnitsCommand } from '../src/commands/import-units';
import { readConfig } from '../src/config';

void runCommand(
  importUnitsCommand(async () => {
    // Loaded once the words of the command are known to be right: it takes a second.
    const { compose } = await import('../src/compose.js');
    const application = await compose(readConfig(process.env));
    return { territory: application.services.territory, close: () => application.close() };
  }),
);
