import { runCommand } from '../src/commands/command-line';
import { benchCommand } from '../src/commands/bench/command';

void runCommand(benchCommand);
