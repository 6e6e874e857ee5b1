// The page: files in, verdicts out, in the reader's language. Nothing leaves this page.

const names = {
  manifest: ['manifest of a delivery', 'begeleidende brief van een levering'], receipt: ['receipt', 'ontvangstbewijs'], answer: ['answer', 'antwoord'], round: ['notice of a round', 'aankondiging van een ronde'],
  'certificate of destruction': ['certificate of destruction', 'bewijs van vernietiging'], proof: ['proof from the public log', 'bewijs uit het openbare logboek'], checkpoint: ['checkpoint of a log', 'kenmerk van een logboek'], file: ['file', 'bestand'],
};
const words = {
  Proved: { en: 'Sound, and signed by whom you trust', nl: 'Klopt, en ondertekend door wie u vertrouwt' },
  IntegrityOnly: { en: 'Agrees with itself; who made it is not shown', nl: 'Klopt met zichzelf; wie het maakte is niet aangetoond' },
  Refused: { en: 'Does not hold', nl: 'Klopt niet' },
  note: {
    Proved: { en: 'This page proves nothing else. In particular it does not check that a whole log was kept: that takes the log and the program (groeilijn verify --log).', nl: 'Meer bewijst deze pagina niet. Zij controleert niet of een heel logboek bewaard is: daarvoor zijn het logboek en het programma nodig (groeilijn verify --log).' },
    IntegrityOnly: { en: 'Anybody can write a record that agrees with itself. Choose the certificate of the signer as well, and compare its fingerprint with the signer by telephone.', nl: 'Iedereen kan een stuk schrijven dat met zichzelf klopt. Kies ook het certificaat van de ondertekenaar, en vergelijk de vingerafdruk door de telefoon.' },
    Refused: { en: 'Do not rely on it. Ask who gave it to you for an unchanged copy.', nl: 'Vertrouw er niet op. Vraag wie het u gaf om een onveranderd exemplaar.' },
  },
  proved: { en: 'What was shown:', nl: 'Wat is aangetoond:' },
  why: { en: 'Why:', nl: 'Waarom:' },
  trusted: { en: 'Trusted certificate:', nl: 'Vertrouwd certificaat:' },
  fingerprint: { en: 'Its fingerprint; compare it by telephone:', nl: 'De vingerafdruk; vergelijk die door de telefoon:' },
  noCertificate: { en: 'This is no certificate (PEM, it opens with BEGIN CERTIFICATE). Choose another file.', nl: 'Dit is geen certificaat (PEM, het begint met BEGIN CERTIFICATE). Kies een ander bestand.' },
  nothing: { en: 'There is no record among these files. Choose the .json, .proof or checkpoint file, with the .p7s of the same name.', nl: 'Bij deze bestanden zit geen stuk. Kies het .json-, .proof- of checkpoint-bestand, samen met de .p7s van dezelfde naam.' },
  count: { en: n => n === 1 ? '1 record checked.' : `${n} records checked.`, nl: n => n === 1 ? '1 stuk gecontroleerd.' : `${n} stukken gecontroleerd.` },
};

let [files, trusted, verdicts, certificateFault, language] = [new Map(), null, [], false, 'nl'];

const element = (tag, content, attributes = {}) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...[content ?? []].flat());
  return made;
};

/** A record is checked by itself; what stands beside one is checked with it. */
function isRecord(name) {
  if (/\.(p7s|pem|age)$/i.test(name)) return false;
  if (!name.endsWith('.proof')) return true;
  return ![...files.keys()].some(other => other !== name && changed(other, '') === changed(name, '') && !/\.(p7s|proof)$/i.test(other));
}

async function check() {
  verdicts = [];
  for (const name of [...files.keys()].filter(isRecord).sort()) verdicts.push(await verify(name, files, trusted));
  show();
}

async function take(chosen) {
  for (const file of chosen) {
    if (/\.pem$/i.test(file.name)) await trust(file);
    else files.set(file.name, new Uint8Array(await file.arrayBuffer()));
  }
  await check();
}

async function trust(file) {
  trusted = certificateOfPem(textOf(new Uint8Array(await file.arrayBuffer())) ?? '');
  certificateFault = trusted === null;
  if (trusted) trusted.fingerprint = hex(await sha256(trusted.raw)).replace(/(....)(?!$)/g, '$1 ');
}

function card(verdict) {
  const heading = element('h3', `${names[verdict.kind][language === 'en' ? 0 : 1]}: ${verdict.name}`);
  const parts = [heading, element('p', element('strong', words[verdict.outcome][language]), { class: 'verdict' })];
  if (verdict.reason) parts.push(element('p', [words.why[language], ' ', verdict.reason[language]]));
  else parts.push(element('p', words.proved[language]), element('ul', verdict.proved.map(clause => element('li', clause[language]))));
  parts.push(element('p', words.note[verdict.outcome][language]));
  return element('section', parts, { class: { Proved: 'good', IntegrityOnly: 'warn', Refused: 'stop' }[verdict.outcome] });
}

function show() {
  document.documentElement.lang = language;
  document.title = language === 'nl' ? 'Controleren – Groeilijn' : 'Verify – Groeilijn';
  for (const part of document.querySelectorAll('[data-nl], [data-en]')) part.hidden = part.hasAttribute(language === 'nl' ? 'data-en' : 'data-nl');
  const certificate = document.getElementById('certificate');
  certificate.replaceChildren(...certificateFault ? [element('p', words.noCertificate[language], { class: 'stop' })]
    : trusted ? [element('p', [words.trusted[language], ' ', element('strong', trusted.name)]), element('p', [words.fingerprint[language], ' ', element('code', trusted.fingerprint)])] : []);
  const found = verdicts.length > 0 ? verdicts.map(card) : files.size > 0 ? [element('p', words.nothing[language], { class: 'warn' })] : [];
  document.getElementById('verdicts').replaceChildren(...found);
  document.getElementById('status').textContent = verdicts.length > 0 ? words.count[language](verdicts.length) : '';
  document.getElementById('results').hidden = found.length === 0;
}

function start() {
  const drop = document.getElementById('drop');
  document.getElementById('files').addEventListener('change', event => { files = new Map(); take(event.target.files); });
  document.getElementById('trust').addEventListener('change', async event => { if (event.target.files.length > 0) { await trust(event.target.files[0]); await check(); } });
  for (const kind of ['dragover', 'drop']) document.addEventListener(kind, event => event.preventDefault());
  drop.addEventListener('dragover', () => drop.classList.add('over'));
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  document.addEventListener('drop', event => { drop.classList.remove('over'); take(event.dataTransfer.files); });
  for (const button of document.querySelectorAll('[data-language]')) button.addEventListener('click', () => { language = button.dataset.language; show(); });
  document.getElementById('able').hidden = false;
  document.getElementById('unable').hidden = crypto?.subtle !== undefined;
  language = (navigator.language || 'nl').startsWith('nl') ? 'nl' : 'en';
  show();
}

globalThis.groeilijn = { verify, certificateOfPem };
if (typeof document !== 'undefined') start();
