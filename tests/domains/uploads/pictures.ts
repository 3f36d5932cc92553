// Pictures made byte by byte, with what cameras and programs write into them.

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

/** What a camera tells: how it was held, and in the same words where it was. */
const exifOf = (orientation: number, secret: string): Buffer => {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(secret)]);
};

/** A JPEG as a telephone makes it: `secret` stands in Exif, XMP, a comment, and behind its end. */
export function jpegOf(secret: string, { width = 2, height = 2, orientation = 6 } = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, exifOf(orientation, secret)),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secret}`)),
    segment(0xed, Buffer.from(secret)),
    segment(0xfe, Buffer.from(secret)),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // data, in which 0xff is followed by a zero, and a restart
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(secret),
  ]);
}

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
};

/** A PNG; `secret` stands in a text, its Exif, and behind its end. */
export function pngOf(secret: string, { width = 2, height = 2 } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Author\0${secret}`)),
    chunk('eXIf', Buffer.from(secret)),
    chunk('IDAT', Buffer.from('not looked into')),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(secret),
  ]);
}

/** A GIF of so many frames; `secret` stands in a comment, and behind its end. */
export function gifOf(secret: string, { width = 2, height = 2, frames = 2 } = {}): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6]);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x4c, 0x01, 0]);
  image.writeUInt16LE(width, 5);
  image.writeUInt16LE(height, 7);
  const repeats = Buffer.from([0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0]);
  const comment = Buffer.from([0x21, 0xfe, secret.length, ...Buffer.from(secret), 0]);
  const control = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    repeats,
    comment,
    ...Array.from({ length: frames }, () => Buffer.concat([control, image])),
    Buffer.from([0x3b]),
    Buffer.from(secret),
  ]);
}
