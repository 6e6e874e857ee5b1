// Prints documents: a line of JSON in; out five bytes, whether it is a print (1) and its length, and the print or an error. It lives as long as the run that started it, and reads and writes no file but fonts and its template.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const [folder, template] = process.argv.slice(-2)
const { NodeCompiler } = createRequire(folder + '/')('@myriaddreamin/typst-ts-node-compiler')
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [folder + '/fonts'] }] })
const main = Buffer.from(template, 'base64').toString('utf8')

const answer = (printed, bytes) => {
  const head = Buffer.alloc(5)
  head.writeUInt8(printed ? 1 : 0)
  head.writeInt32LE(bytes.length, 1)
  process.stdout.write(head)
  process.stdout.write(bytes)
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(true, Buffer.from(compiler.pdf({ mainFileContent: main, inputs: { report: line } }, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: 0 })))
  } catch (error) {
    answer(false, Buffer.from(String(error?.message ?? error) + ' ' + JSON.stringify(error?.shortDiagnostics ?? '')))
  }
  compiler.evictCache(2)
}
