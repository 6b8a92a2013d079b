import { checkDefinitions } from '../src/commands/check-definitions';
import { runCommand } from '../src/commands/command-line';

void runCommand(checkDefinitions);
