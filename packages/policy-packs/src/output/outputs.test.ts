import { checkPolicy } from '../evaluation/checkPolicy';
import type { PolicyResult } from '../evaluation/checkPolicy';
import { toCsv } from './toCsv';
import { toJunit } from './toJunit';
import { toSarif } from './toSarif';

function aResult(message: string): PolicyResult {
  const result = checkPolicy({
    type: 'dockerfile',
    content: 'FROM a:1\nUSER app\nADD a b\nHEALTHCHECK CMD x',
  });
  return {
    ...result,
    violations: result.violations.map(violation => ({ ...violation, message })),
  };
}

describe('outputs', () => {
  it('CSV keeps cells apart and is no formula', () => {
    const [, row] = toCsv(aResult('=1+1,"x"')).split('\r\n');
    expect(row).toContain(`"'=1+1,""x"""`);
  });

  it('JUnit escapes what XML would read', () => {
    const report = toJunit(aResult('<a> & "b"\u0001'));
    expect(report).toContain('message="&lt;a&gt; &amp; &quot;b&quot;?"');
    expect(toJunit({ ...aResult(''), violations: [] })).toContain(
      'tests="1" failures="0"',
    );
  });

  it('SARIF names rule, level and place', () => {
    const [{ tool, results }] = JSON.parse(toSarif(aResult('m'))).runs;
    expect(tool.driver.rules[0].id).toBe('docker-lint-add-instead-of-copy');
    expect(results[0]).toMatchObject({
      ruleId: 'docker-lint-add-instead-of-copy',
      level: 'note',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'Dockerfile' },
            region: { startLine: 3 },
          },
        },
      ],
    });
  });
});
