// What starts and stops the camera: the page's buttons, a permission given before, the screen that would go dark.
import { Camera } from "./camera.js";
import * as sound from "./sound.js";

export class Eye {
  // ``decoder``: the addresses that ``Camera`` takes; ``seen(text)`` hears of each code.
  constructor(screen, decoder, seen) {
    this.screen = screen;
    this.camera = new Camera(screen.video, decoder, { seen, ended: () => screen.showCamera("none") });
    screen.showCamera(navigator.mediaDevices?.getUserMedia ? "off" : "none");
    document.addEventListener("visibilitychange", () => this.stayAwake());
    this.startIfAllowed();
  }

  pause(is) {
    this.camera.isPaused = is;
  }

  async turn() {
    sound.wake();
    if (this.isTurning) return;
    this.isTurning = true;
    if (this.camera.isOn) {
      this.camera.stop();
      this.screen.showCamera("off");
    } else {
      const isOn = await this.camera.start();
      this.screen.showCamera(isOn ? "on" : "none", isOn && this.camera.hasTorch);
      this.stayAwake();
    }
    this.isTurning = false;
  }

  // A lock on the screen ends whenever the page is hidden.
  stayAwake() {
    if (this.camera.isOn && !document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
  }

  async startIfAllowed() {
    const permission = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
    if (permission?.state === "granted") await this.turn();
  }

  async light() {
    await this.camera.light(!this.camera.isLit).catch(() => {});
    this.screen.showTorch(this.camera.isLit);
  }
}
