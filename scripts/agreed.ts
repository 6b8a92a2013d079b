import { runCommand } from '../src/commands/command-line';
import { agreedCommand } from '../src/commands/agreed';

void runCommand(agreedCommand);
