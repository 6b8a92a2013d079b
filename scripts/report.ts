import { runCommand } from '../src/commands/command-line';
import { reportCommand } from '../src/commands/report';

void runCommand(reportCommand);
