// Reads QR codes from the camera: by the browser's own detector where it has one, else by jsQR in a worker.

const PAUSE_MS = 80, WIDE = 800;
const MOST_FAILURES = 3, DETECTED_MS = 3000;
const GONE_MS = 1500; // a code is read again once it was out of sight for so long

async function nativeDetector() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

function byBrowser(detector) {
  return async (video) => {
    const late = new Promise((_, reject) => setTimeout(reject, DETECTED_MS));
    return (await Promise.race([detector.detect(video), late])).map((found) => found.rawValue)[0] || "";
  };
}

// ``decoder``: the addresses of jsQR and decode.js, which the page knows: deployed files have their hash in their names.
// They are fetched here because a service worker hands a page its files, and a worker outside its scope none.
async function textOf(decoder) {
  const texts = decoder.map(async (address) => {
    const response = await fetch(address, { priority: "low" });
    if (!response.ok) throw new Error(`The decoder's file answers ${response.status}.`);
    return response.text();
  });
  return (await Promise.all(texts)).join("\n");
}

function decoding(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  const canvas = document.createElement("canvas"), drawing = canvas.getContext("2d", { willReadFrequently: true });
  const read = (video) => new Promise((resolve, reject) => {
    const scale = Math.min(1, WIDE / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = reject;
    worker.postMessage({ pixels: data.buffer, width, height }, [data.buffer]);
  });
  return Object.assign(read, { end: () => worker.terminate() });
}

export class Camera {
  // ``seen(text)`` is called once for each code that comes into sight, ``ended()`` when the camera is taken away.
  constructor(video, decoder, { seen, ended }) {
    Object.assign(this, { video, decoder, seen, ended, isOn: false, isPaused: false, isLit: false, last: "", lastAt: 0 });
    this.text = textOf(decoder).catch(() => ""); // now, for after two more deployments these files are nowhere
  }

  async start() {
    if (!navigator.mediaDevices?.getUserMedia) return false;
    const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch {
      return false;
    }
    this.stream.getVideoTracks()[0].onended = () => {
      this.stop();
      this.ended();
    };
    this.video.muted = true;
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => {});
    try {
      const detector = await nativeDetector().catch(() => null);
      this.read = detector ? byBrowser(detector) : await this.byWorker();
    } catch {
      this.stop();
      return false;
    }
    this.isOn = true;
    this.watch();
    return true;
  }

  async byWorker() {
    return decoding((await this.text) || (await textOf(this.decoder)));
  }

  stop() {
    this.isOn = this.isLit = false;
    this.read?.end?.();
    this.stream?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }

  get hasTorch() {
    return Boolean(this.stream?.getVideoTracks()[0]?.getCapabilities?.().torch);
  }

  async light(isLit) {
    await this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: isLit }] });
    this.isLit = isLit;
  }

  async watch() {
    let failures = 0;
    this.last = "";
    while (this.isOn) {
      if (this.video.videoWidth && !document.hidden) {
        const text = await this.read(this.video).catch(() => null);
        failures = text === null ? failures + 1 : 0;
        if (text && this.isOn) this.meet(text);
        if (failures === MOST_FAILURES) this.read = await this.byWorker().catch(() => this.read);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  meet(text) {
    const now = performance.now(), isSame = text === this.last && now - this.lastAt < GONE_MS;
    if (isSame) this.lastAt = now;
    if (isSame || this.isPaused) return;
    this.last = text;
    this.lastAt = now;
    this.seen(text);
  }
}
