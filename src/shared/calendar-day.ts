const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a real day of the ISO calendar written `YYYY-MM-DD`: 2024-02-29 is, 2023-02-29 is not. */
export function isRealDate(text: string): boolean {
  if (text.length !== 10) return false;
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** The same day so many years later, or earlier; 29 February becomes the 28th in a year that has none. */
export function yearsLater(day: string, years: number): string {
  const moved = String(Number(day.slice(0, 4)) + years).padStart(4, '0') + day.slice(4);
  return isRealDate(moved) ? moved : `${moved.slice(0, 8)}28`;
}

/** The day so many days after this one, before it where negative; both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
