/* Seals what a device has to say to the server's public key, so that from then on nobody at this
   device can read it: netralitas/lib/envelopes.py opens it. */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const PURPOSE = new TextEncoder().encode("netralitas.envelope");
/* The key of an envelope is used once, so its nonce need not differ. */
const NONCE = new Uint8Array(12);

/* Whether this browser can keep and seal: not on a page without TLS, not if it is years old. */
export const canSeal =
  window.isSecureContext &&
  "subtle" in crypto &&
  "randomUUID" in crypto &&
  "timeout" in AbortSignal &&
  "indexedDB" in window;

function toText(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export async function seal(publicKey, content) {
  const theirs = await crypto.subtle.importKey("raw", toBytes(publicKey), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", own.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: point, info: PURPOSE },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv: NONCE }, key, bytes);
  return { from: toText(point), data: toText(data) };
}
