/** Sound, voice and a screen that stays awake: each where the device has it, and none of them needed. */
let audio;
let lock;
let asked;
let isWanted = false;

/** A short tone; the last of a countdown is higher. Browsers allow sound only after a press, so that is when it starts. */
export function beep(high = false) {
  const Context = window.AudioContext;
  if (!Context) {
    return;
  }
  audio ??= new Context();
  audio.resume?.();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = high ? 880 : 587;
  volume.gain.setValueAtTime(0.25, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}

/** Say it now; what was being said is cut short. An empty text is silence. */
export function speak(text) {
  const voice = window.speechSynthesis;
  if (!voice) {
    return;
  }
  voice.cancel();
  if (text) {
    voice.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang: document.documentElement.lang }));
  }
}

export const canSpeak = () => "speechSynthesis" in window;

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
