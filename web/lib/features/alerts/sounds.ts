// The sounds that call an agent, made by the browser: no file has to be loaded first.

import type { Sound } from '#shared/alerts/preferences.ts';

interface Note {
  readonly hz: number;
  /** Seconds from the beginning. */
  readonly at: number;
  /** Until it has faded. */
  readonly seconds: number;
  readonly shape?: OscillatorType;
  /** Beside the others'; 1 if not told otherwise. */
  readonly loudness?: number;
}

const NOTES: Record<Sound, readonly Note[]> = {
  chime: [
    { hz: 659.25, at: 0, seconds: 0.6 },
    { hz: 880, at: 0.14, seconds: 0.6 },
  ],
  bell: [
    { hz: 1046.5, at: 0, seconds: 1.4 },
    { hz: 2637, at: 0, seconds: 0.5, loudness: 0.3 },
    { hz: 1318.5, at: 0.01, seconds: 1, loudness: 0.4 },
  ],
  knock: [
    { hz: 196, at: 0, seconds: 0.12, shape: 'triangle', loudness: 2 },
    { hz: 174.6, at: 0.2, seconds: 0.14, shape: 'triangle', loudness: 2 },
  ],
  marimba: [
    { hz: 523.25, at: 0, seconds: 0.25 },
    { hz: 659.25, at: 0.12, seconds: 0.25 },
    { hz: 783.99, at: 0.24, seconds: 0.4 },
  ],
};

/** Loud enough at 100 per cent, and no more than that. */
const LOUDEST = 0.14;
const FAINTEST = 0.0005;
/** A device without a loudspeaker never does. */
const RESUMED_WITHIN_MS = 1_000;

/** Answers with whether it can be heard. @param volume in per cent */
export async function play(sound: Sound, volume: number): Promise<boolean> {
  // The browser would keep it back, then be late.
  if (!navigator.userActivation.hasBeenActive || typeof AudioContext === 'undefined') return false;
  const audio = new AudioContext();
  const notes = NOTES[sound].map((note) => schedule(audio, note, LOUDEST * (volume / 100) ** 2));
  await Promise.race([audio.resume(), after(RESUMED_WITHIN_MS)]);
  const isHeard = audio.state === 'running';
  if (isHeard) await Promise.all(notes);
  await audio.close();
  return isHeard;
}

/** Resolves when the note is over. */
function schedule(audio: AudioContext, note: Note, peak: number): Promise<void> {
  const { hz, at, seconds, shape = 'sine', loudness = 1 } = note;
  const [from, to] = [audio.currentTime + at, audio.currentTime + at + seconds];
  const volume = audio.createGain();
  volume.gain.setValueAtTime(Math.max(peak * loudness, FAINTEST), from);
  volume.gain.exponentialRampToValueAtTime(FAINTEST, to);
  volume.connect(audio.destination);
  const tone = audio.createOscillator();
  tone.type = shape;
  tone.frequency.value = hz;
  tone.connect(volume);
  tone.start(from);
  tone.stop(to);
  return new Promise((over) => (tone.onended = () => over()));
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
