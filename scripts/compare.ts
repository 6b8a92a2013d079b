import { runCommand } from '../src/commands/command-line';
import { compareCommand } from '../src/commands/compare';

void runCommand(compareCommand);
