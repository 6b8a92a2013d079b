import { judgePassword } from '../../src/accounts/password-strength';

const own = ['anna.kowalska', 'Anna Kowalska', 'anna.kowalska@example.org'];

it.each([
  ['krótkie', 'password-too-short'],
  ['x'.repeat(201), 'password-too-long'],
  ['Kowalska-1985', 'password-own-words'],
  ['ANNA.KOWALSKA!!', 'password-own-words'],
  ['example.org.example', 'password-own-words'],
  ['Wielkopolska2026!', 'password-common'],
  ['Hasło123!Hasło', 'password-common'],
  ['password1234!', 'password-common'],
  ['zima2025lato2026', 'password-common'],
  ['polska-gola-1', 'password-common'],
  ['Qwertyuiop[]12', 'password-repetitive'],
  ['zxcvbnmasdfghjkl', 'password-repetitive'],
  ['123456789012345', 'password-repetitive'],
  ['aaaaaaaaaaaaaaaa', 'password-repetitive'],
  ['tralatralatrala', 'password-repetitive'],
])('refuses %s: %s', (password, refused) => {
  expect(judgePassword(password, own)).toMatchObject({ refused });
});

it.each([
  ['długie hasło testowe', 'enough'],
  ['pokaz-lokalny-2026', 'enough'],
  ['zażółć gęślą jaźń', 'enough'],
  ['482915730264', 'enough'],
  ['Tr0ub4dor&3xyz', 'enough'],
  ['anna lubi stary rower dziadka', 'good'],
  ['gwóźdź parasol mgła tramwaj', 'good'],
])('takes %s: %s', (password, strength) => {
  expect(judgePassword(password, own)).toBe(strength);
});

it('asks for no kinds of characters, and counts what a reader counts', () => {
  expect(judgePassword('😀😃😄😁😆😅😂🙂🙃😉😊', [])).toMatchObject({
    refused: 'password-too-short',
    details: { length: 11 },
  });
  expect(judgePassword('mglistyporanek', [])).toBe('enough');
});
