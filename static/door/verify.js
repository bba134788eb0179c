// Reads badge codes in their one canonical spelling and checks Ed25519 signatures, by the browser or by the library.
import { verifyAsync } from "./vendor/noble-ed25519.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PREFIX = "B1.", LENGTH = 160, SIGNED = 34, WHOLE = 98;

// A code as scanners and people write it: in any case, with white space. The capital of ſ would be S, which it is not.
export function cleaned(typed) {
  return typed.split(/\s+/).join("").replace(/[a-z]+/g, (letters) => letters.toUpperCase()).slice(0, 400);
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

export function unhex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

// 157 digits are 785 bits and 98 bytes 784: the last bit is spare, and another spelling of the code where it is set.
function bytesOf(body) {
  const bytes = new Uint8Array(WHOLE);
  let held = 0, bits = 0, place = 0;
  for (const character of body) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    held = (held << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[place++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? bytes : null;
}

// {version, type, key, meeting, serial, zones, from, to, signed, signature}, whoever signed it; null for no code.
export function read(code) {
  if (code.length !== LENGTH || !code.startsWith(PREFIX)) return null;
  const bytes = bytesOf(code.slice(PREFIX.length));
  if (bytes === null || bytes[0] !== 1) return null;
  const view = new DataView(bytes.buffer);
  return {
    type: bytes[1],
    key: view.getUint16(2),
    meeting: view.getUint32(4),
    serial: hex(bytes.subarray(8, 24)),
    zones: view.getUint16(24),
    from: view.getUint32(26) * 1000,
    to: view.getUint32(30) * 1000,
    signed: bytes.slice(0, SIGNED),
    signature: bytes.slice(SIGNED),
  };
}

const imported = new Map();

async function imports(key) {
  if (!imported.has(key)) {
    const made = crypto.subtle.importKey("raw", unhex(key), { name: "Ed25519" }, false, ["verify"]);
    imported.set(key, made.catch(() => null)); // a browser that has no Ed25519
  }
  return imported.get(key);
}

// Whether the signature is that of the bytes by a public key in hex. ``how`` is "library" where tests ask for it.
export async function isSigned(signed, signature, key, how = "browser") {
  const own = how === "browser" ? await imports(key) : null;
  try {
    if (own) return await crypto.subtle.verify({ name: "Ed25519" }, own, signature, signed);
    return await verifyAsync(signature, signed, unhex(key), { zip215: false });
  } catch {
    return false;
  }
}
