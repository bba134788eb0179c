// A tone and a tremble for each verdict: rising for green, low and twice for red.

// [pitch in hertz, from, for how long in seconds]
const TONES = {
  admit: [[660, 0, 0.1], [990, 0.11, 0.16]],
  out: [[880, 0, 0.1], [660, 0.11, 0.14]],
  stop: [[170, 0, 0.22], [170, 0.3, 0.34]],
  check: [[440, 0, 0.14], [440, 0.2, 0.14], [440, 0.4, 0.14]],
  already_in: [[520, 0, 0.16], [350, 0.18, 0.26]],
  undone: [[440, 0, 0.1]],
};
const TREMBLES = {
  admit: [60], out: [60], undone: [30], stop: [250, 80, 250], check: [90, 60, 90, 60, 90], already_in: [180, 80, 90],
};
let audio = null;

// Browsers let a page sound only after it was touched.
export function wake({ isTrusted } = {}) {
  if (isTrusted === false) return;
  try {
    audio ??= "AudioContext" in window ? new AudioContext() : null;
    if (audio && audio.state !== "running") audio.resume().catch(() => {}); // suspended, or interrupted by a call
  } catch {
    audio = null; // no sound device
  }
}

export function play(verdict) {
  navigator.vibrate?.(TREMBLES[verdict]);
  try {
    sing(verdict);
  } catch (error) {
    console.warn(error); // a verdict that is not heard is still seen
  }
}

function sing(verdict) {
  if (audio?.state !== "running") return;
  for (const [pitch, from, lasts] of TONES[verdict]) {
    const tone = audio.createOscillator(), gain = audio.createGain(), start = audio.currentTime + from;
    tone.type = verdict === "stop" ? "square" : "sine";
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.35, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + lasts);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + lasts);
  }
}
