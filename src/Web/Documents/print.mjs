// Prints documents: a line of JSON in, a line of base64 or an error out. It lives as long as the run that started it, and reads and writes no file but fonts and its template.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const [folder, template] = process.argv.slice(-2)
const { NodeCompiler } = createRequire(folder + '/')('@myriaddreamin/typst-ts-node-compiler')
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [folder + '/fonts'] }] })
const main = Buffer.from(template, 'base64').toString('utf8')

for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    const pdf = compiler.pdf({ mainFileContent: main, inputs: { report: line } }, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: 0 })
    answer = { pdf: Buffer.from(pdf).toString('base64') }
  } catch (error) {
    answer = { error: String(error?.message ?? error) + ' ' + JSON.stringify(error?.shortDiagnostics ?? '') }
  }
  compiler.evictCache(2)
  process.stdout.write(JSON.stringify(answer) + '\n')
}
