import { EventStreamParser } from './EventStreamParser';

function parse(...pieces: string[]) {
  const parser = new EventStreamParser();
  return pieces.flatMap(piece => parser.push(piece));
}

describe('EventStreamParser', () => {
  it.each([
    {
      fact: 'reads id, event and data',
      pieces: ['id: 7\nevent: task\ndata: {"a":1}\n\n'],
      expected: [{ id: '7', event: 'task', data: '{"a":1}' }],
    },
    {
      fact: 'joins several data lines',
      pieces: ['data: one\ndata: two\n\n'],
      expected: [{ id: undefined, event: 'message', data: 'one\ntwo' }],
    },
    {
      fact: 'skips comments and unknown fields',
      pieces: [': heartbeat\n\nretry: 5\nfoo: bar\ndata: x\n\n'],
      expected: [{ id: undefined, event: 'message', data: 'x' }],
    },
    {
      fact: 'keeps the last id for messages without one',
      pieces: ['id: 3\ndata: a\n\ndata: b\n\n'],
      expected: [
        { id: '3', event: 'message', data: 'a' },
        { id: '3', event: 'message', data: 'b' },
      ],
    },
    {
      fact: 'holds an unfinished message back',
      pieces: ['data: a\n\ndata: b\n'],
      expected: [{ id: undefined, event: 'message', data: 'a' }],
    },
    {
      fact: 'takes away one space after the colon and no more',
      pieces: ['data:  two\ndata:none\n\n'],
      expected: [{ id: undefined, event: 'message', data: ' two\nnone' }],
    },
    {
      fact: 'understands CR and CRLF line ends',
      pieces: ['data: a\r\n\r\ndata: b\r\rdata: c\n\n'],
      expected: [
        { id: undefined, event: 'message', data: 'a' },
        { id: undefined, event: 'message', data: 'b' },
        { id: undefined, event: 'message', data: 'c' },
      ],
    },
    {
      fact: 'ignores a byte order mark',
      pieces: ['\uFEFFdata: a\n\n'],
      expected: [{ id: undefined, event: 'message', data: 'a' }],
    },
  ])('$fact', ({ pieces, expected }) => {
    expect(parse(...pieces)).toEqual(expected);
  });

  it('gives the same messages wherever the network cuts the stream', () => {
    const stream = 'id: 1\r\ndata: äé\r\n\r\n: c\nid: 2\ndata: x\ndata: y\n\n';
    const whole = parse(stream);
    expect(whole).toHaveLength(2);
    for (let cut = 1; cut < stream.length; cut += 1) {
      expect(parse(stream.slice(0, cut), stream.slice(cut))).toEqual(whole);
    }
    expect(parse(...stream.split(''))).toEqual(whole);
  });
});
