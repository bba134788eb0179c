// A worker: the pixels of one picture in, the text of the QR code on it out. Its own address names jsQR's after "#".
importScripts(location.hash.slice(1));

self.onmessage = ({ data: { pixels, width, height } }) => {
  const found = self.jsQR(new Uint8ClampedArray(pixels), width, height, { inversionAttempts: "dontInvert" });
  self.postMessage(found ? found.data : "");
};
