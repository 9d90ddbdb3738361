// Checks the files of a directory, each with the validator for its format, and
// wants every format to be there.
import fs from 'node:fs'
import path from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'

const dir = process.argv[2]
const read = (name) => JSON.parse(fs.readFileSync(path.join(dir, name), 'utf8'))

async function openapi() {
  const validator = new Validator()
  const result = await validator.validate(read('openapi.json'))
  if (result.valid && validator.version !== '3.1') return [`version ${validator.version}`]
  return result.valid ? [] : [].concat(result.errors).map((e) => JSON.stringify(e))
}

let wrong = 0
for (const [name, check] of Object.entries({ openapi })) {
  const errors = await check()
  for (const e of errors) console.error(`${name}: ${e}`)
  console.log(`formats: ${name}, ${errors.length} wrong`)
  wrong += errors.length
}
process.exit(wrong ? 1 : 0)
