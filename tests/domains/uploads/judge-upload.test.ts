// What is taken of what people send: by content, without what tells of its maker, and nothing that unpacks without end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanImage } from '#domains/uploads/clean-image.ts';
import { judgeUpload, nameOf, UploadRefused } from '#domains/uploads/judge-upload.ts';
import { gifOf, jpegOf, pngOf } from './pictures.ts';

const SECRET = 'GPS 41.8781 N';
const judge = async (bytes: Buffer | string, name = 'a') =>
  judgeUpload(Buffer.from(bytes as never), name).catch((error: unknown) => {
    if (error instanceof UploadRefused) return error.code;
    throw error;
  });

describe('a picture', () => {
  it('is passed on without what it tells beside itself', async () => {
    for (const made of [jpegOf(SECRET), pngOf(SECRET), gifOf(SECRET)]) {
      expect(made.includes(SECRET)).toBe(true);
      const judged = await judge(made);
      if (typeof judged === 'string') throw new Error(judged);
      expect(judged.bytes.includes(SECRET)).toBe(false);
      // what is clean stays as it is
      expect(cleanImage(judged.bytes, judged.contentType)).toEqual(judged.bytes);
    }
    const jpeg = cleanImage(jpegOf(SECRET), 'image/jpeg') as Buffer;
    expect(jpeg.subarray(-9).toString('hex')).toBe('12ff0034ffd056ffd9');
    expect(jpeg.includes(Buffer.from('011200030000000100060000', 'hex'))).toBe(true);
    const upright = cleanImage(jpegOf(SECRET, { orientation: 1 }), 'image/jpeg') as Buffer;
    expect(upright.includes('Exif')).toBe(false);
    expect((cleanImage(gifOf(SECRET), 'image/gif') as Buffer).includes('NETSCAPE2.0')).toBe(true);
  });

  it('that would unpack to more than a reader has room for is refused', async () => {
    const huge = { width: 60_000, height: 60_000 };
    expect(await judge(jpegOf('', huge))).toBe('TOO_MANY_PIXELS');
    expect(await judge(pngOf('', huge))).toBe('TOO_MANY_PIXELS');
    expect(await judge(gifOf('x', huge))).toBe('TOO_MANY_PIXELS');
    expect(await judge(gifOf('x', { width: 5_000, height: 5_000, frames: 41 }))).toBe(
      'TOO_MANY_PIXELS',
    );
    // a small screen with a frame beyond it
    for (const at of [6, 8]) {
      const beyond = gifOf('x', { width: 60_000, height: 60_000, frames: 1 });
      beyond.writeUInt16LE(2, at);
      expect(await judge(beyond)).toBe('BROKEN');
    }
    expect(await judge(pngOf('', { width: 8_000, height: 8_000 }))).toMatchObject({
      contentType: 'image/png',
    });
    expect(await judge(pngOf('', { width: 8_000, height: 8_001 }))).toBe('TOO_MANY_PIXELS');
    expect(await judge(pngOf('', { width: 0 }))).toBe('BROKEN');
  });

  it('that is broken anywhere is refused or harmless, and never an error', async () => {
    const made = [jpegOf(SECRET), pngOf(SECRET), gifOf(SECRET)];
    const damage = fc.record({
      which: fc.integer({ min: 0, max: 2 }),
      at: fc.nat(400),
      byte: fc.integer({ min: 0, max: 255 }),
      length: fc.nat(400),
    });
    const types = ['image/jpeg', 'image/png', 'image/gif'];
    fc.assert(
      fc.property(damage, ({ which, at, byte, length }) => {
        const bytes = Buffer.from(made[which] as Buffer).subarray(0, length);
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        const cleaned = cleanImage(bytes, types[which] as string);
        if (typeof cleaned === 'string') expect(['BROKEN', 'TOO_MANY_PIXELS']).toContain(cleaned);
        else expect(cleaned.length).toBeLessThanOrEqual(bytes.length + 40);
      }),
      { seed: 5, numRuns: 400 },
    );
  });
});

describe('a file', () => {
  it('is what its content is, whatever its name says', async () => {
    const pdf = await judge('%PDF-1.7\n%…', 'picture.jpg');
    expect(pdf).toMatchObject({ contentType: 'application/pdf', name: 'picture.pdf' });
    const text = await judge('Grüße, 42 €\n', 'C:\\notes\\list.CSV');
    expect(text).toMatchObject({ contentType: 'text/plain', name: 'list.csv' });
    expect(await judge('<script>alert(1)</script>', 'x.html')).toMatchObject({ name: 'x.txt' });
    for (const [bytes, code] of [
      ['', 'EMPTY'],
      [Buffer.from([0xff, 0xfe, 0x00]), 'TYPE_REFUSED'],
      [Buffer.from('MZ\u0090\u0000'), 'TYPE_REFUSED'],
      ['PK\u0003\u0004zip', 'TYPE_REFUSED'],
      ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'TYPE_REFUSED'],
    ] as const) {
      expect([code, await judge(bytes as never)]).toEqual([code, code]);
    }
  });

  it('has a name that stands in one folder, in one direction, with its own ending', () => {
    for (const [given, name] of [
      ['../../etc/passwd', 'passwd.png'],
      ['a\r\nSet-Cookie: x.png', 'aSet-Cookie x.png'],
      ['\u202egnp.exe', 'gnp.png'],
      ['"quoted".png', 'quoted.png'],
      ['.htaccess', 'htaccess.png'],
      ['', 'file.png'],
      ['x'.repeat(500), `${'x'.repeat(120)}.png`],
      ['Tür 1.PNG', 'Tür 1.png'],
    ] as const) {
      expect(nameOf(given, 'image/png')).toBe(name);
    }
  });
});
