/** Sound, voice and a screen that stays awake: each where the device has it, and none of them needed. */
// As the page was served: a translator changes what the page says it is, and not what we say.
const LANGUAGE = document.documentElement.lang;
let audio;
let lock;
let asked;
let isWanted = false;

/** Make the sound ready, which takes a while: before the press that it begins with is over. */
export function prepare() {
  try {
    audio ??= new AudioContext();
  } catch {
    // It has none.
  }
}

/** Let the sound begin, in the handler of a press: nowhere else do phones allow it. False where the device has none. */
export function unlock() {
  prepare();
  audio?.resume().catch(() => {});
  return Boolean(audio);
}

function tone(frequency, loudness, seconds) {
  if (!audio) {
    return;
  }
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = frequency;
  volume.gain.setValueAtTime(loudness, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds);
  source.connect(volume).connect(audio.destination);
  source.start();
  source.stop(audio.currentTime + seconds);
}

/** A second of a countdown; its last is higher. */
export const beep = (high = false) => tone(high ? 880 : 587, 0.25, 0.25);

/** The beat of a repetition. */
export const tick = () => tone(440, 0.12, 0.08);

/** Say it now; what was being said is cut short. An empty text is silence. */
export function speak(text) {
  const voice = window.speechSynthesis;
  voice?.cancel();
  if (voice && text) {
    voice.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang: LANGUAGE }));
  }
}

/** Say it unless something else is being said. */
export const speakBetween = (text) => window.speechSynthesis?.speaking || speak(text);

/** Keep the screen on, or let it go. A device that refuses goes dark as it always does. */
export async function keepAwake(wanted) {
  isWanted = wanted;
  try {
    if (wanted && (!lock || lock.released)) {
      asked ??= navigator.wakeLock?.request("screen").finally(() => (asked = null));
      lock = await asked;
    }
    // It may have come to nothing while the device was asked.
    if (!isWanted) {
      await lock?.release();
      lock = null;
    }
  } catch {
    lock = null;
  }
}
