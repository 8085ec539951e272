"""What a browser measures of a mail as it shows it: what is cut off, and what is hard to read."""

from typing import Final

CUT_OFF: Final = """() => {
  const found = [];
  const unseen = (element) => {
    const style = getComputedStyle(element);
    return style.visibility === "hidden" || style.opacity === "0" || style.display === "none"
      || parseFloat(style.maxHeight) === 0 || parseFloat(style.fontSize) <= 1;
  };
  const within = (element) => {
    for (let each = element; each; each = each.parentElement) if (unseen(each)) return false;
    return true;
  };
  const told = (element) => element.textContent.trim().slice(0, 60) || element.tagName;
  if (document.scrollingElement.scrollWidth > innerWidth) found.push("the page is too wide");
  for (const element of document.body.querySelectorAll("*")) {
    if (!within(element)) continue;
    const inline = getComputedStyle(element).display === "inline";
    if (!inline && element.scrollWidth > element.clientWidth + 1 && element.clientWidth)
      found.push(told(element));
    for (const box of element.getClientRects())
      if (box.width > 1 && (box.left < -0.5 || box.right > innerWidth + 0.5))
        found.push(told(element));
  }
  return [...new Set(found)];
}"""
"""The elements wider inside than outside, or of which a part lies outside the window."""

FAINT: Final = """() => {
  const channel = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const light = ([red, green, blue]) =>
    0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const text = walk.currentNode.data.trim();
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (!text || !box.width || !box.height || style.visibility === "hidden") continue;
    if (parseFloat(style.fontSize) <= 1 || ["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    const [one, other] = [light(parts(style.color)), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
  }
  return found;
}"""
"""The texts whose contrast to the ground that is painted behind them is below 4.5."""

HEIGHT: Final = "() => Math.ceil(document.documentElement.getBoundingClientRect().height)"
