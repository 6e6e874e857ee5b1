// Signatures: detached CMS SignedData (RFC 5652), read with a small reader of DER, ECDSA P-256 and SHA-256 by the browser's own cryptography.

const oid = { signedData: '2a864886f70d010702', data: '2a864886f70d010701', contentType: '2a864886f70d010903', messageDigest: '2a864886f70d010904', sha256: '608648016503040201', ecdsaSha256: '2a8648ce3d040302', commonName: '550403' };

/** Reads one element: its tag, its whole bytes, its content. Lengths in their shortest form only. */
function derAt(bytes, at) {
  const short = length => { if (at + length > bytes.length) throw new Refused(); };
  short(2);
  const tag = bytes[at];
  if ((tag & 31) === 31) throw new Refused();
  let [length, start] = [bytes[at + 1], at + 2];
  if (length >= 128) {
    const octets = length & 127;
    if (octets === 0 || octets > 4) throw new Refused();
    short(2 + octets);
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + bytes[start + i];
    if (length < 128 || bytes[start] === 0) throw new Refused();
    start += octets;
  }
  if (start + length > bytes.length) throw new Refused();
  return { tag, whole: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length), end: start + length };
}

/** The elements inside a content, all of it. */
function inside(content) {
  const elements = [];
  for (let at = 0; at < content.length;) {
    const element = derAt(content, at);
    elements.push(element);
    at = element.end;
  }
  return elements;
}

const expect = (element, tag) => { if (element?.tag !== tag) throw new Refused(); return element; };
const only = (bytes, tag) => { const element = expect(derAt(bytes, 0), tag); if (element.end !== bytes.length) throw new Refused(); return element; };
const isOid = (element, wanted) => hex(expect(element, 0x06).content) === wanted;

/** Whether an algorithm is this one; parameters, where there are any, are NULL. */
function isAlgorithm(element, wanted) {
  const [id, parameters, more] = inside(expect(element, 0x30).content);
  return isOid(id, wanted) && more === undefined && (parameters === undefined || expect(parameters, 0x05).content.length === 0);
}

const isOne = element => hex(expect(element, 0x02).content) === '01';

/** What is needed of an X.509 certificate. */
function parseCertificate(raw) {
  const [body, signedWith, signature, more] = inside(only(raw, 0x30).content);
  if (more !== undefined) throw new Refused();
  const parts = inside(expect(body, 0x30).content);
  if (parts[0]?.tag === 0xa0) parts.shift();
  const [serial, , issuer, validity, subject, spki] = parts;
  const [from, until] = inside(expect(validity, 0x30).content).map(timeOf);
  return { raw, body: body.whole, signedWith, signature, serial: expect(serial, 0x02).content, issuer: expect(issuer, 0x30).whole, from, until, name: commonName(expect(subject, 0x30)), spki: expect(spki, 0x30).whole };
}

/** Whether a certificate's own key signed it: the least that can be asked of one for which nobody else vouches. */
async function vouchesForItself(certificate) {
  try {
    const bits = expect(certificate.signature, 0x03).content;
    if (bits[0] !== 0 || !isAlgorithm(certificate.signedWith, oid.ecdsaSha256)) return false;
    return await verifyEcdsa(certificate.spki, bits.subarray(1), certificate.body);
  } catch { return false; }
}

function timeOf(element) {
  const digits = String.fromCharCode(...element.content);
  const match = /^([0-9]{2}|[0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/.exec(digits);
  if (match === null || (element.tag !== 0x17 && element.tag !== 0x18) || match[1].length !== (element.tag === 0x17 ? 2 : 4)) throw new Refused();
  const year = element.tag === 0x18 ? match[1] : (match[1] < '50' ? '20' : '19') + match[1];
  return Date.parse(`${year}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
}

function commonName(subject) {
  for (const set of inside(subject.content)) {
    for (const pair of inside(set.content)) {
      const [type, value] = inside(pair.content);
      if (hex(type.content) === oid.commonName) return textOf(value.content) ?? '';
    }
  }
  return '';
}

/** A certificate from PEM, or null. */
function certificateOfPem(pem) {
  const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem);
  const raw = block && fromBase64(block[1].replace(/\s/g, ''));
  if (!raw) return null;
  try { return parseCertificate(raw); } catch { return null; }
}

/** ECDSA over P-256 and SHA-256, the signature as two integers in DER. */
async function verifyEcdsa(spki, signature, content) {
  try {
    const numbers = inside(only(signature, 0x30).content);
    if (numbers.length !== 2) return false;
    const raw = joined(...numbers.map(number => {
      const bytes = expect(number, 0x02).content;
      if (bytes.length === 0 || bytes[0] >= 128 || (bytes.length > 1 && bytes[0] === 0 && bytes[1] < 128)) throw new Refused();
      const value = bytes[0] === 0 ? bytes.subarray(1) : bytes;
      if (value.length > 32) throw new Refused();
      return joined(new Uint8Array(32 - value.length), value);
    }));
    const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, content);
  } catch { return false; }
}

/** Who signed this content: their certificate; null when content and signature do not belong together or the signature cannot be read. */
async function signerOf(content, signature, trusted) {
  try {
    const signer = readSignedData(signature);
    const certificate = signer.certificates.find(one => same(one.issuer, signer.issuer) && same(one.serial, signer.serial));
    if (certificate === undefined) return null;
    if (signer.attributes === null) return await verifyEcdsa(certificate.spki, signer.value, content) ? certificate : null;
    const digests = inside(signer.attributes.content).map(attribute => inside(expect(attribute, 0x30).content)).filter(([type]) => isOid(type, oid.messageDigest));
    if (digests.length !== 1 || digests[0].length !== 2) return null;
    const values = inside(expect(digests[0][1], 0x31).content);
    if (values.length !== 1 || !same(expect(values[0], 0x04).content, await sha256(content))) return null;
    // What is signed is the set itself, under the tag of a set.
    const set = joined([0x31], signer.attributes.whole.subarray(1));
    return await verifyEcdsa(certificate.spki, signer.value, set) ? certificate : null;
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

/** What RFC 5652 prescribes for one signer of plain data that lies beside it, in DER: one digest algorithm, one certificate at most, both versions 1. */
function readSignedData(bytes) {
  const must = holds => { if (!holds) throw new Refused(); };
  const [type, wrapped, behind] = inside(only(bytes, 0x30).content);
  must(isOid(type, oid.signedData) && behind === undefined);
  const parts = inside(only(expect(wrapped, 0xa0).content, 0x30).content);
  must(isOne(parts.shift()));
  const digests = inside(expect(parts.shift(), 0x31).content);
  must(digests.length === 1 && isAlgorithm(digests[0], oid.sha256));
  const content = inside(expect(parts.shift(), 0x30).content);
  must(content.length === 1 && isOid(content[0], oid.data));
  const certificates = parts[0]?.tag === 0xa0 ? inside(parts.shift().content).map(one => parseCertificate(one.whole)) : [];
  const signers = inside(expect(parts.shift(), 0x31).content);
  must(certificates.length <= 1 && signers.length === 1 && parts.length === 0);

  const fields = inside(expect(signers[0], 0x30).content);
  must(isOne(fields.shift()));
  const [issuer, serial] = inside(expect(fields.shift(), 0x30).content);
  must(isAlgorithm(fields.shift(), oid.sha256));
  const attributes = fields[0]?.tag === 0xa0 ? fields.shift() : null;
  must(isAlgorithm(fields.shift(), oid.ecdsaSha256));
  const value = expect(fields.shift(), 0x04).content;
  must(fields.length === 0);
  return { certificates, issuer: expect(issuer, 0x30).whole, serial: expect(serial, 0x02).content, attributes, value };
}
