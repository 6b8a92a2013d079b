import { runCommand } from '../src/commands/command-line';
import { setPasswordCommand } from '../src/commands/set-password';
import { readConfig } from '../src/config';

void runCommand(
  setPasswordCommand(async () => {
    // Loaded once the words of the command are known to be right: it takes a second.
    const { compose } = await import('../src/compose.js');
    const application = await compose(readConfig(process.env));
    const { accounts, assessment, audit } = application.services;
    return { accounts, audit, units: assessment.units, close: () => application.close() };
  }),
);
