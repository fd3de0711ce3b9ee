// The words of the page's language: say("minutes", 5).
const words = JSON.parse(document.body.dataset.words || "{}");

export function say(name, ...values) {
  return values.reduce((text, value, place) => text.replace(`{${place}}`, value), words[name] ?? name);
}
