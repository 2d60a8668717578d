// A password that is not written on the command line, where the shell keeps it and other users can see it.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

const OPTION = '--password';
const ON_THE_LINE = /^--password(=|$)/;

/** Puts the first line of `input` in the place of `--password -`. @param warn told of one that is written out */
export async function withAskedPassword(
  args: readonly string[],
  input: NodeJS.ReadStream | NodeJS.ReadableStream,
  warn: (sentence: string) => void,
): Promise<string[]> {
  const at = args.indexOf(OPTION);
  if (at !== -1 && args[at + 1] === '-') {
    return [...args.slice(0, at), `${OPTION}=${await firstLine(input)}`, ...args.slice(at + 2)];
  }
  if (args.some((arg) => ON_THE_LINE.test(arg))) {
    warn('The password is now in your shell’s history. Write --password - to be asked for it.');
  }
  return [...args];
}

async function firstLine(input: NodeJS.ReadStream | NodeJS.ReadableStream): Promise<string> {
  const isTerminal = 'isTTY' in input && input.isTTY;
  if (isTerminal) process.stderr.write('Password: ');
  // What is typed is echoed to nowhere.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output, terminal: isTerminal });
  for await (const line of lines) {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
    return line;
  }
  return '';
}
