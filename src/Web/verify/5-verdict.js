// What can be said of a file: the same verdicts, in the same words, as the program's `groeilijn verify`.

const longest = 64 * 1024 * 1024;
const kinds = {
  'groeilijn-manifest/1': 'manifest', 'groeilijn-receipt/1': 'receipt', 'groeilijn-answer/1': 'answer', 'groeilijn-round/1': 'round',
  'groeilijn-destruction/1': 'certificate of destruction', 'groeilijn-proof/1': 'proof',
};

const changed = (name, extension) => name.replace(/\.[^.]*$/, '') + extension;

/** Gathers what holds, until something does not. Each clause is a pair: English, Dutch. */
class Verdict {
  constructor(kind, files, name, trusted) { Object.assign(this, { kind, files, name, trusted, proved: [], reason: null }); }

  says(en, nl) { this.proved.push({ en, nl }); }

  refuses(en, nl) { this.reason ??= { en, nl }; }

  demand(holds, proved, refused) { if (holds) this.says(...proved); else this.refuses(...refused); }

  async signed(bytes, at) {
    const file = changed(this.name, '.p7s');
    const signature = this.files.get(file);
    if (signature === undefined) {
      if (this.trusted) this.refuses(`its signature ${file} is not beside it`, `de handtekening ${file} is er niet bij`);
      return;
    }
    const signer = await signerOf(bytes, signature, this.trusted);
    if (signer === null) this.refuses('its signature is broken: the file or the signature was changed', 'de handtekening klopt niet: het bestand of de handtekening is veranderd');
    else if (!this.trusted && !await vouchesForItself(signer)) this.refuses("its signer's certificate does not vouch for itself: it was changed, or somebody else issued it; give the certificate that you trust",
      'het certificaat van de ondertekenaar staat niet voor zichzelf in: het is veranderd, of een ander gaf het uit; kies het certificaat dat u vertrouwt');
    else if (!this.trusted) this.says('it was not changed since somebody signed it; who that was is not known without a trusted certificate', 'het is niet veranderd sinds iemand het ondertekende; wie dat was, is zonder vertrouwd certificaat niet bekend');
    else if (!same(signer.raw, this.trusted.raw)) this.refuses('it was signed by another certificate than the trusted one', 'het is met een ander certificaat ondertekend dan het vertrouwde');
    else if (at < signer.from) this.refuses("its signer's certificate was not valid yet", 'het certificaat van de ondertekenaar was nog niet geldig');
    else if (at > signer.until) this.refuses("its signer's certificate had expired", 'het certificaat van de ondertekenaar was verlopen');
    else this.says(`it was signed by ${signer.name}`, `het is ondertekend door ${signer.name}`);
  }

  async checkpoint(given) {
    const checkpoint = given === '' ? null : parseCheckpoint(given);
    if (checkpoint === null) return;
    this.says(`it names the ledger ${checkpoint.origin} at ${checkpoint.size} entries with root ${hex(checkpoint.root)}`,
      `het noemt het logboek ${checkpoint.origin} met ${checkpoint.size} regels en kenmerk ${hex(checkpoint.root)}`);
    if (this.trusted) this.demand(await isSignedBy(checkpoint, this.trusted), ['that checkpoint was signed with the trusted key', 'dat kenmerk is met de vertrouwde sleutel ondertekend'],
      ['its checkpoint was not signed with the trusted key', 'het kenmerk van het logboek is niet met de vertrouwde sleutel ondertekend']);
  }

  async log(proof) {
    const step = JSON.parse(proof.entry);
    this.says(`it is a proof of the step ${step.room} ${step.step} of ${step.time}`, `het is een bewijs van de stap ${step.room} ${step.step} van ${step.time}`);
    this.demand(await proofHolds(proof), [`that step stands in the public log, under the day ${proof.day}`, `die stap staat in het openbare logboek, bij de dag ${proof.day}`],
      ['that step does not stand in the public log that it names', 'die stap staat niet in het openbare logboek dat het noemt']);
    await this.checkpoint(proof.checkpoint);
  }

  async inPublicLog(hash) {
    const bytes = this.files.get(changed(this.name, '.proof'));
    if (bytes === undefined) return;
    const proof = readRecord(bytes, 'groeilijn-proof/1');
    if (proof === null) return this.refuses('the proof beside it cannot be read', 'het bewijs dat erbij zit is niet te lezen');
    await this.log(proof);
    this.demand(Object.values(JSON.parse(proof.entry).facts).includes(hash), ['that step is about this very record', 'die stap gaat over precies dit stuk'],
      ['the proof beside it is about another record', 'het bewijs dat erbij zit gaat over een ander stuk']);
  }

  get outcome() { return this.reason !== null ? 'Refused' : this.trusted ? 'Proved' : 'IntegrityOnly'; }
}

const checks = {
  async manifest(verdict, bytes, manifest) {
    verdict.says(`it is a manifest of school ${manifest.school} for edition ${manifest.edition}, delivery ${manifest.sequence}`, `het is de begeleidende brief van school ${manifest.school} voor ${manifest.edition}, levering ${manifest.sequence}`);
    await verdict.signed(bytes, Date.parse(manifest.sealed));
    const sealed = verdict.files.get(changed(changed(verdict.name, ''), '.age'));
    if (sealed !== undefined) verdict.demand(sealed.length === manifest.ciphertext.bytes && hex(await sha256(sealed)) === manifest.ciphertext.sha256,
      ['the sealed file beside it is the one it names', 'het verzegelde bestand dat erbij zit is het bestand dat het noemt'], ['the sealed file beside it is not the one it names', 'het verzegelde bestand dat erbij zit is een ander dan het noemt']);
  },
  async receipt(verdict, bytes, receipt) {
    verdict.says(`it is a receipt for school ${receipt.school}, edition ${receipt.edition}, delivery ${receipt.sequence}`, `het is een ontvangstbewijs voor school ${receipt.school}, ${receipt.edition}, levering ${receipt.sequence}`);
    await verdict.signed(bytes, Date.parse(receipt.received));
    await verdict.checkpoint(receipt.checkpoint);
    await verdict.inPublicLog(receipt.ciphertext);
  },
  async answer(verdict, bytes, answer) {
    verdict.says(`it is an answer to school ${answer.school} about a ${answer.kind}: ${answer.outcome}`, `het is een antwoord aan school ${answer.school} over een ${answer.kind === 'delivery' ? 'levering' : 'bezwaar'}: ${answer.outcome}`);
    await verdict.signed(bytes, Date.parse(answer.at));
    await verdict.checkpoint(answer.checkpoint);
    await verdict.inPublicLog(answer.about);
  },
  async round(verdict, bytes, round) {
    verdict.says(`it is the notice of round ${round.edition}, open from ${round.opens} to ${round.closes}`, `het is de aankondiging van ronde ${round.edition}, open van ${round.opens} tot en met ${round.closes}`);
    await verdict.signed(bytes, Date.parse(round.opens + 'T00:00:00Z'));
  },
  async 'certificate of destruction'(verdict, bytes, certificate) {
    const counts = certificate.counts;
    verdict.says(`it is a certificate for edition ${certificate.edition} and key ${certificate.recipient}`, `het is een bewijs van vernietiging voor ${certificate.edition} en sleutel ${certificate.recipient}`);
    await verdict.signed(bytes, Date.parse(certificate.destroyed));
    verdict.demand(counts.deliveries === certificate.deliveries.length && counts.linked + counts.unlinked === counts.records, ['its counts agree with each other', 'de aantallen kloppen met elkaar'], ['its counts contradict each other', 'de aantallen spreken elkaar tegen']);
    verdict.demand(certificate.verified.readable === 0, ['nothing could be read back afterwards', 'er was daarna niets meer te lezen'], ['something could still be read afterwards', 'er was daarna nog iets te lezen']);
    verdict.demand(certificate.intended <= certificate.destroyed, ['the intent was recorded before the destruction', 'het voornemen is vóór de vernietiging vastgelegd'], ['the intent is later than the destruction', 'het voornemen is later dan de vernietiging']);
    await verdict.checkpoint(certificate.checkpoint);
    await verdict.inPublicLog(hex(await sha256(bytes)));
  },
  async proof(verdict, bytes, proof) { await verdict.log(proof); },
};

/** Checks one file among others: what stands beside it (signature, proof, sealed file) is found by its name. */
async function verify(name, files, trusted) {
  const bytes = files.get(name);
  const refused = (kind, en, nl) => { const verdict = new Verdict(kind, files, name, trusted); verdict.refuses(en, nl); return verdict; };
  if (bytes.length > longest) return refused('file', 'the file is too large to be a record of this chain.', 'het bestand is te groot om een stuk van deze keten te zijn.');
  if (bytes[0] !== 0x7b) return note(name, files, trusted, refused);
  for (const [format, kind] of Object.entries(kinds)) {
    if (!same(bytes.subarray(0, format.length + 12), ascii(`{"format":"${format}"`))) continue;
    const record = readRecord(bytes, format);
    if (record === null) return refused(kind, 'it is not written as its format demands: it was changed, or is cut off', 'het is niet geschreven zoals het hoort: het is veranderd of afgebroken');
    const verdict = new Verdict(kind, files, name, trusted);
    await checks[kind](verdict, bytes, record);
    return verdict;
  }
  return refused('file', 'not a record that can be verified: expected a manifest, receipt, answer, round, certificate of destruction, proof, checkpoint or ledger folder.',
    'dit is geen stuk dat hier te controleren is: kies een ontvangstbewijs, antwoord, aankondiging, bewijs van vernietiging, bewijs uit het logboek of kenmerk.');
}

async function note(name, files, trusted, refused) {
  const given = textOf(files.get(name));
  if (given === null || parseCheckpoint(given) === null) return refused('file', 'neither a record nor a checkpoint: expected a manifest, receipt, answer, round, certificate of destruction, proof, checkpoint or ledger folder.',
    'dit is geen stuk van de keten en geen kenmerk van een logboek.');
  const verdict = new Verdict('checkpoint', files, name, trusted);
  await verdict.checkpoint(given);
  return verdict;
}
