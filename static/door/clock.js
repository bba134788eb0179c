// What time it is by the server: its last word and what has passed since, however the device's own clock is set.

// Wall clocks that drift less than this from what has passed are not said to jump.
const JUMP = 120_000;

export class Clock {
  // ``wall`` and ``steady`` give milliseconds; the first can be set by anybody, the second only runs on.
  constructor(wall = () => Date.now(), steady = () => performance.now()) {
    this.wall = wall;
    this.steady = steady;
    this.base = { server: wall(), wall: wall(), steady: steady() };
    this.isSure = true;
  }

  // A new start without network: only the wall clock says how long the device was off, and it may not run backwards.
  resume({ server, wall, seen }) {
    const passed = this.wall() - wall;
    if (this.wall() < Math.max(wall, seen || 0) - JUMP) this.isSure = false;
    this.base = { server: server + Math.max(passed, 0), wall: this.wall(), steady: this.steady() };
  }

  set(server) {
    this.base = { server, wall: this.wall(), steady: this.steady() };
    this.isSure = true;
  }

  now() {
    return this.base.server + this.steady() - this.base.steady;
  }

  // To be called every second. ``wasHidden``: a device that slept may have stopped its steady clock, not its wall clock.
  watch(wasHidden = false) {
    const drift = this.wall() - this.base.wall - (this.steady() - this.base.steady);
    if (drift > JUMP && wasHidden) this.base.server += drift;
    else if (Math.abs(drift) > JUMP) this.isSure = false;
    if (Math.abs(drift) > JUMP) {
      this.base = { server: this.now(), wall: this.wall(), steady: this.steady() };
    }
    return this.isSure;
  }

  // The device's own clock at an instant of ours, which is what the server sets right.
  device(instant) {
    return this.wall() - (this.now() - instant);
  }
}
