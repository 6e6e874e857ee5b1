// The tree of RFC 6962 and its signed checkpoints.

const leafHash = bytes => sha256(joined([0], bytes));
const nodeHash = (left, right) => sha256(joined([1], left, right));

/** The root to which a leaf and the hashes beside its way lead (RFC 9162, 2.1.3.2); null when they are too many or too few. */
async function climb(index, size, leaf, proof) {
  if (index < 0n || index >= size) return null;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const beside of proof) {
    if (last === 0n) return null;
    if ((node & 1n) === 1n || node === last) {
      hash = await nodeHash(beside, hash);
      for (; (node & 1n) === 0n && node !== 0n; node >>= 1n) last >>= 1n;
    } else {
      hash = await nodeHash(hash, beside);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? hash : null;
}

/** A signed note (C2SP tlog-checkpoint) in its one spelling, or null. */
function parseCheckpoint(given) {
  const lines = given.split('\n');
  if (lines.length !== 6 || lines[3] !== '' || lines[5] !== '') return null;
  const [origin, size, root] = lines;
  if (origin.length === 0 || origin.length > 200 || /[\s+]/.test(origin) || control.test(origin)) return null;
  if (!/^(0|[1-9][0-9]{0,18})$/.test(size) || BigInt(size) > 9223372036854775807n) return null;
  const [rootBytes, start] = [fromBase64(root), `\u2014 ${origin} `];
  if (rootBytes?.length !== 32 || !lines[4].startsWith(start)) return null;
  const signed = fromBase64(lines[4].slice(start.length));
  if (signed === null || signed.length <= 4) return null;
  return { origin, size: BigInt(size), root: rootBytes, body: `${origin}\n${size}\n${root}\n`, keyHash: signed.slice(0, 4), signature: signed.slice(4) };
}

/** Whether the certificate's key signed exactly this. */
async function isSignedBy(checkpoint, certificate) {
  if (!same((await sha256(certificate.spki)).slice(0, 4), checkpoint.keyHash)) return false;
  return verifyEcdsa(certificate.spki, checkpoint.signature, utf8(checkpoint.body));
}

/** Whether a proof's entry is in its day, the day in the log of the checkpoint, and the step not later than the day. */
async function proofHolds(proof) {
  const checkpoint = parseCheckpoint(proof.checkpoint);
  if (checkpoint === null || checkpoint.origin !== 'groeilijn/public' || JSON.parse(proof.entry).time.slice(0, 10) > proof.day) return false;
  const leaf = await leafHash(joined(fromBase64(proof.salt), utf8(proof.entry)));
  const batch = await climb(BigInt(proof.place), 65536n, leaf, proof.batch.map(fromHex));
  if (batch === null) return false;
  const day = await leafHash(ascii(`{"format":"groeilijn-day/1","day":"${proof.day}","batch":"${hex(batch)}"}`));
  const root = await climb(BigInt(proof.number), checkpoint.size, day, proof.log.map(fromHex));
  return root !== null && same(root, checkpoint.root);
}
