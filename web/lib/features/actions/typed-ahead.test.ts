import { expect, test } from 'vitest';
import { TypedAhead } from './typed-ahead.ts';

test('[WS42] what is typed ahead is handed over once', () => {
  const typed = new TypedAhead();
  for (const character of 'Hi 👋') typed.keep(character);
  expect([typed.take(), typed.take()]).toEqual(['Hi 👋', '']);
});

test('[WS42] a field that goes while somebody writes in it is missed, one they have left is not', () => {
  const typed = new TypedAhead();
  const field = { isConnected: true };
  typed.pressedIn(field, false);
  expect(typed.hasLostField).toBe(false);
  field.isConnected = false;
  expect(typed.hasLostField).toBe(true);
  typed.turn();
  expect(typed.hasLostField).toBe(false);
  typed.pressedIn(field, true);
  expect(typed.hasLostField).toBe(false);
});
