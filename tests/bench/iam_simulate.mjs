// Runs @cloud-copilot/iam-simulate, by its public interface alone, over the lines of a workload:
//
//   node iam_simulate.mjs FOLDER POLICIES LINES COUNT
//
// FOLDER is where npm installed it. Prints one line, "nanoseconds" and then the verdict of each of
// the first COUNT lines: {"nanoseconds": 1150000, "verdicts": ["allow", ...]}.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, policiesFile, linesFile, count] = process.argv.slice(2)
const require = createRequire(pathToFileURL(join(resolve(folder), 'package.json')))
const { runSimulation } = require('@cloud-copilot/iam-simulate')

const named = (policy, index) => ({ name: `policy-${index}`, policy })
const policies = JSON.parse(readFileSync(policiesFile, 'utf8'))
const requests = readFileSync(linesFile, 'utf8')
  .split('\n')
  .slice(0, Number(count))
  .map((line) => JSON.parse(line).request)

const simulationOf = (request) => ({
  request: {
    principal: request.principal,
    action: request.action,
    resource: { resource: request.resource, accountId: request.resource_account },
    contextVariables: request.context
  },
  identityPolicies: policies.identity.map(named),
  vpcEndpointPolicies: [named(policies.endpoint, 0)],
  resourcePolicy: policies.resource ?? undefined,
  serviceControlPolicies: [],
  resourceControlPolicies: []
})

const verdictNames = {
  Allowed: 'allow',
  ExplicitlyDenied: 'explicit-deny',
  ImplicitlyDenied: 'implicit-deny'
}
const verdictOf = (response) =>
  response.resultType === 'error'
    ? `error: ${response.errors.message}`
    : verdictNames[response.overallResult]

const simulations = requests.map(simulationOf)
for (const simulation of simulations.slice(0, 5)) await runSimulation(simulation, {})
const verdicts = []
const begin = process.hrtime.bigint()
for (const simulation of simulations) verdicts.push(verdictOf(await runSimulation(simulation, {})))
const nanoseconds = Number(process.hrtime.bigint() - begin) / simulations.length
console.log(JSON.stringify({ nanoseconds, verdicts }))
