// What the runners' reports say, as passed and failed. A skipped test counts as failed, and so does a runner that ran none.

/** Vitest's JSON report and exit code. */
export function vitestCounts(text, code) {
  try {
    const report = JSON.parse(text)
    const passed = report.numPassedTests ?? 0
    const failed = (report.numFailedTests ?? 0) + (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
    return honest(passed, failed, code)
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** Playwright's JSON report and exit code. A test that passed on a second try is a failure: it is flaky. */
export function playwrightCounts(text, code) {
  try {
    const { stats } = JSON.parse(text)
    return honest(stats.expected ?? 0, (stats.unexpected ?? 0) + (stats.skipped ?? 0) + (stats.flaky ?? 0), code)
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function honest(passed, failed, code) {
  if (passed + failed === 0) return { passed: 0, failed: 1 }
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

/** The sum over all runners. */
export function sumOf(results) {
  return results.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), {
    passed: 0,
    failed: 0,
  })
}
