// Asks @cloud-copilot/iam-simulate, by its public interface alone, what main.cc printed, and
// holds its verdicts against postern's:
//
//   node differences.mjs FOLDER SIMULATIONS REASONS
//
// FOLDER is where npm installed it; REASONS is reasons.json, in which every difference is decided by
// a section of authz/semantics.md. Prints tables for tests/README.md. Ends with 1 where a difference
// or a refusal has no reason, or a reason explains nothing.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, simulationsFile, reasonsFile] = process.argv.slice(2)
const require = createRequire(pathToFileURL(join(resolve(folder), 'package.json')))
const { runSimulation, runUnsafeSimulation } = require('@cloud-copilot/iam-simulate')

const verdicts = {
  Allowed: 'allow',
  ExplicitlyDenied: 'explicit-deny',
  ImplicitlyDenied: 'implicit-deny'
}

// Without its lists of actions, resource types and keys, which it has for AWS's own alone. That way
// it judges nothing but identity policies, and no `*` for a resource.
const uncheckedVerdict = (simulation) => {
  const { request, identityPolicies, ...others } = simulation
  const isEmpty = (value) => Array.isArray(value) && value.length === 0
  if (request.resource.resource === '*' || !Object.values(others).every(isEmpty)) return undefined
  try {
    return verdicts[runUnsafeSimulation(simulation, {})]
  } catch {
    return undefined
  }
}

const messagesIn = (value) => {
  if (typeof value !== 'object' || value === null) return []
  const own = typeof value.message === 'string' ? [value.message] : []
  return [...own, ...Object.values(value).flatMap(messagesIn)]
}
const refusalOf = ({ message, ...details }) => {
  const messages = [...new Set(messagesIn(details))].sort()
  return messages.length > 0 ? messages.join('; ') : message
}

// {verdict, dropped} or {refusal}: `dropped` are the keys that it did not look at.
const ask = async (simulation) => {
  const response = await runSimulation(simulation, {})
  const refused = response.resultType === 'error'
  const dropped = response.result?.ignoredContextKeys ?? []
  if (refused || dropped.length > 0) {
    const verdict = uncheckedVerdict(simulation)
    if (verdict) return { verdict, dropped: [], unchecked: true }
  }
  if (refused) return { refusal: refusalOf(response.errors) }
  return { verdict: verdicts[response.overallResult], dropped }
}

const whole = (pattern) => new RegExp(`^(?:${pattern})$`)
const { differences, refusals } = JSON.parse(readFileSync(reasonsFile, 'utf8'))
for (const reason of [...differences, ...refusals]) reason.used = 0
for (const refusal of refusals) refusal.pattern = whole(refusal.message)
const places = differences.flatMap((reason) =>
  reason.cases.map((place) => ({ ...place, reason, used: 0, pattern: whole(place.names) }))
)

const count = { asked: 0, same: 0, different: 0, refused: 0, unchecked: 0, dropped: 0 }
const unexplained = []
for (const line of readFileSync(simulationsFile, 'utf8').split('\n').filter(Boolean)) {
  const { suite, case: name, verdict, simulation } = JSON.parse(line)
  ++count.asked
  const answer = await ask(simulation)
  if (answer.unchecked) ++count.unchecked
  if (answer.dropped?.length > 0) ++count.dropped
  if (answer.refusal) {
    ++count.refused
    const reason = refusals.find((each) => each.pattern.test(answer.refusal))
    if (reason) ++reason.used
    else unexplained.push(`${suite}: ${name}: not judged: ${answer.refusal}`)
    continue
  }
  if (answer.verdict === verdict) {
    ++count.same
    continue
  }
  ++count.different
  const place = places.find(
    (each) => each.suite === suite && each.peer === answer.verdict && each.pattern.test(name)
  )
  if (place) {
    ++place.used
    ++place.reason.used
  } else {
    unexplained.push(`${suite}: ${name}: postern ${verdict}, iam-simulate ${answer.verdict}`)
  }
}

const printTable = (title, rows) => {
  console.log(`\n| ${title} | by | calls |\n|---|---|---|`)
  for (const { why, section, used } of rows) console.log(`| ${why} | ${section} | ${used} |`)
}
printTable('where the verdicts differ', differences)
printTable('what it does not judge', refusals)
console.log()
for (const line of unexplained) console.log(`UNEXPLAINED ${line}`)
const idle = [
  ...places.filter(({ used }) => used === 0).map(({ suite, names }) => `${suite}: ${names}`),
  ...refusals.filter(({ used }) => used === 0).map(({ message }) => message)
]
for (const line of idle) console.log(`EXPLAINS NOTHING ${line}`)
console.log(
  `${count.asked} calls: ${count.same} the same, ${count.different} different, ` +
    `${count.refused} not judged there; ${unexplained.length} without a reason. ` +
    `${count.unchecked} were asked without its lists, ${count.dropped} judged without a key that it drops.`
)
process.exitCode = unexplained.length + idle.length === 0 ? 0 : 1
