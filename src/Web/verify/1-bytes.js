// Bytes, texts and hashes: strict readings only, since a lenient one accepts what the program refuses.

class Refused extends Error {}

const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
const fromHex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
const ascii = text => Uint8Array.from(text, c => c.charCodeAt(0));
const utf8 = text => new TextEncoder().encode(text);
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

/** The text, or null when the bytes are not UTF-8. */
function textOf(bytes) {
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); }
  catch { return null; }
}

/** The bytes of base64 in its one canonical spelling, or null. */
function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  try { return btoa(atob(text)) === text ? ascii(atob(text)) : null; }
  catch { return null; }
}

const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
