/* What csp_evaluator, whose folder is the first argument, finds in each of the other arguments. */

const { join } = require("node:path")

const [place, ...policies] = process.argv.slice(2)
const { CspEvaluator } = require(join(place, "evaluator.js"))
const { CspParser } = require(join(place, "parser.js"))
const { Severity } = require(join(place, "finding.js"))

const found = policies.map((policy) =>
  new CspEvaluator(new CspParser(policy).csp)
    .evaluate()
    .map(({ severity, directive, description }) => `${Severity[severity]} ${directive}: ${description}`),
)
console.log(JSON.stringify(found))
