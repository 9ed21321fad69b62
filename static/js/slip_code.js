// The QR code of a slip leads here with "#code/secret". Browsers send nothing behind the "#" to anybody; what stands
// there goes into the fields, and out of the address bar and of the history at once.
const fragment = location.hash.slice(1);
if (fragment) {
  const [code, secret = ""] = fragment.split("/");
  const fields = { code: document.getElementById("id_code"), secret: document.getElementById("id_secret") };
  if (fields.code && /^[0-9A-Za-z.-]{5,40}$/.test(code)) {
    fields.code.value = code;
    if (fields.secret && /^[0-9A-Za-z]{0,8}$/.test(secret)) fields.secret.value = secret;
    history.replaceState(null, "", location.pathname);
    (secret ? document.querySelector("[data-send-slip]") : fields.secret)?.focus();
  }
}
