// The records of the chain, each by its members in order. A text is read only when writing what was read gives the same text again.

const matches = pattern => text => pattern.test(text);
const control = /[\u0000-\u001f\u007f-\u009f]/;
const isLine = (text, most) => text.length <= most && !control.test(text);

const rules = {
  school: matches(/^[0-9]{2}[A-Z]{2}[0-9]{2}$/),
  edition: matches(/^20[0-9]{2}-[12]$/),
  set: matches(/^[a-z][a-z0-9-]{0,30}\/[1-9][0-9]{0,3}$/),
  sha256: matches(/^[0-9a-f]{64}$/),
  word: matches(/^[a-z][a-z0-9-]{0,39}$/),
  factName: matches(/^[a-z][A-Za-z0-9]{0,39}$/),
  factText: text => isLine(text, 1000) && !/^[0-9]{9}$/.test(text),
  line: text => text.length > 0 && isLine(text, 200),
  salt16: text => fromBase64(text)?.length === 16,
  salt32: text => fromBase64(text)?.length === 32,
  recipient: text => isRecipient(text),
  checkpoint: text => text === '' || parseCheckpoint(text) !== null,
  signedCheckpoint: text => parseCheckpoint(text) !== null,
  upload: text => isUpload(text),
  entry: text => readCanonical(text, entry) !== null,
  deliveryOutcome: matches(/^(received|refused-(signature|unreadable|format|round)|replaced|linked|destroyed)$/),
  withdrawalOutcome: matches(/^(received|refused-(signature|unreadable|format)|removed)$/),
};

// Kinds of members: each gives the canonical text of a value, or throws.
const demand = holds => { if (!holds) throw new Refused(); };
const quoted = text => JSON.stringify(text);
const text = rule => value => { demand(typeof value === 'string' && rule(value)); return quoted(value); };
const exactly = expected => text(value => value === expected);
const integer = (least, most) => value => { demand(Number.isInteger(value) && Math.abs(value) < 1e15 && value >= least && value <= most); return String(value); };
const count = integer(0, 2147483647);
const moment = value => {
  demand(typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/.test(value) && !value.startsWith('0000'));
  const time = new Date(value);
  demand(!Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) + 'Z' === value);
  return quoted(value);
};
const date = value => { demand(typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)); moment(value + 'T00:00:00Z'); return quoted(value); };
const list = kind => value => { demand(Array.isArray(value)); return `[${value.map(kind).join(',')}]`; };
const optional = kind => Object.assign(value => kind(value), { optional: true });
const object = (members, also) => value => {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value));
  const written = Object.entries(members).filter(([name, kind]) => !(kind.optional && !Object.hasOwn(value, name)))
    .map(([name, kind]) => { demand(Object.hasOwn(value, name)); return `${quoted(name)}:${kind(value[name])}`; });
  if (also) demand(also(value));
  return `{${written.join(',')}}`;
};
const facts = value => {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value));
  const names = Object.keys(value);
  demand(names.every((name, i) => rules.factName(name) && (i === 0 || names[i - 1] < name)));
  return `{${names.map(name => `${quoted(name)}:${typeof value[name] === 'string' ? text(rules.factText)(value[name]) : integer(-1e15, 1e15)(value[name])}`).join(',')}}`;
};

const digest = object({ sha256: text(rules.sha256), bytes: integer(0, 999999999999999) });
const entry = object({ format: exactly('groeilijn-entry/1'), time: moment, room: text(rules.word), step: text(rules.word), salt: text(rules.salt16), facts });

const records = {
  'groeilijn-manifest/1': object({
    format: exactly('groeilijn-manifest/1'), school: text(rules.school), edition: text(rules.edition), sequence: integer(1, 2147483647), set: text(rules.set),
    recipient: text(rules.recipient), ciphertext: digest, payload: digest, pupils: count, results: count, sealed: moment,
  }),
  'groeilijn-receipt/1': object({
    format: exactly('groeilijn-receipt/1'), school: text(rules.school), edition: text(rules.edition), sequence: integer(1, 2147483647),
    manifest: text(rules.sha256), ciphertext: text(rules.sha256), payload: text(rules.sha256), received: moment, checkpoint: text(rules.checkpoint),
  }),
  'groeilijn-answer/1': object({
    format: exactly('groeilijn-answer/1'), school: text(rules.school), about: text(rules.sha256), kind: text(matches(/^(delivery|withdrawal)$/)),
    outcome: text(() => true), pupils: optional(count), linked: optional(count), at: moment, checkpoint: text(rules.checkpoint),
  }, answer => {
    const counted = Object.hasOwn(answer, 'pupils');
    return rules[answer.kind + 'Outcome'](answer.outcome) && counted === Object.hasOwn(answer, 'linked') && counted === (answer.outcome === 'linked') && (!counted || answer.linked <= answer.pupils);
  }),
  'groeilijn-round/1': object({
    format: exactly('groeilijn-round/1'), edition: text(rules.edition), recipient: text(rules.recipient), withdrawals: text(rules.recipient),
    opens: date, closes: date, upload: optional(text(rules.upload)), certificate: text(rules.sha256),
  }, round => round.closes >= round.opens),
  'groeilijn-destruction/1': object({
    format: exactly('groeilijn-destruction/1'), edition: text(rules.edition), recipient: text(rules.recipient),
    deliveries: list(object({ ciphertext: text(rules.sha256), payload: text(rules.sha256) })),
    counts: object({ deliveries: count, records: count, linked: count, unlinked: count }),
    method: text(rules.line), approvers: list(text(rules.line)), intended: moment, destroyed: moment,
    verified: object({ shares: count, ciphertexts: count, readable: count }), checkpoint: text(rules.checkpoint),
  }, certificate => new Set(certificate.approvers).size >= 2),
  'groeilijn-proof/1': object({
    format: exactly('groeilijn-proof/1'), entry: text(rules.entry), salt: text(rules.salt32), place: integer(0, 65535), batch: list(text(rules.sha256)),
    day: date, number: count, log: list(text(rules.sha256)), checkpoint: text(rules.signedCheckpoint),
  }),
};

/** The value, or null when the text is not exactly what the format writes. */
function readCanonical(given, kind) {
  try {
    const value = JSON.parse(given);
    return kind(value) === given ? value : null;
  } catch { return null; }
}

/** Reads a record of one line with its LF. */
function readRecord(bytes, format) {
  const line = textOf(bytes);
  return line === null || !line.endsWith('\n') ? null : readCanonical(line.slice(0, -1), records[format]);
}

/** An X25519 recipient: Bech32 of 32 bytes after age1. */
function isRecipient(given) {
  const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(given)) return false;
  const fives = Array.from(given.slice(4), letter => letters.indexOf(letter));
  let checksum = 1;
  for (const value of [3, 3, 3, 0, 1, 7, 5, ...fives]) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((part, i) => { if ((top >>> i) & 1) checksum ^= part; });
  }
  return checksum === 1 && (fives[51] & 15) === 0;
}

/** An address to which data may travel: encrypted, or within this computer, without a name or password in it. */
function isUpload(given) {
  if (given.length > 500 || !/^[!-~]+$/.test(given) || given.includes('#')) return false;
  let address;
  try { address = new URL(given); } catch { return false; }
  if (address.username || address.password) return false;
  return address.protocol === 'https:' || (address.protocol === 'http:' && /^(localhost|127(\.[0-9]+){3}|\[::1\])$/.test(address.hostname));
}
