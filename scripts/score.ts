import { runCommand } from '../src/commands/command-line';
import { scoreCommand } from '../src/commands/score';

void runCommand(scoreCommand);
