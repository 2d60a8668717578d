// Stands in for the browser in tests of the stores.

import type { TextStorage } from '../environment.ts';

export function storageInMemory(): TextStorage {
  const stored = new Map<string, string>();
  return {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  };
}
