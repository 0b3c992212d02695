import { scramVerifier } from './scramVerifier';

describe('scramVerifier', () => {
  it('has the form that PostgreSQL stores', () => {
    expect(scramVerifier('pencil')).toMatch(
      /^SCRAM-SHA-256\$4096:[\w+/]{22}==\$[\w+/]{43}=:[\w+/]{43}=$/,
    );
  });

  // RFC 7677, section 3: the keys follow from its example's salt and password.
  it('derives the keys of the example in RFC 7677', () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    expect(scramVerifier('pencil', salt, 4096)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  it('salts anew each time', () => {
    expect(scramVerifier('x')).not.toBe(scramVerifier('x'));
  });
});
