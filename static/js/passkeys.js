/* Says what allauth's script leaves to the console, and hides what this browser cannot do. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
if (!window.PublicKeyCredential) {
  document.getElementById("passkey-unknown").hidden = false;
}
