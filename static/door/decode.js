// What a worker does that begins with jsQR: the pixels of one picture in, the text of the QR code on it out.
self.onmessage = ({ data: { pixels, width, height } }) => {
  const found = self.jsQR(new Uint8ClampedArray(pixels), width, height, { inversionAttempts: "dontInvert" });
  self.postMessage(found ? found.data : "");
};
