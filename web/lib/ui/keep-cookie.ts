// What a page remembers so that the server renders the next one alike.

const YEAR_SECONDS = 31_536_000;

/** Only in a browser. @param value without spaces, commas and semicolons */
export function keepCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** Only in a browser. */
export function dropCookie(name: string): void {
  document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
}
