import { runCommand } from '../src/commands/command-line';
import { importUnitsCommand } from '../src/commands/import-units';
import { compose } from '../src/compose';
import { readConfig } from '../src/config';

void runCommand(
  importUnitsCommand(async () => {
    const application = await compose(readConfig(process.env));
    return { territory: application.services.territory, close: () => application.close() };
  }),
);
