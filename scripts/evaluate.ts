import { runCommand } from '../src/commands/command-line';
import { evaluateCommand } from '../src/commands/evaluate';

void runCommand(evaluateCommand);
