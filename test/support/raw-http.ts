import { connect, type Socket } from 'node:net';

/** Lines of a request's head, ended by the empty one. */
export function headOf(method: string, path: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Sends a text as it is, without a client that would mend or complete it, and leaves the connection open. */
export function beginRequest(address: string, text: string): Promise<Socket> {
  const { port, hostname } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, () => resolve(socket)));
    socket.once('error', reject);
  });
}

/** The first that comes back, whether or not the request is complete. */
export async function answerTo(address: string, text: string): Promise<{ status: number; text: string }> {
  const socket = await beginRequest(address, text);
  return new Promise((resolve, reject) => {
    let answer = '';
    const finish = (): void => resolve({ status: Number(answer.split(' ')[1]), text: answer });
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      answer += chunk;
      // A page ends so; without `Connection: close` the connection does not.
      if (/<\/html>\s*$|END:VCALENDAR\s*$|\r\nContent-Length: \d+\r\n/i.test(answer)) socket.destroy();
    });
    socket.on('close', finish);
    socket.on('error', reject);
  });
}
