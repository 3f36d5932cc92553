// A mail server as small as the protocol allows: it takes mails, or answers RCPT as it is told.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** Starts it on loopback; it is stopped after the file. */
export async function startSmtpServer() {
  const taken: string[] = [];
  const server = createServer((socket) => converse(socket));
  let answer = '250 yes';

  function converse(socket: Socket): void {
    let heard = '';
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const act = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return say('250 mail.example.com');
      if (verb === 'RCPT') return say(answer);
      if (verb === 'DATA') {
        inData = true;
        return say('354 go on');
      }
      if (verb === 'QUIT') return socket.end('221 bye\r\n');
      return say('250 yes');
    };
    socket.on('error', () => {});
    socket.on('data', (part) => {
      heard += part;
      for (;;) {
        const end = heard.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const piece = heard.slice(0, end);
        heard = heard.slice(end + (inData ? 5 : 2));
        if (!inData) act(piece);
        else {
          taken.push(piece.replaceAll('\r\n..', '\r\n.'));
          inData = false;
          say('250 taken');
        }
      }
    });
    say('220 mail.example.com');
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    /** what it answers to the next recipients */
    answers: (reply: string) => {
      answer = reply;
    },
  };
}
