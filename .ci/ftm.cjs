// Checks files of FollowTheMoney entities, one a line: every schema and
// property is one of the model, required ones are there, what is referred to
// is in the file and of the right schema, and values have the form and length
// of their type.
const fs = require('fs')
const { Model, defaultModel } = require('@alephdata/followthemoney')

const model = new Model(defaultModel)
const date = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d)?)?)?)?)?$/
let wrong = 0

function complain(file, line, text) {
  console.error(`${file}:${line}: ${text}`)
  wrong++
}

function checkValue(property, value, known) {
  const type = property.type.name
  if (typeof value !== 'string' || value.trim() === '') return 'is empty'
  if (Buffer.byteLength(value) > property.type.maxLength) return `is longer than ${property.type.maxLength}`
  if (type === 'date' && !date.test(value)) return 'is no date'
  if (type === 'url' && !/^https?:\/\//.test(value)) return 'is no URL'
  if (property.type.values.size > 0 && !property.type.values.has(value)) return 'is none of the values'
  if (type === 'entity') {
    const there = known.get(value)
    if (!there) return 'refers to nothing'
    if (!model.getSchema(there).isA(property.getRange())) return `refers to a ${there}`
  }
  return ''
}

function checkFile(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n').filter((l) => l !== '').map((l) => JSON.parse(l))
  const known = new Map(lines.map((e) => [e.id, e.schema]))
  if (known.size !== lines.length) complain(file, 0, `${lines.length - known.size} ids are there twice`)
  const counts = {}
  lines.forEach((raw, i) => {
    counts[raw.schema] = (counts[raw.schema] || 0) + 1
    let entity
    try {
      entity = model.getEntity(raw) // throws at unknown schemata and properties
    } catch (e) {
      return complain(file, i + 1, e.message)
    }
    if (entity.schema.abstract || !raw.id) complain(file, i + 1, 'no entity of its own')
    for (const name of entity.schema.required) {
      if (!entity.hasProperty(name)) complain(file, i + 1, `no ${name}`)
    }
    for (const [name, values] of Object.entries(raw.properties)) {
      const property = entity.schema.getProperty(name)
      if (property.stub) complain(file, i + 1, `${name} is a stub`)
      for (const value of values) {
        const what = checkValue(property, value, known)
        if (what) complain(file, i + 1, `${name} ${what}: ${String(value).slice(0, 80)}`)
      }
    }
  })
  console.log(file.split('/').pop(), JSON.stringify(counts))
  return lines.length
}

const entities = process.argv.slice(2).map(checkFile).reduce((a, b) => a + b, 0)
if (entities === 0) complain('-', 0, 'nothing to check')
console.log(`ftm: ${entities} entities, ${wrong} wrong`)
process.exit(wrong ? 1 : 0)
