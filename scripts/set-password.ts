import { runCommand } from '../src/commands/command-line';
import { setPasswordCommand } from '../src/commands/set-password';
import { compose } from '../src/compose';
import { readConfig } from '../src/config';

void runCommand(
  setPasswordCommand(async () => {
    const application = await compose(readConfig(process.env));
    const { accounts, assessment, audit } = application.services;
    return { accounts, audit, units: assessment.units, close: () => application.close() };
  }),
);
