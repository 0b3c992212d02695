import { sampleRecord } from './__testUtils__/sampleRecord';
import { parseRecord } from './parseRecord';

const text = JSON.stringify(sampleRecord());

describe('parseRecord', () => {
  it('reads what was written, also with other white space', () => {
    expect(parseRecord(text)).toEqual(sampleRecord());
    expect(parseRecord(JSON.stringify(sampleRecord(), undefined, 2))).toEqual(
      sampleRecord(),
    );
  });

  it.each([
    ['text that is not JSON', 'hello', 'not JSON'],
    ['another document', '{"a":1}', "a field 'a'"],
    [
      'a missing field',
      text.replace('"chain":"wf-1",', ''),
      "no field 'chain'",
    ],
    [
      'a field the format does not know',
      text.replace('"seq":1,', '"seq":1,"note":"x",'),
      "a field 'note'",
    ],
    [
      'a field given twice',
      text.replace('"seq":1,', '"seq":9,"seq":1,'),
      "'seq' stands there twice",
    ],
    [
      'a field given twice, once in escapes',
      text.replace('"seq":1,', '"s\\u0065q":9,"seq":1,'),
      "'seq' stands there twice",
    ],
    [
      'a later version',
      text.replace('"version":1', '"version":2'),
      'version 1',
    ],
    [
      'a hash in capitals',
      text.replace(/"hash":"\w+"/, `"hash":"${'A'.repeat(64)}"`),
      'hash is not of the form',
    ],
    [
      'a payload without salt',
      text.replace(/"salt":"0+",/, ''),
      "no field 'salt'",
    ],
    [
      'a payload for no number',
      text.replace('"1":{', '"one":{'),
      'key of record.payloads',
    ],
    [
      'a negative number',
      text.replace('"seq":1,', '"seq":-1,'),
      'not a whole number',
    ],
  ])('refuses %s and says where', (_, json, message) => {
    expect(() => parseRecord(json)).toThrow(message);
    expect(() => parseRecord(json)).toThrow(
      expect.objectContaining({ name: 'RecordUnreadableError' }),
    );
  });
});
