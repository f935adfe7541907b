// What a person cannot read whole: texts and fields of which something is clipped, or that scroll sideways.
() => {
  const notebook = window.jupyterapp.shell.currentWidget.content.node;
  const SLACK = 1.5;
  const found = [];
  const tell = (how, text, box) =>
    found.push([how, text.trim().slice(0, 60), [box.tagName.toLowerCase(), ...box.classList].join(".")]);
  const pen = document.createElement("canvas").getContext("2d");
  const wide = (text, { fontStyle, fontWeight, fontSize, fontFamily }) => {
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    return pen.measureText(text).width;
  };
  // From the inside to the outside; what lies below the end of a box that scrolls up and down ends there.
  const judge = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    if (!rects.length) return;
    const left = Math.min(...rects.map((rect) => rect.left));
    const right = Math.max(...rects.map((rect) => rect.right));
    let bottom = Math.max(...rects.map((rect) => rect.bottom));
    for (let box = node.parentElement; box && box !== notebook; box = box.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(box);
      if (["inline", "contents"].includes(display) || (overflowX === "visible" && overflowY === "visible")) continue;
      const { left: begins, bottom: ends } = box.getBoundingClientRect();
      if (left < begins - SLACK || right > begins + box.clientLeft + box.clientWidth + SLACK) {
        const stays = box.closest(".orgtools-assessed .matrix"); // its first column does, while the others scroll
        return stays ? undefined : tell(/auto|scroll/.test(overflowX) ? "scrolls" : "is cut", node.data, box);
      }
      if (/auto|scroll/.test(overflowY)) bottom = Math.min(bottom, ends);
      else if (overflowY !== "visible" && bottom > ends + 4) return tell("is cut below", node.data, box);
    }
  };
  for (const area of notebook.querySelectorAll(".jp-Cell-outputArea, .jp-RenderedMarkdown")) {
    const texts = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const unseen = node.parentElement.closest("style, script, option, .dt-scroll-sizing");
      if (node.data.trim() && !unseen) judge(node);
    }
    for (const field of area.querySelectorAll("select, input:not([type=checkbox])")) {
      if (!field.getClientRects().length) continue;
      const style = getComputedStyle(field);
      const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const text = (field.selectedOptions ? field.selectedOptions[0]?.text : field.value || field.placeholder) ?? "";
      if (wide(text, style) > room + SLACK) tell("is cut in its field", text, field);
    }
  }
  return found;
}
