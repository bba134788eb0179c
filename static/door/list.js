// The list of void badges: signed, numbered and dated. A lower number than the last is an old list played again.
import { hex, isSigned } from "./verify.js";

const HEAD = 24, SERIAL = 16, SIGNATURE = 64, VERSION = 1, TYPE = 2;

export function bytesOf(base64) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  return bytes;
}

export function serialsOf(bytes) {
  const serials = new Set();
  for (let place = 0; place + SERIAL <= bytes.length; place += SERIAL) {
    serials.add(hex(bytes.subarray(place, place + SERIAL)));
  }
  return serials;
}

// What the badges of a pack are: {serials, escort, replaced, days}, the last a Map of serial to [[from, to]], where only
// some days are granted. A pack that was kept before there were these two has none.
export function badgesOf(pack) {
  const packed = (text) => serialsOf(bytesOf(text ?? "")), days = new Map();
  for (const { open, serials } of pack.days ?? []) {
    const opened = open.map(([from, to]) => [from * 1000, to * 1000]);
    for (const serial of packed(serials)) days.set(serial, opened);
  }
  return { serials: packed(pack.serials), escort: packed(pack.escort), replaced: packed(pack.replaced), days };
}

// {key, meeting, number, issued, next, serials} of a list's bytes, whoever signed them; null for no list.
export function read(bytes) {
  if (bytes.length < HEAD + SIGNATURE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const count = view.getUint32(20);
  if (bytes[0] !== VERSION || bytes[1] !== TYPE || bytes.length !== HEAD + count * SERIAL + SIGNATURE) return null;
  return {
    key: view.getUint16(2),
    meeting: view.getUint32(4),
    number: view.getUint32(8),
    issued: view.getUint32(12) * 1000,
    next: view.getUint32(16) * 1000,
    serials: serialsOf(bytes.subarray(HEAD, bytes.length - SIGNATURE)),
  };
}

// The list of a pack, or null: not signed by a key of the pack, of another meeting, or older than number ``last``.
export async function trusted(pack, last = 0) {
  const bytes = bytesOf(pack.list), list = read(bytes);
  if (list === null || list.meeting !== pack.meeting || list.number < last) return null;
  const key = pack.keys.find((row) => row.kid === list.key);
  if (!key) return null;
  const end = bytes.length - SIGNATURE;
  return (await isSigned(bytes.slice(0, end), bytes.slice(end), key.hex)) ? list : null;
}

export function isStale(list, now) {
  return now >= list.next;
}
